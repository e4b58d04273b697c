//! The canonical form (RFC 8785).

use super::{Object, Value};
use core::fmt::Write as _;

/// The canonical UTF-8 bytes of `value` (RFC 8785 §3.2). Every value has exactly one form.
pub fn to_canonical(value: &Value) -> Vec<u8> {
    to_canonical_string(value).into_bytes()
}

/// As [`to_canonical`], as text.
pub fn to_canonical_string(value: &Value) -> String {
    let mut out = String::new();
    write_value(&mut out, value);
    out
}

fn write_value(out: &mut String, value: &Value) {
    match value {
        Value::Boolean(true) => out.push_str("true"),
        Value::Boolean(false) => out.push_str("false"),
        Value::Integer(number) => write_display(out, number.get()),
        Value::String(text) => write_string(out, text),
        Value::Array(elements) => write_array(out, elements),
        Value::Object(object) => write_object(out, object),
    }
}

fn write_array(out: &mut String, elements: &[Value]) {
    out.push('[');
    for (index, element) in elements.iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        write_value(out, element);
    }
    out.push(']');
}

fn write_object(out: &mut String, object: &Object) {
    out.push('{');
    for (index, (key, value)) in object.iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        write_string(out, key);
        out.push(':');
        write_value(out, value);
    }
    out.push('}');
}

/// RFC 8785 §3.2.2.2: the seven short escapes, `\u00xx` in lower case for the other controls, all else as it is.
fn write_string(out: &mut String, text: &str) {
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\u{8}' => out.push_str("\\b"),
            '\t' => out.push_str("\\t"),
            '\n' => out.push_str("\\n"),
            '\u{c}' => out.push_str("\\f"),
            '\r' => out.push_str("\\r"),
            control @ '\0'..='\u{1f}' => write_control(out, control),
            other => out.push(other),
        }
    }
    out.push('"');
}

fn write_control(out: &mut String, control: char) {
    // Writing to a String cannot fail.
    let _ = write!(out, "\\u{:04x}", u32::from(control));
}

fn write_display(out: &mut String, number: i64) {
    let _ = write!(out, "{number}");
}
