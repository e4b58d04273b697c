//! The cases: certificates with one thing changed and, unless the change is in the signature's own part, signed anew,
//! so that nothing but the change can decide.

use crate::judges::Setting;
use crate::signer::{NOW, Signer, lab};
use crate::tree::{Form, Node};
use shomei_lab::Purpose as Kind;
use shomei_pki::Purpose;

/// One certificate to be judged.
pub(crate) struct Case {
    /// What was changed, without chance in it: disagreements are explained by class.
    pub(crate) class: String,
    /// Where and how, for whoever looks into it.
    pub(crate) detail: String,
    pub(crate) setting: Setting,
    pub(crate) certificate: Vec<u8>,
}

/// A certificate that is still to be signed, by the authority for a purpose.
pub(crate) struct Draft {
    pub(crate) class: String,
    pub(crate) detail: String,
    pub(crate) purpose: Purpose,
    pub(crate) tree: Node,
}

pub(crate) fn kind(purpose: Purpose) -> Kind {
    match purpose {
        Purpose::Signature => Kind::Signature,
        Purpose::Authentication => Kind::Authentication,
    }
}

/// The purpose's own anchor, now.
pub(crate) fn usual(purpose: Purpose) -> Setting {
    let anchors = vec![lab().authority(kind(purpose))];
    Setting { purpose, anchors, untrusted: Vec::new(), at: NOW }
}

pub(crate) fn base(purpose: Purpose) -> Node {
    Node::parse(lab().certificate(kind(purpose)))
}

/// The same numbers in every run (Marsaglia's xorshift).
pub(crate) struct Lot(u64);

impl Lot {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(limit).unwrap()).unwrap()
    }
}

/// Signs drafts, two threads at a time.
pub(crate) fn signed(drafts: Vec<Draft>) -> Vec<Case> {
    let half = drafts.len() / 2;
    let sign = |drafts: &[Draft]| {
        let mut signer = Signer::of_authorities();
        let finish = |draft: &Draft| {
            let mut tree = draft.tree.clone();
            signer.sign(kind(draft.purpose), &mut tree);
            let (class, detail) = (draft.class.clone(), draft.detail.clone());
            Case { class, detail, setting: usual(draft.purpose), certificate: tree.encode() }
        };
        drafts.iter().map(finish).collect::<Vec<_>>()
    };
    std::thread::scope(|scope| {
        let aside = scope.spawn(|| sign(&drafts[half..]));
        let mut cases = sign(&drafts[..half]);
        cases.extend(aside.join().unwrap());
        cases
    })
}

/// One change of the element at a path, or none where it cannot be made.
type Change = fn(&mut Node, &[usize]) -> Option<()>;

/// The families of changes, by the word that begins their classes.
const CHANGES: [(&str, &str, Change); 9] = [
    ("tree", "left out", |tree, path| {
        let (last, parent) = path.split_last()?;
        tree.at(parent).children.remove(*last);
        Some(())
    }),
    ("tree", "twice", |tree, path| {
        let (last, parent) = path.split_last()?;
        let twin = tree.at(path).clone();
        tree.at(parent).children.insert(*last, twin);
        Some(())
    }),
    ("tree", "before its elder", |tree, path| {
        let (last, parent) = path.split_last()?;
        let siblings = &mut tree.at(parent).children;
        (last + 1 < siblings.len()).then(|| siblings.swap(*last, last + 1))
    }),
    ("tree", "with another tag", |tree, path| {
        let node = tree.at(path);
        node.tag = match node.tag {
            0x0c => 0x13,
            0x13 => 0x0c,
            0x17 => 0x18,
            0x30 => 0x31,
            0x31 => 0x30,
            _ => 0x04,
        };
        Some(())
    }),
    ("tree", "emptied", |tree, path| {
        let node = tree.at(path);
        (node.content, node.children) = (Vec::new(), Vec::new());
        Some(())
    }),
    ("tree", "a zero octet longer", |tree, path| {
        let node = tree.at(path);
        node.children.is_empty().then(|| node.content.push(0))
    }),
    ("octet", "last bit turned", |tree, path| {
        let last = tree.at(path).content.last_mut()?;
        *last ^= 1;
        Some(())
    }),
    ("BER length", "an octet too many", |tree, path| {
        tree.at(path).form = Form::Long;
        Some(())
    }),
    ("BER indefinite", "indefinite", |tree, path| {
        let node = tree.at(path);
        node.form = Form::Indefinite;
        (node.tag & 0x20 != 0).then_some(())
    }),
];

