//! Documents that are none, or are not the one expected, signed as they are by the rightful holder.

use crate::attack::{Attack, Expected, Invalid, rows};
use crate::cms::Cms;
use crate::jws::Jws;
use crate::scene::scene;
use shomei_application::Container;

/// A name, the document out of the good one, and what has to be said.
type Row = (&'static str, fn(&str) -> String, Expected);

const NOT: Expected = Invalid("binding/not-an-application");

const ROWS: &[Row] = rows! {
    "a line feed behind": |d| format!("{d}\n") => NOT;
    "a space before": |d| format!(" {d}") => NOT;
    "a byte order mark before": |d| format!("\u{feff}{d}") => NOT;
    "a space between": |d| d.replacen(",", ", ", 1) => NOT;
    "another order of members": reordered => NOT;
    "a member twice": |d| d.replacen("{\"attach", "{\"schema\":\"x\",\"attach", 1) => NOT;
    "a letter escaped": |d| d.replacen("mail", "m\\u0061il", 1) => NOT;
    "a slash escaped": |d| d.replacen("https://", "https:\\/\\/", 1) => NOT;
    "half a surrogate pair": |d| d.replacen("mail", "\\ud800", 1) => NOT;
    "a number for a text": |d| d.replacen("\"mail\"", "1", 1) => NOT;
    "null": |d| d.replacen("\"mail\"", "null", 1) => NOT;
    "a number with a fraction": |d| d.replacen("\"mail\"", "1.0", 1) => NOT;
    "an unknown member": |d| d.replacen("\"schema\"", "\"extra\":1,\"schema\"", 1) => NOT;
    "an unknown schema": |d| d.replacen("shomei-application/1", "shomei-application/2", 1) => NOT;
    "no schema": |d| d.replacen("\"schema\":\"shomei-application/1\"", "\"x\":1", 1) => NOT;
    "an unknown container": |d| d.replacen("\"container\":\"", "\"container\":\"x", 1) => NOT;
    "an origin over http": |d| d.replacen("https://shinsei", "http://shinsei", 1) => NOT;
    "an origin with a path": |d| d.replacen("lg.jp\"", "lg.jp/\"", 1) => NOT;
    "an origin in capitals": |d| d.replacen("shinsei.city", "SHINSEI.city", 1) => NOT;
    "an origin with its port": |d| d.replacen("lg.jp\"", "lg.jp:443\"", 1) => NOT;
    "an origin with a user": |d| d.replacen("https://", "https://a@", 1) => NOT;
    "objects of PDF": |d| d.replacen("mail", "<</Type/Catalog>>", 1) => NOT;
    "the beginning of a dictionary of PDF": |d| d.replacen("mail", "<<", 1) => NOT;
    "the end of a dictionary of PDF": |d| d.replacen("mail", ">>", 1) => NOT;
    "a control that turns text around": |d| d.replacen("mail", "ma\u{202e}il", 1) => NOT;
    "an invisible character": |d| d.replacen("mail", "ma\u{200b}il", 1) => NOT;
    "an invisible character in a label": |d| d.replacen("受取方法", "受取\u{3164}方法", 1) => NOT;
    "a noncharacter": |d| d.replacen("mail", "\u{ffff}", 1) => NOT;
    "Hebrew": |d| d.replacen("mail", "\u{5d0}", 1) => NOT;
    "a challenge too short": |d| d.replacen("BwcHBwcH", "BwcHBwc", 1) => NOT;
    "a challenge that ends before it begins": |d| ended(d) => NOT;
    "a digest of the procedure in capitals": |d| d.replacen("5f5f", "5F5F", 1) => NOT;
    "nine arrays deep": |d| d.replacen("\"mail\"", &format!("{}{}", "[".repeat(9), "]".repeat(9)), 1) => NOT;
    "an empty object": |_| "{}".to_owned() => NOT;
    "a text": |_| "\"shomei-application/1\"".to_owned() => NOT;
    "a PDF": |_| "%PDF-1.7\n".to_owned() => NOT;
    "an XML document": |_| "<DataRoot/>".to_owned() => NOT;
    "another document with a good one inside": |d| format!("{{\"document\":{d}}}") => NOT;
    "two documents": |d| d.repeat(2) => NOT;
    "another city's site": |d| d.replacen("mihon.lg", "tonari.lg", 1) => Invalid("binding/expectation:origin");
    "a site of nearly the same name": |d| d.replacen("shinsei", "shinse1", 1) => Invalid("binding/expectation:origin");
    "a site below the expected one": |d| d.replacen("https://", "https://www.", 1) => Invalid("binding/expectation:origin");
    "another port": |d| d.replacen("lg.jp\"", "lg.jp:8443\"", 1) => Invalid("binding/expectation:origin");
    "another recipient": |d| d.replacen("129992", "129984", 1) => Invalid("binding/expectation:recipientId");
    "another procedure": |d| d.replacen("juminhyo-utsushi", "inkan-toroku", 1) => Invalid("binding/expectation:procedure");
    "another version of the procedure": |d| d.replacen("\"version\":\"1\"", "\"version\":\"2\"", 1) => Invalid("binding/expectation:procedure");
    "another definition of the procedure": |d| d.replacen("5f5f", "5f5e", 1) => Invalid("binding/expectation:procedure");
    "another challenge": |d| d.replacen("BwcHBwcH", "BwcHBwcI", 1) => Invalid("binding/expectation:challenge");
};

pub(crate) fn attacks() -> Vec<Attack> {
    let text = |container| String::from_utf8(scene().document(container)).unwrap();
    let (cades, jades) = (text(Container::Cades), text(Container::Jades));
    let both = ROWS.iter().flat_map(|(name, change, expected)| {
        let cms = Cms::around(change(&cades).as_bytes()).encode();
        let jws = Jws::by(scene().holder(), change(&jades).as_bytes()).compact().into_bytes();
        [
            Attack::new(format!("document in CMS: {name}"), "a.p7m", cms, *expected),
            Attack::new(format!("document in JWS: {name}"), "a.jws", jws, *expected),
        ]
    });
    both.collect()
}

/// The first member as the last one.
fn reordered(document: &str) -> String {
    let others = document.replacen("\"attachments\":[],", "", 1);
    format!("{},\"attachments\":[]}}", others.strip_suffix('}').unwrap())
}

/// The beginning of the challenge in place of its end.
fn ended(document: &str) -> String {
    let created = scene().now.to_string();
    let start = document.find("\"expiresAt\":\"").unwrap() + "\"expiresAt\":\"".len();
    let earlier = created.replacen("20", "19", 1);
    format!("{}{earlier}{}", &document[..start], &document[start + created.len()..])
}
