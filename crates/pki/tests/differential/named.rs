//! The changes that have a name of their own, and certificates under other anchors and at other times.

use crate::cases::{self, Case, Draft, base, kind, usual};
use crate::judges::Setting;
use crate::signer::{NOW, Signer, lab};
use crate::tree::Node;
use shomei_pki::{AuthenticationCertificate, Authority, Purpose, SigningCertificate, UnixTime};

/// One change to the tree of a certificate.
type Edit = fn(&mut Node);

const PURPOSES: [Purpose; 2] = [Purpose::Signature, Purpose::Authentication];
const DAY: i64 = 86_400;

fn extension(oid: &[u8], critical: bool, value: &[u8]) -> Node {
    let mut parts = vec![Node::leaf(0x06, oid)];
    parts.extend(critical.then(|| Node::leaf(0x01, &[0xff])));
    parts.push(Node::leaf(0x04, value));
    Node::branch(0x30, parts)
}

fn make_critical(tree: &mut Node, number: u8) {
    tree.extension(number).children.insert(1, Node::leaf(0x01, &[0xff]));
}

fn set_algorithm(tree: &mut Node, edit: fn(&mut Node)) {
    edit(tree.at(&[0, 2]));
    edit(tree.at(&[1]));
}

fn set_time(tree: &mut Node, index: usize, seconds: i64) {
    let text = UnixTime::from_seconds(seconds).to_utc_time().unwrap();
    *tree.at(&[0, 4, index]) = Node::leaf(0x17, text.as_bytes());
}

const EXTENSIONS: &[(&str, Edit)] = &[
    ("nothing", |_| ()),
    ("an unknown extension", |c| c.extensions().push(extension(b"\x2a\x03\x04", false, b"\x05\x00"))),
    ("an unknown critical extension", |c| c.extensions().push(extension(b"\x2a\x03\x04", true, b"\x05\x00"))),
    ("nameConstraints", |c| c.extensions().push(extension(b"\x55\x1d\x1e", true, b"\x30\x00"))),
    ("policyConstraints", |c| c.extensions().push(extension(b"\x55\x1d\x24", true, b"\x30\x03\x80\x01\x00"))),
    ("inhibitAnyPolicy", |c| c.extensions().push(extension(b"\x55\x1d\x36", true, b"\x02\x01\x00"))),
    ("keyUsage twice", |c| {
        let twin = c.extension(15).clone();
        c.extensions().push(twin);
    }),
    ("extensions in reverse", |c| c.extensions().reverse()),
    ("extensions turned by one", |c| c.extensions().rotate_left(1)),
    ("critical subjectKeyIdentifier", |c| make_critical(c, 14)),
    ("critical issuerAltName", |c| make_critical(c, 18)),
    ("critical cRLDistributionPoints", |c| make_critical(c, 31)),
    ("critical authorityKeyIdentifier", |c| make_critical(c, 35)),
    ("certificatePolicies not critical", |c| drop(c.extension(32).children.remove(1))),
    ("keyUsage not critical", |c| drop(c.extension(15).children.remove(1))),
    ("keyUsage keyEncipherment", |c| *c.value(15) = Node::leaf(0x03, b"\x05\x20")),
    ("keyUsage with keyCertSign", |c| *c.value(15) = Node::leaf(0x03, b"\x02\xc4")),
    ("keyUsage of the other kind", |c| {
        let other: &[u8] = if c.value(15).content == [0x06, 0xc0] { b"\x07\x80" } else { b"\x06\xc0" };
        c.value(15).content = other.to_vec();
    }),
    ("extKeyUsage serverAuth", |c| {
        c.extensions().retain(|e| e.children[0].content != b"\x55\x1d\x25");
        let server: &[u8] = b"\x30\x0a\x06\x08\x2b\x06\x01\x05\x05\x07\x03\x01";
        c.extensions().push(extension(b"\x55\x1d\x25", false, server));
    }),
    ("basicConstraints CA:TRUE", |c| {
        c.extensions().push(extension(b"\x55\x1d\x13", true, b"\x30\x03\x01\x01\xff"));
    }),
    ("basicConstraints CA:FALSE", |c| c.extensions().push(extension(b"\x55\x1d\x13", true, b"\x30\x00"))),
    ("policy of the other kind", |c| {
        let last = c.value(32).at(&[0, 0]).content.last_mut().unwrap();
        *last ^= 1;
    }),
    ("policy anyPolicy", |c| c.value(32).at(&[0, 0]).content = b"\x55\x1d\x20\x00".to_vec()),
    ("policy beside anyPolicy", |c| {
        let any = Node::branch(0x30, vec![Node::leaf(0x06, b"\x55\x1d\x20\x00")]);
        c.value(32).children.push(any);
    }),
    ("policy of the public service", |c| {
        c.value(32).at(&[0, 0]).content = b"\x2a\x83\x08\x8c\x9b\x55\x08\x05\x01\x01\x14".to_vec();
    }),
    ("authority named by another key", |c| c.value(35).at(&[0]).content = vec![7; 20]),
    ("authority named by another name", |c| {
        c.value(35).at(&[1, 0, 0, 1, 0, 1]).content = b"JPKI".to_vec();
    }),
    ("authority named by another number", |c| c.value(35).at(&[2]).content = vec![0x55; 4]),
    ("authority named by its key only", |c| c.value(35).children.truncate(1)),
];

