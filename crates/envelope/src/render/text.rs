//! The page as lines of text.

use super::escape::visible;
use super::page::{Block, CheckRow, Page, Row, Section, Value};
use super::words::Words;

pub(super) fn render(page: &Page, words: &Words) -> String {
    let lines = Lines { words };
    let mut out = vec![lines.pair(0, words.verdict, page.verdict)];
    out.push(lines.at(1, page.meaning));
    page.rows.iter().for_each(|row| lines.row(0, row, &mut out));
    for section in &page.sections {
        lines.section(section, &mut out);
    }
    out.join("\n")
}

/// How one language sets lines.
struct Lines<'a> {
    words: &'a Words,
}

impl Lines<'_> {
    fn at(&self, depth: usize, text: &str) -> String {
        format!("{}{text}", self.words.indent.repeat(depth))
    }

    fn pair(&self, depth: usize, label: &str, value: &str) -> String {
        self.at(depth, &format!("{label}{}{value}", self.words.colon))
    }

    fn section(&self, section: &Section, out: &mut Vec<String>) {
        out.extend([String::new(), section.heading.clone()]);
        for block in &section.blocks {
            match block {
                Block::Warning(words) | Block::Heading(words) => out.push(self.at(1, words)),
                Block::Rows(rows) => rows.iter().for_each(|row| self.row(2, row, out)),
                Block::Checks(checks) => checks.iter().for_each(|check| self.check(check, out)),
                Block::List(values) => {
                    values.iter().for_each(|value| out.push(self.at(2, &self.value(2, value))));
                }
            }
        }
    }

    fn row(&self, depth: usize, row: &Row, out: &mut Vec<String>) {
        out.push(self.pair(depth, &visible(&row.label), &self.value(depth, &row.value)));
        out.extend(row.notes.iter().map(|note| self.at(depth + 1, &visible(note))));
    }

    /// Further lines of a value stand further in than its label, where no label of the report does.
    fn value(&self, depth: usize, value: &Value) -> String {
        match value {
            Value::Line(text) => visible(text),
            Value::Lines(text) => {
                let lines: Vec<String> = text.split('\n').map(visible).collect();
                lines.join(&format!("\n{}", self.words.indent.repeat(depth + 2)))
            }
            Value::Marked(characters) => {
                visible(&characters.iter().map(|(character, _)| *character).collect::<String>())
            }
        }
    }

    fn check(&self, check: &CheckRow, out: &mut Vec<String>) {
        out.push(self.pair(1, check.outcome, check.title));
        out.extend(check.reasons.iter().map(|reason| self.at(2, &visible(reason))));
        let facts = check.facts.iter().map(|(label, value)| self.pair(3, label, &visible(value)));
        out.extend(facts);
    }
}