/// Names the field in which a path of a tree ends.
pub(crate) type Place = fn(&Node, &[usize]) -> &'static str;

/// Every change of every element of the signed part: class, detail, result.
pub(crate) fn systematic_of(original: &Node, place: Place) -> Vec<(String, String, Node)> {
    let mut changed = Vec::new();
    for path in original.paths().into_iter().filter(|path| path.len() > 1 && path[0] == 0) {
        for (family, how, change) in CHANGES {
            let mut tree = original.clone();
            if change(&mut tree, &path).is_some() {
                let everywhere = family.starts_with("BER");
                let place = if everywhere { "anywhere" } else { place(original, &path) };
                let class = format!("{family}: {place}");
                changed.push((class, format!("{how} at {path:?}"), tree));
            }
        }
    }
    changed
}

/// Every change of every element of a holder's certificate.
pub(crate) fn systematic(purpose: Purpose) -> Vec<Draft> {
    let draft = |(class, detail, tree)| Draft { class, detail, purpose, tree };
    systematic_of(&base(purpose), place).into_iter().map(draft).collect()
}

/// The field of a certificate in which a path ends, by the field's name in RFC 5280.
pub(crate) fn place(tree: &Node, path: &[usize]) -> &'static str {
    let fields = ["version", "serialNumber", "signature", "issuer", "validity", "subject", "key"];
    match path {
        [0, 7, 0, index, ..] => extension_name(&tree.children[0].children[7].children[0].children[*index]),
        [0, 7, ..] => "extensions",
        [0, index, ..] => fields[*index],
        [1, ..] => "signatureAlgorithm",
        _ => "signatureValue",
    }
}

fn extension_name(extension: &Node) -> &'static str {
    match extension.children[0].content.as_slice() {
        [0x55, 0x1d, 14] => "subjectKeyIdentifier",
        [0x55, 0x1d, 15] => "keyUsage",
        [0x55, 0x1d, 17] => "subjectAltName",
        [0x55, 0x1d, 18] => "issuerAltName",
        [0x55, 0x1d, 19] => "basicConstraints",
        [0x55, 0x1d, 31] => "cRLDistributionPoints",
        [0x55, 0x1d, 32] => "certificatePolicies",
        [0x55, 0x1d, 35] => "authorityKeyIdentifier",
        [0x55, 0x1d, 37] => "extKeyUsage",
        _ => "authorityInfoAccess",
    }
}

/// One octet of the whole certificate replaced, the signature left as it was.
pub(crate) fn unsigned_octets(purpose: Purpose, count: usize) -> Vec<Case> {
    let original = base(purpose).encode();
    let mut lot = Lot::new(0x0005_eed0_0001);
    let case = |_| {
        let mut certificate = original.clone();
        let place = lot.below(certificate.len());
        certificate[place] ^= u8::try_from(1 + lot.below(255)).unwrap();
        let (class, detail) = ("octet: anywhere, not signed anew".into(), format!("octet {place}"));
        Case { class, detail, setting: usual(purpose), certificate }
    };
    (0..count).map(case).collect()
}

/// One octet of a primitive element of the signed part replaced, and signed anew.
pub(crate) fn signed_octets(purpose: Purpose, count: usize) -> Vec<Draft> {
    let original = base(purpose);
    let mut lot = Lot::new(0x0005_eed0_0002);
    let paths = original.paths();
    let full = |path: &&Vec<usize>| path[0] == 0 && !original.clone().at(path).content.is_empty();
    let leaves: Vec<_> = paths.iter().filter(full).collect();
    let draft = |_| {
        let path = leaves[lot.below(leaves.len())];
        let mut tree = original.clone();
        let content = &mut tree.at(path).content;
        let index = lot.below(content.len());
        content[index] ^= u8::try_from(1 + lot.below(255)).unwrap();
        let class = format!("octet: {}", place(&original, path));
        Draft { class, detail: format!("octet {index} at {path:?}"), purpose, tree }
    };
    (0..count).map(draft).collect()
}