const FIELDS: &[(&str, Edit)] = &[
    ("version 1 with extensions", |c| drop(c.at(&[0]).children.remove(0))),
    ("version 2", |c| c.at(&[0, 0, 0]).content = vec![1]),
    ("version 4", |c| c.at(&[0, 0, 0]).content = vec![3]),
    ("serial number zero", |c| c.at(&[0, 1]).content = vec![0]),
    ("serial number negative", |c| c.at(&[0, 1]).content = vec![0x80]),
    ("serial number of one octet", |c| c.at(&[0, 1]).content = vec![1]),
    ("serial number of 20 octets", |c| c.at(&[0, 1]).content = vec![0x55; 20]),
    ("serial number of 21 octets", |c| c.at(&[0, 1]).content = vec![0x55; 21]),
    ("serial number with a spare zero", |c| c.at(&[0, 1]).content = vec![0, 1]),
    ("SHA-1", |c| set_algorithm(c, |a| *a.at(&[0]).content.last_mut().unwrap() = 5)),
    ("SHA-384 named over SHA-256", |c| set_algorithm(c, |a| *a.at(&[0]).content.last_mut().unwrap() = 12)),
    ("algorithm without NULL", |c| set_algorithm(c, |a| drop(a.children.pop()))),
    ("algorithm without NULL inside only", |c| drop(c.at(&[0, 2]).children.pop())),
    ("algorithm without NULL outside only", |c| drop(c.at(&[1]).children.pop())),
    ("another issuer", |c| c.at(&[0, 3, 1, 0, 1]).content = b"SHOMEI-LAX".to_vec()),
    ("issuer in other letters", |c| c.at(&[0, 3, 1, 0, 1]).content = b"shomei-lab".to_vec()),
    ("issuer in another string type", |c| c.at(&[0, 3, 1, 0, 1]).tag = 0x13),
    ("subject empty", |c| c.at(&[0, 5]).children.clear()),
    ("valid from later on", |c| set_time(c, 0, NOW + DAY)),
    ("valid until yesterday", |c| set_time(c, 1, NOW - DAY / 2)),
    ("valid from this second", |c| set_time(c, 0, NOW)),
    ("valid until this second", |c| set_time(c, 1, NOW)),
    ("validity reversed", |c| c.at(&[0, 4]).children.reverse()),
    ("GeneralizedTime before 2050", |c| {
        *c.at(&[0, 4, 1]) = Node::leaf(0x18, b"20300217145959Z");
    }),
    ("UTCTime without seconds", |c| *c.at(&[0, 4, 1]) = Node::leaf(0x17, b"3002171459Z")),
    ("UTCTime with an offset", |c| *c.at(&[0, 4, 1]) = Node::leaf(0x17, b"300217145959+0900")),
    ("exponent 3", |c| c.at(&[0, 6, 1, 0, 1]).content = vec![3]),
    ("exponent 1", |c| c.at(&[0, 6, 1, 0, 1]).content = vec![1]),
    ("modulus even", |c| *c.at(&[0, 6, 1, 0, 0]).content.last_mut().unwrap() &= 0xfe),
    ("modulus of 512 bits", |c| c.at(&[0, 6, 1, 0, 0]).content.truncate(65)),
    ("modulus of 1024 bits", |c| c.at(&[0, 6, 1, 0, 0]).content.truncate(129)),
    ("key algorithm without NULL", |c| drop(c.at(&[0, 6, 0]).children.pop())),
    ("key of P-256 in name only", |c| {
        let curve = Node::leaf(0x06, b"\x2a\x86\x48\xce\x3d\x03\x01\x07");
        *c.at(&[0, 6, 0]) =
            Node::branch(0x30, vec![Node::leaf(0x06, b"\x2a\x86\x48\xce\x3d\x02\x01"), curve]);
    }),
    ("subjectUniqueID", |c| c.at(&[0]).children.insert(7, Node::leaf(0x82, b"\x00\x01"))),
    ("octets after the extensions", |c| c.at(&[0]).children.push(Node::leaf(0x05, b""))),
    ("octets after the signature", |c| c.children.push(Node::leaf(0x05, b""))),
    ("BOOLEAN TRUE as 01", |c| c.extension(15).children[1].content = vec![1]),
    ("criticality FALSE written out", |c| c.extension(14).children.insert(1, Node::leaf(0x01, &[0]))),
];

