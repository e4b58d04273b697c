-- A browser that has confirmed at least one application. The cookie itself is never stored, only its SHA-256.
CREATE TABLE session (
  id_sha256  BLOB    NOT NULL PRIMARY KEY CHECK (length(id_sha256) = 32),
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What the site issued when a resident confirmed. A signed application is judged against this row, never against
-- what the application says of itself. consumed_at is written once, together with the filing.
CREATE TABLE challenge (
  value             TEXT    NOT NULL PRIMARY KEY CHECK (length(value) = 43),
  session_sha256    BLOB    NOT NULL REFERENCES session (id_sha256),
  origin            TEXT    NOT NULL,
  recipient_id      TEXT    NOT NULL,
  procedure_id      TEXT    NOT NULL,
  procedure_version TEXT    NOT NULL,
  procedure_sha256  TEXT    NOT NULL CHECK (length(procedure_sha256) = 64),
  container         TEXT    NOT NULL CHECK (container IN ('cades', 'jades')),
  created_at        INTEGER NOT NULL,
  expires_at        INTEGER NOT NULL CHECK (expires_at > created_at),
  consumed_at       INTEGER
) STRICT, WITHOUT ROWID;

CREATE INDEX challenge_unconsumed ON challenge (expires_at) WHERE consumed_at IS NULL;

-- An accepted application with its evidence: the bytes as they came, what was found in them, and when.
CREATE TABLE filing (
  id              INTEGER NOT NULL PRIMARY KEY,
  receipt         TEXT    NOT NULL UNIQUE,
  challenge       TEXT    NOT NULL UNIQUE REFERENCES challenge (value),
  session_sha256  BLOB    NOT NULL REFERENCES session (id_sha256),
  envelope        BLOB    NOT NULL,
  envelope_sha256 BLOB    NOT NULL CHECK (length(envelope_sha256) = 32),
  report          TEXT    NOT NULL,
  revocation      TEXT    NOT NULL CHECK (revocation IN ('good', 'unknown')),
  received_at     INTEGER NOT NULL
) STRICT;

CREATE INDEX filing_by_envelope ON filing (session_sha256, envelope_sha256);
