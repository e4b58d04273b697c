//! Documents that a generator makes, in canonical form by ours and by libxml2.

use super::canonical::whole;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

const DOCUMENTS: u64 = 5_000;

/// Numbers that are the same in every run (xorshift64*).
struct Numbers(u64);

impl Numbers {
    fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        usize::try_from(self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33).unwrap() % end
    }

    fn one_of<'a>(&mut self, these: &[&'a str]) -> &'a str {
        these[self.below(these.len())]
    }
}

const NAMES: [&str; 12] =
    ["a", "b", "A", "a-1", "_", "構成情報", "氏名", "ﾌﾘｶﾞﾅ", "é", "e\u{301}", "𠮷", "𠮷野家"];
const PREFIXES: [&str; 5] = ["", "p", "q", "接頭", "P"];
/// None has an ampersand: libxml2 writes it into the declaration unescaped, which then is no XML.
const NAMESPACES: [&str; 6] = [
    "urn:b",
    "urn:a",
    "http://b.example/%E4%BE%8B",
    "urn:x?a=b",
    "http://www.w3.org/2000/09/xmldsig#",
    "urn:B",
];
const TEXTS: [&str; 24] = [
    "山田　太郎",
    "𠮷",
    " ",
    "  ",
    "\n",
    "\r\n",
    "\r",
    "\t",
    "&#xD;",
    "&#13;&#10;",
    "&#xA;",
    "&#9;",
    "&amp;",
    "&lt;",
    "&gt;",
    ">",
    "\"",
    "'",
    "&quot;",
    "&apos;",
    "]]&gt;",
    "&#x20000;",
    "&#x85;",
    "\u{85}\u{2028}",
];
const CDATA: [&str; 6] = [
    "<![CDATA[<>&\"']]>",
    "<![CDATA[]]>",
    "<![CDATA[]]]]>",
    "<![CDATA[\n\t]]>",
    "<![CDATA[𠮷&amp;]]>",
    "<![CDATA[ ]]>",
];
const INSTRUCTIONS: [&str; 4] = ["<?p?>", "<?p  d  ?>", "<?p a=\"<>&amp;\"?>", "<?目的 値?>"];

type Scope = BTreeMap<&'static str, &'static str>;

/// An element with everything that the profile's reader lets in. `scope` is the namespaces that are declared around it.
fn element(numbers: &mut Numbers, depth: usize, scope: &Scope, out: &mut String) {
    let mut scope = scope.clone();
    let mut attributes = declarations(numbers, &mut scope);
    let bound: Vec<&str> =
        scope.iter().filter(|(_, uri)| !uri.is_empty()).map(|(prefix, _)| *prefix).collect();
    let prefix = if bound.is_empty() || numbers.below(2) == 0 { "" } else { numbers.one_of(&bound) };
    let name = qualified(prefix, numbers.one_of(&NAMES));
    let mut used = Vec::new();
    for _ in 0..numbers.below(4) {
        let prefix = if bound.is_empty() || numbers.below(2) == 0 { "" } else { numbers.one_of(&bound) };
        let local = numbers.one_of(&NAMES);
        let expanded = (if prefix.is_empty() { "" } else { scope[prefix] }, local);
        if !used.contains(&expanded) {
            used.push(expanded);
            attributes.push(format!("{}={}", qualified(prefix, local), quoted(numbers)));
        }
    }
    if numbers.below(8) == 0 {
        attributes.push(format!("xml:{}={}", numbers.one_of(&["lang", "space", "b"]), quoted(numbers)));
    }
    write!(out, "<{name}").unwrap();
    while !attributes.is_empty() {
        let attribute = attributes.swap_remove(numbers.below(attributes.len()));
        write!(out, "{}{attribute}", numbers.one_of(&[" ", "\n", "\r\n ", "\t"])).unwrap();
    }
    if depth == 0 && numbers.below(2) == 0 {
        out.push_str("/>");
        return;
    }
    out.push('>');
    for _ in 0..numbers.below(6) {
        match numbers.below(8) {
            0..3 if depth > 0 => element(numbers, depth - 1, &scope, out),
            3 => out.push_str(numbers.one_of(&CDATA)),
            4 => out.push_str(numbers.one_of(&INSTRUCTIONS)),
            _ => out.push_str(numbers.one_of(&TEXTS)),
        }
    }
    write!(out, "</{name}>").unwrap();
}

fn declarations(numbers: &mut Numbers, scope: &mut Scope) -> Vec<String> {
    let mut written = Vec::new();
    for prefix in PREFIXES {
        match (numbers.below(6), prefix) {
            (0, "") => {
                scope.insert("", "");
                written.push("xmlns=\"\"".to_owned());
            }
            (1, prefix) => {
                let uri = numbers.one_of(&NAMESPACES);
                scope.insert(prefix, uri);
                let colon = if prefix.is_empty() { "" } else { ":" };
                written.push(format!("xmlns{colon}{prefix}='{uri}'"));
            }
            _ => {}
        }
    }
    written
}

