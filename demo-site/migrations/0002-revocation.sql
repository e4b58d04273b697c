-- Where a filing stands as far as the revocation of its certificate goes. Filings from before this table have no
-- evidence and wait for an answer. standing_at is when the evidence was made (provisional, final) or since when the
-- certificate is revoked (reopened).
ALTER TABLE filing ADD COLUMN standing TEXT NOT NULL DEFAULT 'waiting'
  CHECK (standing IN ('waiting', 'provisional', 'final', 'reopened'));
ALTER TABLE filing ADD COLUMN standing_at INTEGER CHECK ((standing_at IS NULL) = (standing = 'waiting'));
ALTER TABLE filing ADD COLUMN standing_reason TEXT CHECK ((standing_reason IS NOT NULL) = (standing = 'reopened'));

CREATE INDEX filing_not_final ON filing (id) WHERE standing IN ('waiting', 'provisional');
CREATE INDEX filing_by_receipt_time ON filing (received_at) WHERE standing = 'final';

-- What every standing rests on: one entry, or its absence, on a list that is named by number and digest; or one whole
-- OCSP response. It stays here: a list names other people's certificates, and what is filed is handed on without it.
CREATE TABLE revocation_evidence (
  id          INTEGER NOT NULL PRIMARY KEY,
  filing      INTEGER NOT NULL REFERENCES filing (id),
  kind        TEXT    NOT NULL CHECK (kind IN ('list', 'response')),
  this_update INTEGER NOT NULL,
  next_update INTEGER,
  crl_number  BLOB    CHECK ((crl_number IS NOT NULL) = (kind = 'list')),
  sha256      BLOB    NOT NULL CHECK (length(sha256) = 32),
  status      TEXT    NOT NULL CHECK (status IN ('good', 'revoked')),
  revoked_at  INTEGER CHECK ((revoked_at IS NOT NULL) = (status = 'revoked')),
  reason      TEXT    CHECK ((reason IS NOT NULL) = (status = 'revoked')),
  response    BLOB    CHECK ((response IS NOT NULL) = (kind = 'response')),
  asked_at    INTEGER NOT NULL
) STRICT;

CREATE INDEX revocation_evidence_of ON revocation_evidence (filing);
