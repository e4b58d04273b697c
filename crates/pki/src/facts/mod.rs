//! The facts of the public service's certificates that this crate rests on, by their numbers in the conformance list:
//! a test `fact_NN_…` for each of 42 to 56. They are held to certificates read off test cards, to the published
//! authorities and to the lab's. README.md tells where the rest of a fact is held.

mod path;
mod profile;
mod revocation;

use crate::anchors::Anchors;
use crate::lab_tests;
use crate::testing::{
    AUTHENTICATION, AUTHENTICATION_2019, AUTHENTICATION_2023, Node, SIGNATURE_2019, SIGNATURE_2024, SIGNING,
};
use crate::world::Purpose;

/// A name for messages, and a certificate in DER.
type Named = (&'static str, Vec<u8>);

fn signature_certificates() -> Vec<Named> {
    let [lab, _] = lab_tests::certificates();
    vec![("test card", SIGNING.to_vec()), ("lab", lab)]
}

fn authentication_certificates() -> Vec<Named> {
    let [_, lab] = lab_tests::certificates();
    vec![("test card", AUTHENTICATION.to_vec()), ("lab", lab)]
}

fn holders_certificates() -> Vec<Named> {
    [signature_certificates(), authentication_certificates()].concat()
}

/// The six of the public service, four of its test hierarchy, two of the lab.
fn authorities() -> Vec<Named> {
    let production = Anchors::production().unwrap();
    let purposes = [Purpose::Signature, Purpose::Authentication];
    let published = purposes.into_iter().flat_map(|purpose| production.authorities(purpose));
    let mut all: Vec<_> = published.map(|one| ("production", one.certificate().der().to_vec())).collect();
    let test = [SIGNATURE_2019, SIGNATURE_2024, AUTHENTICATION_2019, AUTHENTICATION_2023];
    all.extend(test.map(|der| ("test hierarchy", der.to_vec())));
    all.extend(lab_tests::authorities().map(|der| ("lab", der)));
    all
}

/// The value of the extension 2.5.29.`number`, and whether it is critical; none without the extension.
fn value(certificate: &[u8], number: u8) -> Option<(bool, Vec<u8>)> {
    let mut tree = Node::parse(certificate);
    let named = |node: &&Node| node.children[0].content == [0x55, 0x1d, number];
    let extension = tree.extensions().iter().find(named)?.clone();
    Some((extension.children.len() == 3, extension.children.last()?.content.clone()))
}

/// The tree of that value.
fn tree(certificate: &[u8], number: u8) -> Node {
    Node::parse(&value(certificate, number).unwrap().1)
}
