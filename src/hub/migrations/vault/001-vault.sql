-- Opened records: personal data in pseudonyms. Its own schema, so that a role can be kept out of it as a whole.
CREATE TABLE vault.record (
  station text NOT NULL,
  epoch text NOT NULL,
  seq bigint NOT NULL,
  id uuid NOT NULL,
  type text NOT NULL,
  said_at text NOT NULL,
  received_at timestamptz NOT NULL,
  subject text,
  outcome text,
  doc jsonb NOT NULL,
  opened_at timestamptz NOT NULL,
  PRIMARY KEY (station, epoch, seq)
);
CREATE INDEX record_subject ON vault.record (subject) WHERE subject IS NOT NULL;

-- One line for each opening and for each that failed: who, with which key, when. Written, never changed.
CREATE TABLE vault.opening (
  station text NOT NULL,
  epoch text NOT NULL,
  seq bigint NOT NULL,
  result text NOT NULL,
  detail text NOT NULL,
  opener text NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (station, epoch, seq, at)
);

-- How far each chain was gone through.
CREATE TABLE vault.progress (
  station text NOT NULL,
  epoch text NOT NULL,
  upto bigint NOT NULL DEFAULT 0,
  taken bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (station, epoch)
);
