//! The page as HTML: semantic, printable, without script and without anything from elsewhere.

use super::escape::markup;
use super::page::{Block, CheckRow, Page, Row, Section, Tone, Value};
use super::words::Words;
use std::fmt::{self, Write as _};

/// Nothing may be loaded and nothing run, should something have gone wrong with escaping.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'";

pub(super) fn page(page: &Page, words: &Words) -> String {
    let (lang, title, style) = (words.lang, words.title, super::STYLE);
    let head = format!(
        "<!DOCTYPE html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n\
         <title>{title}</title>\n<style>\n{style}</style>\n</head>\n<body>\n"
    );
    let mut out = Html { words, text: head };
    // Writing to a String does not fail.
    let _ = out.header(page);
    out.text.push_str("<main>\n");
    let _ = out.article(page, None);
    out.text.push_str("</main>\n</body>\n</html>\n");
    out.text
}

pub(super) fn fragment(page: &Page, words: &Words) -> String {
    let mut out = Html { words, text: String::new() };
    let _ = out.article(page, page.banner);
    out.text
}

struct Html<'a> {
    words: &'a Words,
    text: String,
}

impl Html<'_> {
    fn header(&mut self, page: &Page) -> fmt::Result {
        writeln!(self.text, "<header class=\"shomei-report\">")?;
        self.banner(page.banner)?;
        writeln!(self.text, "<h1>{}</h1>\n</header>", self.words.title)
    }

    fn banner(&mut self, banner: Option<&str>) -> fmt::Result {
        banner.map_or(Ok(()), |banner| writeln!(self.text, "<p class=\"banner\">{banner}</p>"))
    }

    /// A page has the banner in its header; a part of another page has it here.
    fn article(&mut self, page: &Page, banner: Option<&str>) -> fmt::Result {
        let (lang, verdict) = (self.words.lang, self.words.verdict);
        writeln!(self.text, "<article class=\"shomei-report\" lang=\"{lang}\">")?;
        self.banner(banner)?;
        let (class, sign) = tone(page.tone);
        writeln!(self.text, "<h2>{verdict}</h2>")?;
        writeln!(
            self.text,
            "<p class=\"verdict {class}\"><span aria-hidden=\"true\">{sign}</span> <strong>{}</strong></p>\n<p>{}</p>",
            page.verdict, page.meaning
        )?;
        self.rows(&page.rows)?;
        page.sections.iter().try_for_each(|section| self.section(section))?;
        writeln!(self.text, "</article>")
    }

    fn section(&mut self, section: &Section) -> fmt::Result {
        writeln!(self.text, "<section>\n<h2>{}</h2>", markup(&section.heading))?;
        section.blocks.iter().try_for_each(|block| self.block(block))?;
        writeln!(self.text, "</section>")
    }

    fn block(&mut self, block: &Block) -> fmt::Result {
        match block {
            Block::Warning(words) => writeln!(self.text, "<p class=\"warning\">{words}</p>"),
            Block::Heading(words) => writeln!(self.text, "<h3>{words}</h3>"),
            Block::Rows(rows) => self.rows(rows),
            Block::Checks(checks) => self.checks(checks),
            Block::List(values) => {
                writeln!(self.text, "<ul>")?;
                for value in values {
                    writeln!(self.text, "<li>{}</li>", inline(value, self.words))?;
                }
                writeln!(self.text, "</ul>")
            }
        }
    }

    fn rows(&mut self, rows: &[Row]) -> fmt::Result {
        if rows.is_empty() {
            return Ok(());
        }
        writeln!(self.text, "<table>\n<tbody>")?;
        for Row { label, value, notes } in rows {
            let (label, value) = (markup(label), inline(value, self.words));
            write!(self.text, "<tr><th scope=\"row\">{label}</th><td>{value}")?;
            for note in notes {
                write!(self.text, "<p class=\"note\">{}</p>", markup(note))?;
            }
            writeln!(self.text, "</td></tr>")?;
        }
        writeln!(self.text, "</tbody>\n</table>")
    }

    fn checks(&mut self, checks: &[CheckRow]) -> fmt::Result {
        let Words { check, outcome, grounds, .. } = self.words;
        writeln!(
            self.text,
            "<table class=\"checks\">\n<thead><tr><th scope=\"col\">{check}</th><th scope=\"col\">{outcome}</th>\
             <th scope=\"col\">{grounds}</th></tr></thead>\n<tbody>"
        )?;
        checks.iter().try_for_each(|check| self.check(check))?;
        writeln!(self.text, "</tbody>\n</table>")
    }

    fn check(&mut self, check: &CheckRow) -> fmt::Result {
        let (class, sign) = tone(check.tone);
        write!(
            self.text,
            "<tr><th scope=\"row\">{}</th><td class=\"{class}\"><span aria-hidden=\"true\">{sign}</span> {}</td><td>",
            check.title, check.outcome
        )?;
        for reason in &check.reasons {
            write!(self.text, "<p>{}</p>", markup(reason))?;
        }
        if !check.facts.is_empty() {
            write!(self.text, "<dl>")?;
            for (label, value) in &check.facts {
                write!(self.text, "<dt>{label}</dt><dd>{}</dd>", markup(value))?;
            }
            write!(self.text, "</dl>")?;
        }
        writeln!(self.text, "</td></tr>")
    }
}

/// The class, and a sign for those who do not tell colours apart.
const fn tone(tone: Tone) -> (&'static str, &'static str) {
    match tone {
        Tone::Good => ("good", "✓"),
        Tone::Bad => ("bad", "✗"),
        Tone::Open => ("open", "？"),
    }
}

fn inline(value: &Value, words: &Words) -> String {
    match value {
        Value::Line(text) => markup(text),
        Value::Lines(text) => {
            let lines: Vec<String> = text.split('\n').map(markup).collect();
            lines.join("<br>")
        }
        Value::Marked(characters) => characters.iter().map(|one| character(*one, words)).collect(),
    }
}

fn character((character, substitute): (char, bool), words: &Words) -> String {
    let text = markup(character.encode_utf8(&mut [0; 4]));
    match substitute {
        true => format!("<mark title=\"{}\">{text}</mark>", words.substitute),
        false => text,
    }
}