/// Every named change of both kinds of certificate.
pub(crate) fn edits() -> Vec<Draft> {
    let mut drafts = Vec::new();
    for purpose in PURPOSES {
        for (name, edit) in EXTENSIONS.iter().chain(FIELDS) {
            let mut tree = base(purpose);
            edit(&mut tree);
            let (class, detail) = (format!("named: {name}"), format!("{purpose}"));
            drafts.push(Draft { class, detail, purpose, tree });
        }
    }
    drafts
}

fn validity(purpose: Purpose) -> [i64; 2] {
    let der = lab().certificate(kind(purpose));
    let (signing, authentication);
    let certificate = match purpose {
        Purpose::Signature => {
            signing = SigningCertificate::parse(der).unwrap();
            signing.certificate()
        }
        Purpose::Authentication => {
            authentication = AuthenticationCertificate::parse(der).unwrap();
            authentication.certificate()
        }
    };
    [certificate.not_before(), certificate.not_after()].map(UnixTime::seconds)
}

/// Unchanged certificates under other anchors and at other times.
pub(crate) fn settings() -> Vec<Case> {
    let mut cases = Vec::new();
    for (purpose, other) in PURPOSES.into_iter().zip([Purpose::Authentication, Purpose::Signature]) {
        let own = lab().certificate(kind(purpose)).to_vec();
        let others = lab().certificate(kind(other)).to_vec();
        let (authority, twin) = (lab().authority(kind(purpose)), lab().twin(kind(purpose)));
        let usual = usual(purpose);
        let with = |anchors: Vec<Vec<u8>>| Setting { anchors, ..usual.clone() };
        let at = |at: i64| Setting { at, ..usual.clone() };
        let [first, last] = validity(purpose);
        let end = Authority::parse(&authority).unwrap().certificate().not_after().seconds();
        let trailing = [own.as_slice(), b"\x00"].concat();
        let lone_twin = with(vec![twin.clone()]);
        let table = [
            ("a twin of the authority", lone_twin, own.clone()),
            ("the authority before its twin", with(vec![authority.clone(), twin.clone()]), own.clone()),
            ("the authority after its twin", with(vec![twin, authority.clone()]), own.clone()),
            ("the other kind's authority", with(vec![lab().authority(kind(other))]), own.clone()),
            ("the other kind", usual.clone(), others.clone()),
            ("the other kind and its authority", with(vec![lab().authority(kind(other))]), others),
            ("the authority itself", usual.clone(), authority),
            ("a holder as anchor", with(vec![own.clone()]), own.clone()),
            ("the second before it begins", at(first - 1), own.clone()),
            ("the second in which it begins", at(first), own.clone()),
            ("the last second", at(last), own.clone()),
            ("the second after the last", at(last + 1), own.clone()),
            ("octets after the certificate", usual.clone(), trailing),
            ("issued by a holder", issued_by_holder(purpose).0, issued_by_holder(purpose).1),
            ("longer than the authority", at(end + 1), outliving(purpose, end)),
        ];
        let case = |(name, setting, certificate)| {
            let (class, detail) = (format!("setting: {name}"), format!("{purpose}"));
            Case { class, detail, setting, certificate }
        };
        cases.extend(table.map(case));
    }
    cases
}

