//! Building JSON values.

use poolpass::json::Value;

/// An object of these members. Members without a value are left out.
pub(crate) fn object<const N: usize>(members: [(&str, Option<Value>); N]) -> Value {
    let present = members.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
    Value::Object(present.collect())
}

/// A string.
pub(crate) fn string(text: &str) -> Option<Value> {
    Some(Value::from(text))
}

/// A list of strings; `None` if it is empty.
pub(crate) fn strings(texts: &[String]) -> Option<Value> {
    let elements: Vec<Value> = texts.iter().map(|text| Value::from(text.as_str())).collect();
    (!elements.is_empty()).then_some(Value::Array(elements))
}
