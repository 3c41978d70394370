/**
 * `event` is append-only: triggers refuse any change. What happens to an event on its way to the server
 * is kept beside it in `delivery`. The outbox is the view of what is not settled.
 */
export const SCHEMA = `
CREATE TABLE IF NOT EXISTS journal (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  epoch TEXT NOT NULL,
  created_at TEXT NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS event (
  seq INTEGER PRIMARY KEY,
  epoch TEXT NOT NULL,
  id TEXT NOT NULL UNIQUE,
  type TEXT NOT NULL,
  time TEXT NOT NULL,
  body BLOB NOT NULL,
  hash TEXT NOT NULL
) STRICT;

CREATE TRIGGER IF NOT EXISTS event_is_never_changed BEFORE UPDATE ON event
BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
CREATE TRIGGER IF NOT EXISTS event_is_never_deleted BEFORE DELETE ON event
BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;

CREATE TABLE IF NOT EXISTS delivery (
  seq INTEGER PRIMARY KEY REFERENCES event (seq),
  state TEXT NOT NULL CHECK (state IN ('pending', 'sent', 'settled'))
) STRICT;
CREATE INDEX IF NOT EXISTS delivery_open ON delivery (state, seq) WHERE state <> 'settled';

CREATE VIEW IF NOT EXISTS outbox AS
SELECT event.*, delivery.state AS delivery FROM event JOIN delivery USING (seq) WHERE delivery.state <> 'settled';
`;
