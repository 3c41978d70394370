/** `user_version` of a journal that this program reads and writes; 0 is the unsigned one of the first version. */
export const FORMAT = 2;

/**
 * `event` is append-only: triggers refuse any change. Its bytes lie encrypted in `body`, the wrapped key of each in `body_key`: an
 * overwritten key is a shredded event, and only then may its bytes go. What happens to an event on its way to the server is kept
 * beside it in `delivery`, the server's signed answers in `word`. The outbox is the view of what is not settled. `note` is what the
 * station itself remembers of an event, of epochs before too; a journal of the version before gets the table when it is opened.
 */
export const SCHEMA = `
CREATE TABLE IF NOT EXISTS journal (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  epoch TEXT NOT NULL,
  created_at TEXT NOT NULL,
  previous_epoch TEXT
) STRICT;

CREATE TABLE IF NOT EXISTS event (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  epoch TEXT NOT NULL,
  id TEXT NOT NULL UNIQUE,
  type TEXT NOT NULL,
  time TEXT NOT NULL,
  prev TEXT,
  hash TEXT NOT NULL
) STRICT;
CREATE TRIGGER IF NOT EXISTS event_is_never_changed BEFORE UPDATE ON event
BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
CREATE TRIGGER IF NOT EXISTS event_is_never_deleted BEFORE DELETE ON event
BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;

CREATE TABLE IF NOT EXISTS delivery (
  seq INTEGER PRIMARY KEY REFERENCES event (seq),
  state TEXT NOT NULL CHECK (state IN ('pending', 'sent', 'settled')),
  settled_at TEXT
) STRICT;
CREATE INDEX IF NOT EXISTS delivery_open ON delivery (state, seq) WHERE state <> 'settled';

CREATE TABLE IF NOT EXISTS body (
  seq INTEGER PRIMARY KEY REFERENCES event (seq),
  sealed BLOB NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS body_key (
  seq INTEGER PRIMARY KEY REFERENCES event (seq),
  wrapped BLOB NOT NULL
) STRICT;
CREATE TRIGGER IF NOT EXISTS body_is_never_changed BEFORE UPDATE ON body
BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
CREATE TRIGGER IF NOT EXISTS body_goes_after_its_key BEFORE DELETE ON body
WHEN EXISTS (SELECT 1 FROM body_key WHERE seq = OLD.seq)
BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
CREATE TRIGGER IF NOT EXISTS key_goes_when_settled BEFORE DELETE ON body_key
WHEN (SELECT state FROM delivery WHERE seq = OLD.seq) <> 'settled'
BEGIN SELECT RAISE(ABORT, 'the server does not have this event yet'); END;

CREATE TABLE IF NOT EXISTS word (
  kind TEXT NOT NULL CHECK (kind IN ('ack', 'receipt')),
  seq INTEGER NOT NULL,
  signed BLOB NOT NULL,
  PRIMARY KEY (kind, seq)
) STRICT;

CREATE TABLE IF NOT EXISTS note (
  place INTEGER PRIMARY KEY AUTOINCREMENT,
  epoch TEXT NOT NULL,
  seq INTEGER NOT NULL,
  event_id TEXT NOT NULL,
  time TEXT NOT NULL,
  sealed BLOB NOT NULL,
  wrapped BLOB NOT NULL,
  UNIQUE (epoch, seq)
) STRICT;

CREATE VIEW IF NOT EXISTS kept AS
SELECT event.*, delivery.state AS delivery, body.sealed, body_key.wrapped FROM event JOIN delivery USING (seq)
LEFT JOIN body USING (seq) LEFT JOIN body_key USING (seq);
`;
