-- Two roles for a PostgreSQL that serves both: run by the owner of the database, after `hub ingest` and `hub vault` were each
-- started once as owner. Give them passwords or certificates of their own (ALTER ROLE … PASSWORD), and see pg_hba.conf.
CREATE ROLE thuengban_ingest LOGIN;
CREATE ROLE thuengban_vault LOGIN;
REVOKE ALL ON SCHEMA vault FROM PUBLIC;

-- The ingest writes what came and changes counts; it deletes nothing. CREATE is for the partition of the next month.
GRANT USAGE, CREATE ON SCHEMA public TO thuengban_ingest;
GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA public TO thuengban_ingest;
GRANT UPDATE ON watermark, quarantine, dead_letter, dead_letter_count, station_word, station_key TO thuengban_ingest;

-- The vault reads signed events and the marks; it writes in its own schema, and never changes the audit.
GRANT USAGE ON SCHEMA public, vault TO thuengban_vault;
GRANT SELECT ON event, watermark, station_key TO thuengban_vault;
GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA vault TO thuengban_vault;
GRANT UPDATE ON vault.progress TO thuengban_vault;