/// A certificate in a holder's name, signed with the holder's key, and the holder's certificate beside it.
fn issued_by_holder(purpose: Purpose) -> (Setting, Vec<u8>) {
    let mut tree = base(purpose);
    let (subject, own_key) = (tree.at(&[0, 5]).clone(), tree.value(14).content.clone());
    *tree.at(&[0, 3]) = subject;
    *tree.value(35) = Node::branch(0x30, vec![Node::leaf(0x80, &own_key)]);
    tree.at(&[0, 5, 1, 0, 1]).content = b"Somebody else".to_vec();
    Signer::of_holder().sign(kind(purpose), &mut tree);
    let untrusted = vec![lab().certificate(kind(purpose)).to_vec()];
    (Setting { untrusted, ..usual(purpose) }, tree.encode())
}

/// A certificate that ends a month after its authority does.
fn outliving(purpose: Purpose, end: i64) -> Vec<u8> {
    let mut tree = base(purpose);
    set_time(&mut tree, 1, end + 30 * DAY);
    Signer::of_authorities().sign(kind(purpose), &mut tree);
    tree.encode()
}

const AUTHORITIES: &[(&str, Edit)] = &[
    ("nothing", |_| ()),
    ("keyUsage crlSign only", |c| *c.value(15) = Node::leaf(0x03, b"\x01\x02")),
    ("keyUsage digitalSignature", |c| *c.value(15) = Node::leaf(0x03, b"\x07\x80")),
    ("no keyUsage", |c| c.extensions().retain(|e| e.children[0].content != [0x55, 0x1d, 15])),
    ("no basicConstraints", |c| c.extensions().retain(|e| e.children[0].content != [0x55, 0x1d, 19])),
    ("basicConstraints CA:FALSE", |c| c.value(19).children.clear()),
    ("basicConstraints not critical", |c| drop(c.extension(19).children.remove(1))),
    ("basicConstraints with a path length", |c| c.value(19).children.push(Node::leaf(0x02, &[0]))),
    ("a negative path length", |c| c.value(19).children.push(Node::leaf(0x02, &[0xff]))),
    ("expired", |c| set_time(c, 1, NOW - 1)),
    ("not yet valid", |c| set_time(c, 0, NOW + 1)),
    ("an unknown critical extension", |c| c.extensions().push(extension(b"\x2a\x03\x04", true, b"\x05\x00"))),
    ("no subjectKeyIdentifier", |c| c.extensions().retain(|e| e.children[0].content != [0x55, 0x1d, 14])),
    ("another subjectKeyIdentifier", |c| c.value(14).content = vec![7; 20]),
    ("another serial number", |c| c.at(&[0, 1]).content = vec![0x55; 4]),
    ("exponent 3", |c| c.at(&[0, 6, 1, 0, 1]).content = vec![3]),
    ("modulus of 1024 bits", |c| c.at(&[0, 6, 1, 0, 0]).content.truncate(129)),
    ("SHA-1", |c| set_algorithm(c, |a| *a.at(&[0]).content.last_mut().unwrap() = 5)),
];

/// Unchanged certificates under an anchor with one thing changed, signed anew by itself.
pub(crate) fn authorities() -> Vec<Case> {
    let purpose = Purpose::Signature;
    let original = Node::parse(&lab().authority(kind(purpose)));
    let mut changed: Vec<(String, String, Node)> = Vec::new();
    for (name, edit) in AUTHORITIES {
        let mut tree = original.clone();
        edit(&mut tree);
        changed.push((format!("authority: {name}"), String::new(), tree));
    }
    // Each is a process of its own, so only every third change is made.
    let systematic = cases::systematic_of(&original, cases::place).into_iter().step_by(3);
    changed.extend(systematic.map(|(class, detail, tree)| (format!("authority {class}"), detail, tree)));
    let mut signer = Signer::of_authorities();
    let holder = lab().certificate(kind(purpose)).to_vec();
    let finish = |(class, detail, mut tree): (String, String, Node)| {
        signer.sign(kind(purpose), &mut tree);
        let setting = Setting { anchors: vec![tree.encode()], ..usual(purpose) };
        Case { class, detail, setting, certificate: holder.clone() }
    };
    changed.into_iter().map(finish).collect()
}
