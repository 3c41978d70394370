-- Which key speaks for which station. Only public keys.
CREATE TABLE station_key (
  kid text PRIMARY KEY,
  station text NOT NULL,
  x text NOT NULL,
  registered_at timestamptz NOT NULL DEFAULT now(),
  refused_from timestamptz
);
CREATE INDEX station_key_station ON station_key (station);

-- What is held of one life of a station's journal: everything up to `upto` but the gaps. `head` is the hash at `upto`.
CREATE TABLE watermark (
  station text NOT NULL,
  epoch text NOT NULL,
  upto bigint NOT NULL DEFAULT 0,
  head text,
  gaps jsonb NOT NULL DEFAULT '[]',
  taken bigint NOT NULL DEFAULT 0,
  duplicates bigint NOT NULL DEFAULT 0,
  -- Something of this chain lies in quarantine or among the dead letters.
  is_marked boolean NOT NULL DEFAULT false,
  born bigint GENERATED ALWAYS AS IDENTITY,
  first_at timestamptz NOT NULL,
  last_at timestamptz NOT NULL,
  PRIMARY KEY (station, epoch)
);

-- Every place of every chain, for as long as the hub lives: nothing can be taken twice, even when its event was cleared away.
-- A table that is partitioned by month cannot hold (station, epoch, seq) unique, since the month is no part of it.
CREATE TABLE place (
  station text NOT NULL,
  epoch text NOT NULL,
  seq bigint NOT NULL,
  hash text NOT NULL,
  prev text,
  PRIMARY KEY (station, epoch, seq)
);

-- The signed events as they were published. What is old goes a month at a time: DETACH or DROP its partition.
CREATE TABLE event (
  received_at timestamptz NOT NULL,
  station text NOT NULL,
  epoch text NOT NULL,
  seq bigint NOT NULL,
  id uuid NOT NULL,
  type text NOT NULL,
  -- What the station's clock said. It decides nothing: a clock may be wrong.
  said_at text NOT NULL,
  kid text NOT NULL,
  is_sealed boolean NOT NULL,
  body text NOT NULL,
  PRIMARY KEY (station, epoch, seq, received_at)
) PARTITION BY RANGE (received_at);

-- Makes the partition of a month with its owner's rights: the ingest's role owns no table.
CREATE FUNCTION make_event_month(name text, first text, after text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN IF name !~ '^event_[0-9]{4}_[0-9]{2}$' THEN RAISE 'no name of a month'; END IF; EXECUTE format('CREATE TABLE IF NOT EXISTS %I PARTITION OF event FOR VALUES FROM (%L) TO (%L)', name, first, after); END $$;

-- Signed by the station, and not believed: forks, broken chains. Never overwritten, never thrown away.
CREATE TABLE quarantine (
  station text NOT NULL,
  epoch text NOT NULL,
  seq bigint NOT NULL,
  hash text NOT NULL,
  code text NOT NULL,
  detail text NOT NULL,
  body text NOT NULL,
  times bigint NOT NULL DEFAULT 1,
  first_at timestamptz NOT NULL,
  last_at timestamptz NOT NULL,
  PRIMARY KEY (station, epoch, seq, hash)
);

-- What could not be read as an event. `epoch` and `seq` only where a registered key of the station vouches for them.
CREATE TABLE dead_letter (
  hash text PRIMARY KEY,
  topic text NOT NULL,
  station text,
  epoch text,
  seq bigint,
  code text NOT NULL,
  detail text NOT NULL,
  size_bytes bigint NOT NULL,
  body bytea NOT NULL,
  times bigint NOT NULL DEFAULT 1,
  day date NOT NULL,
  first_at timestamptz NOT NULL,
  last_at timestamptz NOT NULL
);
CREATE INDEX dead_letter_station ON dead_letter (station, epoch) WHERE seq IS NOT NULL;

-- A flood of rubbish is counted when there is more of it in a day than is worth keeping.
CREATE TABLE dead_letter_count (
  day date NOT NULL,
  station text NOT NULL,
  code text NOT NULL,
  kept bigint NOT NULL DEFAULT 0,
  thrown_away bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (day, station, code)
);

-- What a person must look at. Told once, however often it is seen.
CREATE TABLE alarm (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind text NOT NULL,
  station text NOT NULL,
  epoch text NOT NULL,
  seq bigint NOT NULL,
  detail text NOT NULL,
  at timestamptz NOT NULL,
  seen_at timestamptz,
  UNIQUE (kind, station, epoch, seq)
);

-- The last thing that each station said of itself, by channel: status, info, health.
CREATE TABLE station_word (
  station text NOT NULL,
  channel text NOT NULL,
  doc jsonb NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (station, channel)
);

-- Answers to commands.
CREATE TABLE command_result (
  station text NOT NULL,
  id uuid NOT NULL,
  cmd_seq bigint NOT NULL,
  result text NOT NULL,
  code text,
  doc jsonb NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (station, id)
);
