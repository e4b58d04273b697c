//! Plain values of JavaScript, made and read member by member: a general mapping over `serde` is a tenth of the module.

use js_sys::{Array, Object, Reflect};
use wasm_bindgen::JsValue;

/// A plain object with these members.
pub(crate) fn object<'a>(members: impl IntoIterator<Item = (&'a str, JsValue)>) -> JsValue {
    let object = Object::new();
    for (name, value) in members {
        // A new object takes every member.
        let _ = Reflect::set(&object, &name.into(), &value);
    }
    object.into()
}

/// An array of these items.
pub(crate) fn array(items: impl IntoIterator<Item = JsValue>) -> JsValue {
    let array = Array::new();
    for item in items {
        array.push(&item);
    }
    array.into()
}

/// A member of an object; none if it is `undefined` or `null`, or if this is no object.
pub(crate) fn member(of: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(of, &name.into()).ok().filter(|value| !value.is_undefined() && !value.is_null())
}

/// A member that is a string.
pub(crate) fn text(of: &JsValue, name: &str) -> Option<String> {
    member(of, name)?.as_string()
}
