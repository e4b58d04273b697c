//! Signatures beside files: other files, other names, other digests.

use crate::attack::{Attack, Control, Expected, Invalid, Unusable, rows};
use crate::cms::Cms;
use crate::jws::{Jws, base64url, header};
use crate::scene::{scene, sha256};

type Beside = &'static [(&'static str, &'static [u8])];
/// A name, the files beside the signature, and what has to be said.
type Row = (&'static str, Beside, Expected);
/// A name, the member `sigD` of the header out of the good one, and what has to be said.
type Reference = (&'static str, fn(&str) -> String, Expected);

const NOTE: &[u8] = b"a note\n";
const A: &[u8] = b"first";
const B: &[u8] = b"second";

/// Beside `note.txt.p7s`.
const CADES: &[Row] = rows! {
    "as it should be": &[("note.txt", NOTE)] => Control(4);
    "a file changed": &[("note.txt", b"a vote\n")] => Invalid("signature/file:note.txt");
    "a file grown": &[("note.txt", b"a note\n\n")] => Invalid("signature/file:note.txt");
    "a file cut short": &[("note.txt", b"a note")] => Invalid("signature/file:note.txt");
    "a file with other line ends": &[("note.txt", b"a note\r\n")] => Invalid("signature/file:note.txt");
    "a file with a byte order mark": &[("note.txt", b"\xef\xbb\xbfa note\n")] => Invalid("signature/file:note.txt");
    "an empty file": &[("note.txt", b"")] => Invalid("signature/file:note.txt");
    "no file": &[] => Unusable("file-missing");
    "a file of another case": &[("Note.txt", NOTE)] => Unusable("file-missing");
    "a file of another ending": &[("note.txt.p7m", NOTE)] => Unusable("file-missing");
    "a file with a space behind its name": &[("note.txt ", NOTE)] => Unusable("file-missing");
};

/// Beside `files.jws`, which names `a.txt` and `b.txt`.
const JADES: &[Row] = rows! {
    "as it should be": &[("a.txt", A), ("b.txt", B)] => Control(4);
    "a file changed": &[("a.txt", A), ("b.txt", b"sekond")] => Invalid("signature/file:b.txt");
    "both files changed": &[("a.txt", B), ("b.txt", B)] => Invalid("signature/file:a.txt");
    "two files swapped": &[("a.txt", B), ("b.txt", A)] => Invalid("signature/file:a.txt signature/file:b.txt");
    "a file in base64url": &[("a.txt", b"Zmlyc3Q"), ("b.txt", B)] => Invalid("signature/file:a.txt");
    "a file missing": &[("a.txt", A)] => Unusable("file-missing");
    "a file of another case": &[("a.txt", A), ("B.TXT", B)] => Unusable("file-missing");
    "a file of a name with letters of full width": &[("a.txt", A), ("ｂ.txt", B)] => Unusable("file-missing");
    "no files": &[] => Unusable("file-missing");
};

const REFERENCES: &[Reference] = rows! {
    "digests by SHA-512": |d| d.replace("S256", "S512") => Unusable("not-canonical-json");
    "digests by SHA-1": |d| d.replace("S256", "S1") => Unusable("not-canonical-json");
    "digests of another mechanism": |d| d.replace("ObjectIdByURIHash", "ObjectIdByURI") => Unusable("not-canonical-json");
    "headers of HTTP": |d| d.replace("ObjectIdByURIHash", "HttpHeaders") => Unusable("not-canonical-json");
    "no mechanism": |d| d.replace("\"mId\":\"http://uri.etsi.org/19182/ObjectIdByURIHash\",", "") => Unusable("not-canonical-json");
    "the names in another order": |d| d.replace("\"a.txt\",\"b.txt\"", "\"b.txt\",\"a.txt\"") => Invalid("signature/file:b.txt signature/file:a.txt");
    "one name twice": |d| d.replace("b.txt", "a.txt") => Unusable("file-named-twice");
    "a name more than digests": |d| d.replace("\"b.txt\"", "\"b.txt\",\"c.txt\"") => Unusable("number-of-files");
    "no names": |d| d.replace("\"a.txt\",\"b.txt\"", "") => Unusable("number-of-files");
    "no files": |_| r#"{"hashM":"S256","hashV":[],"mId":"http://uri.etsi.org/19182/ObjectIdByURIHash","pars":[]}"#.to_owned() => Unusable("number-of-files");
    "digests of the files and not of their base64url": |_| sig_d(&sha256(A), &sha256(B)) => Invalid("signature/file:a.txt signature/file:b.txt");
    "a digest cut short": |_| sig_d(&of(A)[..31], &of(B)) => Unusable("certificate-digest");
    "a digest that is no text": |d| d.replace(&base64url(&of(A)), "").replace("[\"\"", "[1") => Unusable("missing-parameter");
    "types of content, too": |d| d.replace("\"hashM\"", "\"ctys\":[],\"hashM\"") => Unusable("not-canonical-json");
    "a folder above": |d| named(d, "..%2Fa.txt") => Unusable("file-name");
    "a folder above without encoding": |d| named(d, "../a.txt") => Unusable("file-name");
    "a folder below": |d| named(d, "folder/a.txt") => Unusable("file-name");
    "an absolute path": |d| named(d, "/etc/passwd") => Unusable("file-name");
    "a path of Windows": |d| named(d, "C:%5Ca.txt") => Unusable("file-name");
    "a backslash": |d| named(d, "folder%5Ca.txt") => Unusable("file-name");
    "an address": |d| named(d, "https://attacker.example/a.txt") => Unusable("file-name");
    "an address of a file": |d| named(d, "file:///etc/passwd") => Unusable("file-name");
    "this folder": |d| named(d, ".") => Unusable("file-name");
    "the folder above": |d| named(d, "..") => Unusable("file-name");
    "an empty name": |d| named(d, "") => Unusable("file-name");
    "a zero in a name": |d| named(d, "a.txt%00.pdf") => Unusable("file-name");
    "a line feed in a name": |d| named(d, "a.txt%0A") => Unusable("file-name");
    "a name that reads from right to left": |d| named(d, "a%E2%80%AEtxt.exe") => Unusable("file-name");
    "a name of 256 octets": |d| named(d, &"a".repeat(256)) => Unusable("file-name");
    "half an escape": |d| named(d, "a%2") => Unusable("file-reference");
    "an escape of no digits": |d| named(d, "a%zz") => Unusable("file-reference");
    "an escape in small letters": |d| named(d, "a%e3%81%82") => Unusable("file-reference");
    "an escape of what is no UTF-8": |d| named(d, "a%FF") => Unusable("file-reference");
    "an overlong escape of a slash": |d| named(d, "..%C0%AFa.txt") => Unusable("file-reference");
    "a letter escaped that stands for itself": |d| named(d, "%61.txt") => Unusable("not-canonical-json");
    "a space that is not escaped": |d| named(d, "a b.txt") => Unusable("not-canonical-json");
    "a name that is no text": |d| d.replace("\"a.txt\"", "1") => Unusable("file-reference");
    "the signature itself": |d| named(d, "files.jws") => Invalid("signature/file:files.jws");
};

/// The rest of a header of files, out of the good one.
const HEADERS: &[Reference] = rows! {
    "no crit": |h| h.replace("\"crit\":[\"sigD\"],", "") => Unusable("not-canonical-json");
    "crit of nothing": |h| h.replace("[\"sigD\"]", "[]") => Unusable("not-canonical-json");
    "crit of more": |h| h.replace("[\"sigD\"]", "[\"sigD\",\"b64\"]") => Unusable("not-canonical-json");
    "crit of sigD twice": |h| h.replace("[\"sigD\"]", "[\"sigD\",\"sigD\"]") => Unusable("not-canonical-json");
    "typ of an application": |h| h.replace("shomei-files+jose", "shomei-application+jose") => Unusable("content-type");
    "alg none": |h| h.replace("RS256", "none") => Unusable("alg-none");
    "b64 false": |h| h.replace("\"crit\"", "\"b64\":false,\"crit\"") => Unusable("b64");
    "no sigD": |h| h.replace("sigD\":", "sigT\":") => Unusable("unknown-parameter");
    "sigD twice": |h| h.replace("\"sigD\":", "\"sigD\":{},\"sigD\":") => Unusable("json-duplicate-key");
};

pub(crate) fn attacks() -> Vec<Attack> {
    let cades = Cms::beside(NOTE).encode();
    let jades = beside(&files_header(&sig_d(&of(A), &of(B)))).into_bytes();
    let all = [("a.txt", A), ("b.txt", B)];
    let cades = CADES.iter().map(|(name, files, expected)| {
        Attack::new(format!("file in CMS: {name}"), "note.txt.p7s", cades.clone(), *expected).beside(files)
    });
    let jades = JADES.iter().map(|(name, files, expected)| {
        Attack::new(format!("file in JWS: {name}"), "files.jws", jades.clone(), *expected).beside(files)
    });
    let signed = |name: String, header: &str, expected| {
        Attack::new(name, "files.jws", beside(header).into_bytes(), expected).beside(&all)
    };
    let good = sig_d(&of(A), &of(B));
    let references = REFERENCES.iter().map(|(name, change, expected)| {
        signed(format!("sigD: {name}"), &files_header(&change(&good)), *expected)
    });
    let headers = HEADERS.iter().map(|(name, change, expected)| {
        signed(format!("header of files: {name}"), &change(&files_header(&good)), *expected)
    });
    cades.chain(jades).chain(references).chain(headers).collect()
}

/// The digest that JAdES has of a file: of its base64url.
fn of(file: &[u8]) -> Vec<u8> {
    sha256(base64url(file).as_bytes())
}

fn sig_d(first: &[u8], second: &[u8]) -> String {
    let (first, second) = (base64url(first), base64url(second));
    format!(
        r#"{{"hashM":"S256","hashV":["{first}","{second}"],"mId":"http://uri.etsi.org/19182/ObjectIdByURIHash","pars":["a.txt","b.txt"]}}"#
    )
}

fn named(good: &str, name: &str) -> String {
    good.replace("\"a.txt\"", &format!("\"{name}\""))
}

fn files_header(sig_d: &str) -> String {
    let more = format!(r#","sigD":{sig_d},"typ":"shomei-files+jose""#);
    let header = header(scene().holder()).replace(r#","typ":"shomei-application+jose""#, &more);
    header.replacen(",\"iat\"", ",\"crit\":[\"sigD\"],\"iat\"", 1)
}

/// Header, nothing and signature.
pub(crate) fn beside(header: &str) -> String {
    Jws { payload: Vec::new(), ..Jws::headed(header) }.compact()
}
