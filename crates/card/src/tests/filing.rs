//! Whole filings against the virtual card, with their cost.

use shomei_virtual_card::{Behaviour, Contents, Exhausted, VirtualCard};

use super::desk::{AUTHORITY, DIGEST, contents, right};
use super::{certificate, password};
use crate::{Card, CardError, Counted, LastTry, Reference, SignatureSession, Transport, Tries, UnlockError};

const SIGNATURE_OF_SHOMEI: &[u8; 256] = include_bytes!("fixtures/signature-of-shomei.bin");

/// A card whose signature certificate is `certificate`.
fn virtual_card(certificate: &[u8]) -> VirtualCard {
    VirtualCard::new(contents(certificate))
}

fn unlock<T: Transport>(card: &mut Card<T>) -> SignatureSession<'_, T> {
    card.unlock_signature(&right(), LastTry::NotConfirmed).unwrap()
}

/// Open, unlock, read, sign, close.
fn file(transport: impl Transport) -> Result<(Vec<u8>, [u8; 256]), UnlockError> {
    let mut card = Card::open(transport)?;
    let mut session = card.unlock_signature(&right(), LastTry::NotConfirmed)?;
    let certificate = session.certificate()?;
    let signature = session.sign(&DIGEST)?;
    session.close()?;
    Ok((certificate, signature))
}

#[test]
fn a_filing_gives_the_certificate_and_the_signature_that_openssl_gives() {
    let certificate = certificate(1_800);
    let filed = file(virtual_card(&certificate));
    assert_eq!(filed, Ok((certificate, *SIGNATURE_OF_SHOMEI)));
}

#[test]
fn a_filing_costs_sixteen_exchanges_and_one_to_close() {
    // bytes of certificate, exchanges with closing
    for (length, exchanges) in [(1_792, 16), (1_793, 17), (1_800, 17), (2_048, 17), (2_600, 20)] {
        let mut transport = Counted::new(virtual_card(&certificate(length)));
        file(&mut transport).unwrap();
        assert_eq!(transport.exchanges(), exchanges, "{length} bytes");
    }
}

#[test]
fn looking_first_and_filing_later_costs_two_exchanges_more() {
    let mut transport = Counted::new(virtual_card(&certificate(1_800)));
    drop(Card::open(&mut transport).unwrap());
    assert_eq!(transport.exchanges(), 4);
    let mut card = Card::resume(&mut transport);
    let mut session = unlock(&mut card);
    session.certificate().unwrap();
    session.sign(&DIGEST).unwrap();
    session.close().unwrap();
    drop(card);
    assert_eq!(transport.exchanges(), 20);
}

#[test]
fn the_authority_is_named_without_a_password() {
    let mut card = Card::open(virtual_card(&certificate(300))).unwrap();
    assert_eq!(card.signature_authority_certificate(), Ok(AUTHORITY.to_vec()));
}

#[test]
fn a_certificate_ends_where_its_length_says_also_on_the_edge_of_a_chunk() {
    for length in [260, 511, 512, 513, 767, 768, 769, 2_048] {
        let certificate = certificate(length);
        let (read, _) = file(virtual_card(&certificate)).unwrap();
        assert!(read == certificate, "{length} bytes, read {}", read.len());
    }
}

#[test]
fn a_certificate_shorter_than_a_chunk_is_cut_from_its_filler() {
    let short = [&[0x30, 0x03], &[1, 2, 3][..]].concat();
    assert_eq!(file(virtual_card(&short)).unwrap().0, short);
}

#[test]
fn a_wrong_password_costs_a_try_and_the_right_one_gives_it_back() {
    let mut transport = virtual_card(&certificate(300));
    let mut card = Card::open(&mut transport).unwrap();
    for left in [4, 3] {
        let wrong = card.unlock_signature(&password("WRONG1"), LastTry::NotConfirmed);
        assert_eq!(wrong.unwrap_err(), UnlockError::Wrong { left });
    }
    unlock(&mut card).close().unwrap();
    assert_eq!(card.tries(Reference::SignaturePassword), Ok(Tries::Left(5)));
}

#[test]
fn five_wrong_passwords_block_in_either_words() {
    for exhausted in [Exhausted::ReferenceDataUnusable, Exhausted::Blocked] {
        let behaviour = Behaviour { exhausted, ..Behaviour::default() };
        let mut card =
            Card::open(VirtualCard::with_behaviour(contents(&certificate(300)), behaviour)).unwrap();
        let wrong = password("WRONG1");
        for left in [4, 3, 2, 1] {
            let refused = card.unlock_signature(&wrong, LastTry::NotConfirmed).unwrap_err();
            assert_eq!(refused, UnlockError::Wrong { left });
        }
        let unasked = card.unlock_signature(&wrong, LastTry::NotConfirmed).unwrap_err();
        assert_eq!(unasked, UnlockError::LastTryNotConfirmed);
        assert_eq!(card.tries(Reference::SignaturePassword), Ok(Tries::Left(1)));
        assert_eq!(card.unlock_signature(&wrong, LastTry::Confirmed).unwrap_err(), UnlockError::Blocked);
        assert_eq!(card.tries(Reference::SignaturePassword), Ok(Tries::Blocked));
        assert_eq!(card.unlock_signature(&right(), LastTry::Confirmed).unwrap_err(), UnlockError::Blocked);
    }
}

#[test]
fn a_childs_card_has_no_password_to_ask_for() {
    let contents = Contents { signature: None, ..contents(&certificate(300)) };
    let opened = Card::open(VirtualCard::new(contents));
    assert_eq!(opened.unwrap_err(), CardError::NoSignatureCertificate);
}

#[test]
fn a_session_signs_what_it_is_given_each_time_the_same() {
    let mut card = Card::open(virtual_card(&certificate(300))).unwrap();
    let mut session = unlock(&mut card);
    assert_eq!(session.sign(&DIGEST), Ok(*SIGNATURE_OF_SHOMEI));
    assert_ne!(session.sign(&[0; 32]).unwrap(), *SIGNATURE_OF_SHOMEI);
    assert_eq!(session.sign(&DIGEST), Ok(*SIGNATURE_OF_SHOMEI));
}
