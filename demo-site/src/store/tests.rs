use super::*;
use tempfile::TempDir;

const SESSION: SessionDigest = SessionDigest([1; 32]);
const OTHER: SessionDigest = SessionDigest([2; 32]);

struct Shelf {
    folder: TempDir,
    store: Store,
}

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_unix_seconds(1_800_000_000 + seconds).unwrap()
}

fn shelf() -> Shelf {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&folder.path().join("filings.sqlite"), Duration::from_millis(50)).unwrap();
    for session in [SESSION, OTHER] {
        store.begin_session(session, at(0), at(1000)).unwrap();
    }
    Shelf { folder, store }
}

fn row(byte: u8, session: SessionDigest, created_at: Timestamp) -> ChallengeRow {
    ChallengeRow {
        challenge: Challenge::issue(&[byte; 32], created_at, 60).unwrap(),
        session,
        origin: "https://shinsei.city.mihon.lg.jp".into(),
        recipient_id: "129992".into(),
        procedure: ProcedureKey { id: "p".into(), version: "1".into(), sha256: "0".repeat(64) },
        container: Container::Cades,
    }
}

fn filing<'a>(challenge: &'a ChallengeRow, session: SessionDigest, envelope: &'a [u8]) -> NewFiling<'a> {
    NewFiling {
        challenge: &challenge.challenge.value,
        session,
        envelope,
        report: "{}",
        revocation: Revocation::Good,
        received_at: at(10),
        day: "20270115",
    }
}

#[test]
fn a_challenge_is_consumed_once_and_by_its_own_session() {
    let Shelf { store, folder: _folder } = shelf();
    let row = row(7, SESSION, at(0));
    store.issue(&row).unwrap();
    assert_eq!(store.file(&filing(&row, OTHER, b"theirs")).unwrap(), Filed::ChallengeUsed);
    assert!(!store.is_consumed(&row.challenge.value).unwrap());
    let first = Filed::Now("20270115-000001".into());
    assert_eq!(store.file(&filing(&row, SESSION, b"one")).unwrap(), first);
    assert!(store.is_consumed(&row.challenge.value).unwrap());
    assert_eq!(store.file(&filing(&row, SESSION, b"two")).unwrap(), Filed::ChallengeUsed);
    assert_eq!(store.file(&filing(&row, SESSION, b"one")).unwrap(), Filed::Before("20270115-000001".into()));
}

#[test]
fn what_belongs_to_another_session_does_not_exist() {
    let Shelf { store, folder: _folder } = shelf();
    let row = row(7, SESSION, at(0));
    store.issue(&row).unwrap();
    store.file(&filing(&row, SESSION, b"one")).unwrap();
    assert_eq!(store.challenge(&row.challenge.value, SESSION).unwrap(), Some(row.clone()));
    assert_eq!(store.challenge(&row.challenge.value, OTHER).unwrap(), None);
    assert_eq!(store.receipt_of(b"one", SESSION).unwrap().as_deref(), Some("20270115-000001"));
    assert_eq!(store.receipt_of(b"one", OTHER).unwrap(), None);
    assert_eq!(store.filing("20270115-000001", SESSION).unwrap().unwrap().envelope, b"one");
    assert_eq!(store.filing("20270115-000001", OTHER).unwrap(), None);
}

#[test]
fn a_filing_that_cannot_be_stored_leaves_its_challenge_unused() {
    let Shelf { store, folder } = shelf();
    let row = row(7, SESSION, at(0));
    store.issue(&row).unwrap();
    let other = Connection::open(folder.path().join("filings.sqlite")).unwrap();
    let full = "CREATE TRIGGER full BEFORE INSERT ON filing BEGIN SELECT RAISE(ABORT, 'full'); END";
    other.execute_batch(full).unwrap();
    assert!(store.file(&filing(&row, SESSION, b"one")).is_err());
    assert!(!store.is_consumed(&row.challenge.value).unwrap());
    other.execute_batch("DROP TRIGGER full").unwrap();
    assert!(matches!(store.file(&filing(&row, SESSION, b"one")).unwrap(), Filed::Now(_)));
}

#[test]
fn challenges_that_were_never_used_are_forgotten_and_used_ones_kept() {
    let Shelf { store, folder: _folder } = shelf();
    let (used, unused) = (row(1, SESSION, at(0)), row(2, SESSION, at(0)));
    store.issue(&used).unwrap();
    store.issue(&unused).unwrap();
    store.file(&filing(&used, SESSION, b"one")).unwrap();
    store.issue(&row(3, SESSION, at(100))).unwrap();
    assert!(store.challenge(&used.challenge.value, SESSION).unwrap().is_some());
    assert!(store.challenge(&unused.challenge.value, SESSION).unwrap().is_none());
}

#[test]
fn a_session_lives_until_its_end() {
    let Shelf { store, folder: _folder } = shelf();
    for (session, now, lives) in
        [(SESSION, at(999), true), (SESSION, at(1000), false), (SessionDigest([3; 32]), at(0), false)]
    {
        assert_eq!(store.session_lives(session, now).unwrap(), lives);
    }
}

#[test]
fn a_database_is_opened_again_as_it_was_and_one_from_a_newer_program_is_refused() {
    let Shelf { store, folder } = shelf();
    let path = folder.path().join("filings.sqlite");
    drop(store);
    let store = Store::open(&path, Duration::ZERO).unwrap();
    assert!(store.session_lives(SESSION, at(0)).unwrap());
    let synchronous: i64 =
        store.connection().pragma_query_value(None, "synchronous", |row| row.get(0)).unwrap();
    let journal: String =
        store.connection().pragma_query_value(None, "journal_mode", |row| row.get(0)).unwrap();
    assert_eq!((synchronous, journal.as_str()), (2, "wal"), "a receipt is on the disk before it is shown");
    store.connection().pragma_update(None, "user_version", 99).unwrap();
    drop(store);
    assert!(matches!(Store::open(&path, Duration::ZERO), Err(StoreError::TooNew { found: 99 })));
}
