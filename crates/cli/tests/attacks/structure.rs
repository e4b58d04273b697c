//! CMS of other structure, signed by the holder as it is.

use crate::attack::{Attack, Control, Expected, Invalid, Unusable, rows};
use crate::cms::*;
use crate::scene::{scene, sha256};
use shomei_application::Container;
use shomei_lab::{Issued, Purpose};
use shomei_pki::der::{Tag, element, integer, sequence};

type Row = (&'static str, fn(&mut Cms), Expected);

pub(crate) fn attacks() -> Vec<Attack> {
    let tables = [SIGNED_DATA_ROWS, CONTENT_ROWS, CERTIFICATE_ROWS, SIGNER_ROWS, ATTRIBUTE_ROWS];
    let attack = |(name, change, expected): &Row| {
        Attack::new(format!("CMS: {name}"), "a.p7m", Cms::good().with(change).encode(), *expected)
    };
    let mut attacks: Vec<Attack> = tables.into_iter().flatten().map(attack).collect();
    attacks.extend(around());
    attacks
}

const SHA1: &[u8] = b"\x2b\x0e\x03\x02\x1a";
const SHA384: &[u8] = b"\x60\x86\x48\x01\x65\x03\x04\x02\x02";
const SHA512: &[u8] = b"\x60\x86\x48\x01\x65\x03\x04\x02\x03";
const RSA: &[u8] = b"\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01";
const SHA1_WITH_RSA: &[u8] = b"\x2a\x86\x48\x86\xf7\x0d\x01\x01\x05";
const PSS: &[u8] = b"\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0a";
const SHA512_WITH_RSA: &[u8] = b"\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0d";
const ECDSA_WITH_SHA256: &[u8] = b"\x2a\x86\x48\xce\x3d\x04\x03\x02";
const ENVELOPED_DATA: &[u8] = b"\x2a\x86\x48\x86\xf7\x0d\x01\x07\x03";
const TST_INFO: &[u8] = b"\x2a\x86\x48\x86\xf7\x0d\x01\x09\x10\x01\x04";
const SIGNING_CERTIFICATE: &[u8] = b"\x2a\x86\x48\x86\xf7\x0d\x01\x09\x10\x02\x0c";
const COUNTER_SIGNATURE: &[u8] = b"\x2a\x86\x48\x86\xf7\x0d\x01\x09\x06";
const TIME_STAMP: &[u8] = b"\x2a\x86\x48\x86\xf7\x0d\x01\x09\x10\x02\x0e";
const CAPABILITIES: &[u8] = b"\x2a\x86\x48\x86\xf7\x0d\x01\x09\x0f";
const ALGORITHM_PROTECTION: &[u8] = b"\x2a\x86\x48\x86\xf7\x0d\x01\x09\x34";
const SIGNATURE_POLICY: &[u8] = b"\x2a\x86\x48\x86\xf7\x0d\x01\x09\x10\x02\x0f";
const CONTENT_HINTS: &[u8] = b"\x2a\x86\x48\x86\xf7\x0d\x01\x09\x10\x02\x04";

const SIGNED_DATA_ROWS: &[Row] = rows! {
    "as it should be": |_| {} => Control(0);
    "EnvelopedData by its type": |c| c.outer_type = ENVELOPED_DATA.to_vec() => Unusable("no-format");
    "data by its type": |c| c.outer_type = DATA.to_vec() => Unusable("no-format");
    "version 1": |c| c.version = integer(1) => Unusable("other-version");
    "version 5": |c| c.version = integer(5) => Unusable("other-version");
    "version -3": |c| c.version = element(Tag::INTEGER, &[0xfd]) => Unusable("other-version");
    "no version": |c| c.version.clear() => Unusable("der-other-element");
    "no digest algorithm": |c| c.digest_algorithms = set(&[]) => Unusable("digest-algorithm");
    "SHA-1 announced": |c| c.digest_algorithms = set(&[&algorithm(SHA1, b"")]) => Unusable("digest-algorithm");
    "SHA-512 announced": |c| c.digest_algorithms = set(&[&algorithm(SHA512, b"")]) => Unusable("digest-algorithm");
    "SHA-256 announced with NULL": |c| c.digest_algorithms = set(&[&sha256_null()]) => Unusable("digest-algorithm");
    "SHA-256 announced twice": |c| c.digest_algorithms = set(&[&sha256_id(), &sha256_id()]) => Unusable("digest-algorithm");
    "SHA-1 and SHA-256 announced": |c| c.digest_algorithms = set(&[&algorithm(SHA1, b""), &sha256_id()]) => Unusable("digest-algorithm");
    "an element behind the signers": |c| c.after[0] = NULL.to_vec() => Unusable("der-trailing-octets");
    "an element behind SignedData": |c| c.after[1] = NULL.to_vec() => Unusable("der-trailing-octets");
    "an element behind the wrapper": |c| c.after[2] = NULL.to_vec() => Unusable("der-trailing-octets");
    "revocation lists inside": |c| c.lists = sequence(Tag::context(1), &[&seq(&[])]) => Unusable("der-other-element");
    "an empty set of revocation lists": |c| c.lists = b"\xa1\x00".to_vec() => Unusable("der-other-element");
    "a second set of certificates": |c| c.lists = set_of_certificates(&scene().other.certificate) => Unusable("der-other-element");
};

const CONTENT_ROWS: &[Row] = rows! {
    "the type of data": |c| typed(c, DATA) => Unusable("content-type");
    "the type of signed data": |c| typed(c, SIGNED_DATA) => Unusable("content-type");
    "the type of a time stamp": |c| typed(c, TST_INFO) => Unusable("content-type");
    "the type of a certificate policy of the lab": |c| typed(c, &[&APPLICATION[..20], &[2]].concat()) => Unusable("content-type");
    "the type of data outside, of an application in the attributes": |c| c.content_type = DATA.to_vec() => Unusable("content-type");
    "the type of an application outside, of data in the attributes": |c| c.signer().set(CONTENT_TYPE, &[&oid(DATA)]) => Unusable("content-type");
    "the type of a file around content": |c| typed(c, FILE) => Unusable("content-place");
    "no content": |c| c.content.clear() => Unusable("content-place");
    "an empty wrapper of content": |c| c.content = b"\xa0\x00".to_vec() => Unusable("der-truncated");
    "empty content": |c| c.content = inside(b"") => Invalid("signature/content binding/not-an-application");
    "two contents": |c| c.content = sequence(Tag::context(0), &[&octets(b"{}"), &octets(b"{}")]) => Unusable("der-trailing-octets");
    "content as a text": |c| retyped(c, Tag::UTF8_STRING) => Unusable("der-other-element");
    "content as a series": |c| retyped(c, Tag::SEQUENCE) => Unusable("der-truncated");
    "content without a wrapper": |c| c.content = octets(&document()) => Unusable("der-trailing-octets");
    "content in a primitive wrapper": |c| c.content = element(Tag::context_primitive(0), &document()) => Unusable("der-trailing-octets");
    "other content than was signed": |c| c.content = inside(&changed_document()) => Invalid("signature/content binding/expectation:origin");
};

const CERTIFICATE_ROWS: &[Row] = rows! {
    "no set of certificates": |c| c.certificates.clear() => Unusable("der-other-element");
    "an empty set of certificates": |c| (c.certificates, c.lists) = (Vec::new(), b"\xa0\x00".to_vec()) => Unusable("number-of-certificates");
    "the certificate twice": |c| c.certificates.push(scene().holder().certificate.clone()) => Unusable("number-of-certificates");
    "the authority's certificate, too": |c| c.certificates.push(scene().authority(Purpose::Signature).certificate) => Unusable("number-of-certificates");
    "another person's certificate, too": |c| c.certificates.push(scene().other.certificate.clone()) => Unusable("number-of-certificates");
    "another person's certificate alone": |c| c.certificates = vec![scene().other.certificate.clone()] => Invalid("signature/other-certificate signature/signature");
    "the same person's other certificate alone": |c| c.certificates = vec![scene().revoked.certificate.clone()] => Invalid("signature/other-certificate signature/signature revocation/revoked");
    "the authority's certificate alone": |c| c.certificates = vec![scene().authority(Purpose::Signature).certificate] => Invalid("chain/profile");
    "an attribute certificate": |c| c.certificates = vec![sequence(Tag::context(2), &[&seq(&[])])] => Invalid("chain/profile");
    "a certificate of another format": |c| c.certificates = vec![sequence(Tag::context(3), &[&oid(DATA), NULL])] => Invalid("chain/profile");
    "an empty certificate": |c| c.certificates = vec![seq(&[])] => Invalid("chain/profile");
    "a number for a certificate": |c| c.certificates = vec![integer(1)] => Invalid("chain/profile");
};

const SIGNER_ROWS: &[Row] = rows! {
    "no signer": |c| c.signers.clear() => Unusable("number-of-signers");
    "the signer twice": |c| c.signers.push(c.signers[0].clone()) => Unusable("number-of-certificates");
    "eleven signers": |c| c.signers = vec![c.signers[0].clone(); 11] => Unusable("number-of-signers");
    "a second signer whose certificate is absent": |c| c.signers.push(signer_by(&scene().other)) => Unusable("number-of-certificates");
    "a second signer who names the first one's certificate": second_naming_the_first => Unusable("no-certificate-of-signer");
    "a second signer whose certificate is revoked": |c| second(c, &scene().revoked) => Invalid("revocation/revoked identity/expectation:signers");
    "a second signer nobody expects": |c| second(c, &scene().other) => Invalid("identity/expectation:signers");
    "a second signer of no authority": |c| second(c, &scene().impostor.holders[0].signature) => Invalid("chain/path");
    "version 3 of the signer": |c| c.signer().version = integer(3) => Unusable("other-version");
    "the signer by a key identifier": |c| c.signer().identifier = element(Tag::context_primitive(0), &[7; 20]) => Unusable("der-other-element");
    "the signer by nothing": |c| c.signer().identifier = seq(&[]) => Invalid("signature/other-certificate");
    "the signer by another serial number": |c| c.signer().identifier = issuer_and_serial(&scene().other.certificate) => Invalid("signature/other-certificate");
    "the signer by another issuer": |c| c.signer().identifier = issuer_and_serial(&scene().authentication().certificate) => Invalid("signature/other-certificate");
    "SHA-1 of the signer": |c| c.signer().digest_algorithm = algorithm(SHA1, b"") => Unusable("digest-algorithm");
    "SHA-384 of the signer": |c| c.signer().digest_algorithm = algorithm(SHA384, b"") => Unusable("digest-algorithm");
    "SHA-512 of the signer": |c| c.signer().digest_algorithm = algorithm(SHA512, b"") => Unusable("digest-algorithm");
    "SHA-256 of the signer with NULL": |c| c.signer().digest_algorithm = sha256_null() => Unusable("digest-algorithm");
    "rsaEncryption": |c| c.signer().algorithm = algorithm(RSA, NULL) => Unusable("signature-algorithm");
    "RSA with SHA-1": |c| c.signer().algorithm = algorithm(SHA1_WITH_RSA, NULL) => Unusable("signature-algorithm");
    "RSA with SHA-512": |c| c.signer().algorithm = algorithm(SHA512_WITH_RSA, NULL) => Unusable("signature-algorithm");
    "RSASSA-PSS": |c| c.signer().algorithm = algorithm(PSS, &seq(&[])) => Unusable("signature-algorithm");
    "ECDSA": |c| c.signer().algorithm = algorithm(ECDSA_WITH_SHA256, b"") => Unusable("signature-algorithm");
    "a digest as signature algorithm": |c| c.signer().algorithm = sha256_id() => Unusable("signature-algorithm");
    "RSA with SHA-256 without parameters": |c| c.signer().algorithm = algorithm(SHA256_WITH_RSA, b"") => Unusable("signature-algorithm");
    "RSA with SHA-256 and other parameters": |c| c.signer().algorithm = algorithm(SHA256_WITH_RSA, &seq(&[])) => Unusable("signature-algorithm");
    "a counter signature": |c| c.signer().after = unsigned(COUNTER_SIGNATURE, &seq(&[])) => Unusable("der-trailing-octets");
    "a time stamp": |c| c.signer().after = unsigned(TIME_STAMP, &seq(&[])) => Unusable("der-trailing-octets");
    "an unknown unsigned attribute": |c| c.signer().after = unsigned(&APPLICATION[..20], NULL) => Unusable("der-trailing-octets");
    "an empty set of unsigned attributes": |c| c.signer().after = b"\xa1\x00".to_vec() => Unusable("der-trailing-octets");
    "a second signature behind the first": |c| c.signer().after = octets(&[1; 256]) => Unusable("der-trailing-octets");
    "no signed attributes": |c| c.signer().attributes = None => Unusable("no-signed-attributes");
    "an empty set of signed attributes": |c| c.signer().attributes = Some(Vec::new()) => Unusable("signed-attributes");
};

const ATTRIBUTE_ROWS: &[Row] = rows! {
    "no content type": |c| c.signer().remove(CONTENT_TYPE) => Unusable("not-the-one-form");
    "no message digest": |c| c.signer().remove(MESSAGE_DIGEST) => Unusable("signed-attributes");
    "no signing time": |c| c.signer().remove(SIGNING_TIME) => Unusable("signed-attributes");
    "no signing certificate": |c| c.signer().remove(SIGNING_CERTIFICATE_V2) => Unusable("signed-attributes");
    "the content type twice": |c| c.signer().add(attribute(CONTENT_TYPE, &[&oid(APPLICATION)])) => Unusable("not-the-one-form");
    "the message digest twice": |c| c.signer().add(digest_of(&document())) => Unusable("not-the-one-form");
    "the signing time twice": |c| c.signer().add(attribute(SIGNING_TIME, &[&utc_now()])) => Unusable("not-the-one-form");
    "the signing certificate twice": |c| c.signer().add(attribute(SIGNING_CERTIFICATE_V2, &[&signing_certificate(&scene().holder().certificate)])) => Unusable("not-the-one-form");
    "a second message digest": |c| c.signer().add(digest_of(b"{}")) => Unusable("not-the-one-form");
    "a second signing time": |c| c.signer().add(attribute(SIGNING_TIME, &[&utc(b"200101000000Z")])) => Unusable("not-the-one-form");
    "a second signing certificate": |c| c.signer().add(attribute(SIGNING_CERTIFICATE_V2, &[&signing_certificate(b"")])) => Unusable("not-the-one-form");
    "a second content type": |c| c.signer().add(attribute(CONTENT_TYPE, &[&oid(DATA)])) => Unusable("content-type");
    "two message digests in one attribute": |c| c.signer().set(MESSAGE_DIGEST, &[&octets(&[1; 32]), &octets(&sha256(&document()))]) => Unusable("signed-attributes");
    "two signing times in one attribute": |c| c.signer().set(SIGNING_TIME, &[&utc(b"200101000000Z"), &utc_now()]) => Unusable("signed-attributes");
    "two content types in one attribute": |c| c.signer().set(CONTENT_TYPE, &[&oid(DATA), &oid(APPLICATION)]) => Unusable("signed-attributes");
    "a message digest without a value": |c| c.signer().set(MESSAGE_DIGEST, &[]) => Unusable("signed-attributes");
    "the digest of another document": |c| c.signer().set(MESSAGE_DIGEST, &[&octets(&sha256(b"{}"))]) => Invalid("signature/content");
    "a digest cut short": |c| c.signer().set(MESSAGE_DIGEST, &[&octets(&sha256(&document())[..31])]) => Unusable("signed-attributes");
    "a digest with an octet more": |c| c.signer().set(MESSAGE_DIGEST, &[&octets(&[&sha256(&document())[..], &[0]].concat())]) => Unusable("signed-attributes");
    "a digest as a bit string": |c| c.signer().set(MESSAGE_DIGEST, &[&element(Tag::BIT_STRING, &[&[0], &sha256(&document())[..]].concat())]) => Unusable("signed-attributes");
    "the digest of the digest": |c| c.signer().set(MESSAGE_DIGEST, &[&octets(&sha256(&sha256(&document())))]) => Invalid("signature/content");
    "a generalized signing time": |c| c.signer().set(SIGNING_TIME, &[&element(Tag::GENERALIZED_TIME, b"20261001000000Z")]) => Unusable("signed-attributes");
    "a signing time in 1969": |c| c.signer().set(SIGNING_TIME, &[&utc(b"691231235959Z")]) => Unusable("signing-time");
    "a signing time without seconds": |c| c.signer().set(SIGNING_TIME, &[&utc(b"2610010000Z")]) => Unusable("der-content");
    "a signing time in Japan's zone": |c| c.signer().set(SIGNING_TIME, &[&utc(b"261001000000+0900")]) => Unusable("der-content");
    "a signing time on 30 February": |c| c.signer().set(SIGNING_TIME, &[&utc(b"260230000000Z")]) => Unusable("der-content");
    "a signing time in words": |c| c.signer().set(SIGNING_TIME, &[&element(Tag::UTF8_STRING, b"today")]) => Unusable("signed-attributes");
    "the signing certificate of version 1": |c| renamed(c, SIGNING_CERTIFICATE) => Unusable("signed-attributes");
    "another person's signing certificate": |c| c.signer().set(SIGNING_CERTIFICATE_V2, &[&signing_certificate(&scene().other.certificate)]) => Invalid("signature/other-certificate");
    "the signing certificate with its default algorithm": |c| named(c, &[&sha256_id(), &certificate_digest()]) => Unusable("der-other-element");
    "the signing certificate by SHA-512": |c| named(c, &[&algorithm(SHA512, b""), &octets(&[1; 64])]) => Unusable("der-other-element");
    "the signing certificate with its issuer": |c| named(c, &[&certificate_digest(), &issuer_and_serial(&scene().holder().certificate)]) => Unusable("not-the-one-form");
    "a signing certificate of no certificates": |c| c.signer().set(SIGNING_CERTIFICATE_V2, &[&seq(&[&seq(&[])])]) => Unusable("der-truncated");
    "two signing certificates": named_twice => Unusable("not-the-one-form");
    "policies beside the signing certificate": with_policies => Unusable("not-the-one-form");
    "S/MIME capabilities": |c| c.signer().add(attribute(CAPABILITIES, &[&seq(&[])])) => Unusable("signed-attributes");
    "algorithm protection": |c| c.signer().add(attribute(ALGORITHM_PROTECTION, &[&seq(&[])])) => Unusable("signed-attributes");
    "a signature policy": |c| c.signer().add(attribute(SIGNATURE_POLICY, &[&seq(&[])])) => Unusable("signed-attributes");
    "content hints": |c| c.signer().add(attribute(CONTENT_HINTS, &[&seq(&[])])) => Unusable("signed-attributes");
    "an attribute of another shape": |c| c.signer().add(seq(&[&oid(CAPABILITIES)])) => Unusable("der-truncated");
    "attributes from the last to the first": |c| reordered(c, true) => Unusable("not-the-one-form");
    "attributes in the order of their names": |c| reordered(c, false) => Unusable("not-the-one-form");
    "attributes in two sets": |c| c.signer().digest_algorithm.extend(b"\xa0\x00") => Unusable("der-other-element");
};

fn set(elements: &[&[u8]]) -> Vec<u8> {
    sequence(Tag::SET, elements)
}

fn sha256_id() -> Vec<u8> {
    algorithm(SHA256, b"")
}

fn sha256_null() -> Vec<u8> {
    algorithm(SHA256, NULL)
}

fn document() -> Vec<u8> {
    scene().document(Container::Cades)
}

/// The document for another site.
fn changed_document() -> Vec<u8> {
    String::from_utf8(document()).unwrap().replace("shinsei", "shinsel").into_bytes()
}

fn set_of_certificates(certificate: &[u8]) -> Vec<u8> {
    sequence(Tag::context(0), &[certificate])
}

/// The same type of content in both places.
fn typed(cms: &mut Cms, content_type: &[u8]) {
    cms.content_type = content_type.to_vec();
    cms.signer().set(CONTENT_TYPE, &[&oid(content_type)]);
}

/// The content as an element of another type.
fn retyped(cms: &mut Cms, tag: Tag) {
    cms.content = sequence(Tag::context(0), &[&element(tag, &document())]);
}

fn signer_by(key: &Issued) -> Signer {
    Signer::of(key, APPLICATION, &document())
}

fn second(cms: &mut Cms, key: &Issued) {
    cms.signers.push(signer_by(key));
    cms.certificates.push(key.certificate.clone());
}

fn second_naming_the_first(cms: &mut Cms) {
    second(cms, &scene().other);
    let first = signing_certificate(&scene().holder().certificate);
    cms.signers[1].set(SIGNING_CERTIFICATE_V2, &[&first]);
}

fn unsigned(name: &[u8], value: &[u8]) -> Vec<u8> {
    sequence(Tag::context(1), &[&attribute(name, &[value])])
}

fn utc(text: &[u8]) -> Vec<u8> {
    element(Tag::UTC_TIME, text)
}

fn digest_of(content: &[u8]) -> Vec<u8> {
    attribute(MESSAGE_DIGEST, &[&octets(&sha256(content))])
}

fn certificate_digest() -> Vec<u8> {
    octets(&sha256(&scene().holder().certificate))
}

/// The signing certificate with these parts of its one ESSCertIDv2.
fn named(cms: &mut Cms, parts: &[&[u8]]) {
    cms.signer().set(SIGNING_CERTIFICATE_V2, &[&seq(&[&seq(&[&seq(parts)])])]);
}

fn named_twice(cms: &mut Cms) {
    let ids = [seq(&[&certificate_digest()]), seq(&[&octets(&[1; 32])])];
    cms.signer().set(SIGNING_CERTIFICATE_V2, &[&seq(&[&seq(&[&ids[0], &ids[1]])])]);
}

fn with_policies(cms: &mut Cms) {
    let ids = seq(&[&seq(&[&certificate_digest()])]);
    cms.signer().set(SIGNING_CERTIFICATE_V2, &[&seq(&[&ids, &seq(&[])])]);
}

fn renamed(cms: &mut Cms, name: &[u8]) {
    cms.signer().remove(SIGNING_CERTIFICATE_V2);
    let value = signing_certificate(&scene().holder().certificate);
    cms.signer().add(attribute(name, &[&value]));
}

/// The attributes in an order that DER does not have, and signed so.
fn reordered(cms: &mut Cms, backwards: bool) {
    let signer = cms.signer();
    signer.as_given = true;
    if let Some(attributes) = &mut signer.attributes {
        attributes.sort();
        match backwards {
            true => attributes.reverse(),
            false => attributes.sort_by_key(|attribute| attribute[4..15].to_vec()),
        }
    }
}

/// What is around the file and not in it.
fn around() -> Vec<Attack> {
    let good = Cms::good().encode();
    let table: [(&str, Vec<u8>, Expected); 10] = [
        ("an octet behind", [&good[..], &[0]].concat(), Unusable("der-trailing-octets")),
        ("a line feed behind", [&good[..], b"\n"].concat(), Unusable("der-trailing-octets")),
        ("the envelope twice", good.repeat(2), Unusable("der-trailing-octets")),
        ("an octet before", [b"\0", &good[..]].concat(), Unusable("no-format")),
        ("a byte order mark before", [b"\xef\xbb\xbf", &good[..]].concat(), Unusable("no-format")),
        ("a wrapper around", seq(&[&good]), Unusable("no-format")),
        ("the last octet missing", good[..good.len() - 1].to_vec(), Unusable("der-truncated")),
        ("cut off behind the content", good[..700].to_vec(), Unusable("der-truncated")),
        ("SignedData without ContentInfo", Cms::good().signed_data(), Unusable("no-format")),
        (
            "as a text in hexadecimal",
            good.iter().flat_map(|octet| format!("{octet:02x}").into_bytes()).collect(),
            Unusable("no-format"),
        ),
    ];
    let attack = |(name, octets, expected)| Attack::new(format!("CMS: {name}"), "a.p7m", octets, expected);
    table.into_iter().map(attack).collect()
}