fn qualified(prefix: &str, local: &str) -> String {
    if prefix.is_empty() { local.to_owned() } else { format!("{prefix}:{local}") }
}

fn quoted(numbers: &mut Numbers) -> String {
    let quote = numbers.one_of(&["\"", "'"]);
    let refused = |part: &str| part == quote || part.contains(['\t', '\r', '\n']);
    let parts = (0..numbers.below(4)).map(|_| numbers.one_of(&TEXTS)).filter(|part| !refused(part));
    format!("{quote}{}{quote}", parts.collect::<String>())
}

fn document(seed: u64) -> String {
    let mut numbers = Numbers::new(seed);
    let mut out = String::new();
    out.push_str(numbers.one_of(&["", "\u{feff}"]));
    out.push_str(numbers.one_of(&[
        "",
        "<?xml version='1.0'?>",
        "<?xml version=\"1.0\" encoding=\"utf-8\" ?>\r\n",
    ]));
    out.push_str(numbers.one_of(&["", "<?p q?>\n"]));
    element(&mut numbers, 4, &Scope::new(), &mut out);
    out.push_str(numbers.one_of(&["", "\n", "\r\n<?end?>\n"]));
    out
}

/// libxml2 writes the canonical forms of several files one after the other, so that a few processes are enough. Its
/// command keeps comments, so there are none here; and no white space in them that is refused or never signed: line ends
/// in CDATA sections, instructions and attributes.
#[test]
fn libxml2_writes_the_same_canonical_form_of_thousands_of_documents() {
    let documents: Vec<String> = (1..=DOCUMENTS).map(document).collect();
    documents.iter().for_each(|text| assert!(whole(text).is_ok(), "{text}"));
    compare(&documents);
}

const FRAGMENTS: [&str; 32] = [
    "<",
    ">",
    "/",
    "\"",
    "'",
    "=",
    "&",
    ";",
    "#",
    "x",
    "-",
    " ",
    "]",
    "]]>",
    "--",
    "?",
    "!",
    "\0",
    "\u{7f}",
    "\u{fffe}",
    "\u{b7}",
    "\u{300}",
    "1",
    "&#x0;",
    "&#xFFFF;",
    "&#12;",
    "&lt",
    "<?xml?>",
    "<?XML ?>",
    "<-/>",
    " a='b'a='c'",
    "\u{feff}",
];

/// A document with something put into it, or in the place of a character. Those with namespaces are left out: of them
/// libxml2 refuses more, prefixes before what is no name and names that are no absolute URIs. None stands in a form.
fn damaged(seed: u64) -> Option<String> {
    let mut numbers = Numbers::new(seed);
    let text = document(seed);
    let place = numbers.below(text.chars().count());
    let (head, mut tail) = text.split_at(text.char_indices().nth(place)?.0);
    if numbers.below(2) == 0 {
        tail = tail.get(tail.chars().next()?.len_utf8()..)?;
    }
    let damaged = [head, numbers.one_of(&FRAGMENTS), tail].concat();
    (!text.contains("xmlns") && !text.contains("xml:")).then_some(damaged)
}

#[test]
fn of_damaged_documents_none_is_let_in_that_libxml2_refuses_or_reads_in_another_way() {
    let damaged: Vec<String> = (1..=4 * DOCUMENTS).filter_map(damaged).collect();
    let let_in: Vec<String> = damaged.iter().filter(|text| whole(text).is_ok()).cloned().collect();
    assert!(
        let_in.len() > 100 && damaged.len() - let_in.len() > 100,
        "{} of {}",
        let_in.len(),
        damaged.len()
    );
    compare(&let_in);
}

fn compare(documents: &[String]) {
    let folder = tempfile::tempdir().unwrap();
    for documents in documents.chunks(500) {
        let mut command = Command::new("xmllint");
        command.arg("--c14n").current_dir(folder.path());
        for (text, number) in documents.iter().zip(1..) {
            let name = format!("{number}.xml");
            std::fs::write(folder.path().join(&name), text).unwrap();
            command.arg(name);
        }
        let output = command.output().unwrap();
        let ours: Vec<u8> = documents.iter().flat_map(|text| whole(text).unwrap()).collect();
        if !output.status.success() || output.stdout != ours {
            explain(documents, folder.path());
        }
    }
}

/// Names the first document that differs.
fn explain(documents: &[String], folder: &Path) {
    for (document, number) in documents.iter().zip(1..) {
        let file = folder.join(format!("{number}.xml"));
        let output = Command::new("xmllint").arg("--c14n").arg(file).output().unwrap();
        let (theirs, said) =
            (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        let ours = String::from_utf8(whole(document).unwrap()).unwrap();
        assert!(output.status.success() && ours == theirs, "{document:?}\n{ours:?}\n{theirs:?}\n{said}");
    }
    panic!("they differ together and not alone");
}
