//! Text from outside, made harmless for the form that it goes into.

use std::fmt::Write as _;

/// The text with every character written out as `\u{…}` that is not seen, moves a cursor or reorders its neighbours.
/// What stands on a screen can then not pass for something else, and a terminal obeys none of it.
pub fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        // Writing to a String does not fail.
        let _ = match is_unseen(character) {
            true => write!(shown, "\\u{{{:04x}}}", u32::from(character)),
            false => write!(shown, "{character}"),
        };
    }
    shown
}

/// [`visible`], and the characters of markup as entities: safe in the text of an element and in a quoted attribute.
pub(super) fn markup(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in visible(text).chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

/// Controls, soft hyphens, zero widths, bidirectional controls (Unicode UAX #9), separators of lines and tags. Not the
/// variation selectors that names need.
fn is_unseen(character: char) -> bool {
    let ranges = [
        '\u{ad}'..='\u{ad}',
        '\u{61c}'..='\u{61c}',
        '\u{180e}'..='\u{180e}',
        '\u{200b}'..='\u{200f}',
        '\u{2028}'..='\u{202e}',
        '\u{2060}'..='\u{206f}',
        '\u{feff}'..='\u{feff}',
        '\u{fff9}'..='\u{fffb}',
        '\u{e0000}'..='\u{e00ff}',
    ];
    character.is_control() || ranges.iter().any(|range| range.contains(&character))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_seen_is_written_out_and_markup_is_text() {
        for (text, shown, escaped) in [
            ("氏名", "氏名", "氏名"),
            ("a\u{1b}[2Jb", "a\\u{001b}[2Jb", "a\\u{001b}[2Jb"),
            ("a\u{202e}b", "a\\u{202e}b", "a\\u{202e}b"),
            ("a\nb", "a\\u{000a}b", "a\\u{000a}b"),
            ("葛\u{e0100}", "葛\u{e0100}", "葛\u{e0100}"),
            ("<b a='1'>&\"", "<b a='1'>&\"", "&lt;b a=&#39;1&#39;&gt;&amp;&quot;"),
        ] {
            assert_eq!(visible(text), shown);
            assert_eq!(markup(text), escaped);
        }
    }
}
