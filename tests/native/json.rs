//! Our JSON against serde_json.

use poolpass::json::{Value, Writer};
use proptest::prelude::*;

fn any_json() -> impl Strategy<Value = serde_json::Value> {
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(Into::into),
        any::<i64>().prop_map(Into::into),
        any::<f64>().prop_map(Into::into),
        any::<String>().prop_map(Into::into),
        "[ -~\\x00-\\x1f\"\\\\\u{80}-\u{10ffff}]{0,12}".prop_map(Into::into),
    ];
    leaf.prop_recursive(5, 40, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Into::into),
            prop::collection::hash_map(any::<String>(), inner, 0..6)
                .prop_map(|members| serde_json::Value::Object(members.into_iter().collect())),
        ]
    })
}

/// Texts that are nearly JSON: pieces of it in any order.
fn nearly_json() -> impl Strategy<Value = String> {
    let pieces = [
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"",
        "\"a\"",
        "\\",
        "\\u",
        "d83d",
        "\\ude00",
        "0",
        "1",
        "-",
        ".",
        "e",
        "E+",
        "null",
        "true",
        "false",
        " ",
        "\n",
        "\u{7f}",
        "é",
        "\0",
        "\u{1f600}",
    ];
    prop::collection::vec(prop::sample::select(pieces.to_vec()), 0..14).prop_map(|pieces| pieces.concat())
}

fn agree(text: &str) -> Result<(), TestCaseError> {
    let theirs = serde_json::from_str::<serde_json::Value>(text);
    let ours = Value::parse(text);
    match (&ours, theirs) {
        (Some(ours), Ok(theirs)) => {
            let written = ours.to_json();
            // Numbers are kept as written; serde_json rounds them to a double. Compare what it makes of ours.
            prop_assert_eq!(serde_json::from_str::<serde_json::Value>(written.expose_secret()).unwrap(), theirs);
        }
        // A number beyond a double is JSON all the same.
        (Some(_), Err(error)) => prop_assert!(error.to_string().contains("number out of range"), "{} {}", text, error),
        (None, Ok(_)) => prop_assert!(false, "refused: {}", text),
        (None, Err(_)) => {}
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn reads_what_serde_json_writes(json in any_json()) {
        agree(&json.to_string())?;
        agree(&serde_json::to_string_pretty(&json).unwrap())?;
    }

    #[test]
    fn agrees_with_serde_json_on_nearly_json(text in nearly_json()) {
        agree(&text)?;
    }

    #[test]
    fn never_panics(text in any::<String>()) {
        agree(&text)?;
    }

    #[test]
    fn integers_agree(integer in any::<i64>()) {
        let mut writer = Writer::object();
        writer.integer("i", integer);
        let json = writer.finish();
        let theirs: serde_json::Value = serde_json::from_str(json.expose_secret()).unwrap();
        prop_assert_eq!(theirs["i"].as_i64(), Some(integer));
        prop_assert_eq!(Value::parse(json.expose_secret()).unwrap().integer("i"), Some(integer));
    }
}

proptest! {
    #[test]
    fn writes_what_serde_json_reads(key in any::<String>(), text in any::<String>(), pairs in prop::collection::vec(any::<(String, String)>(), 0..4)) {
        let mut writer = Writer::object();
        writer.str("text", &text);
        writer.string_map_if_any("map", &pairs);
        let values: Vec<_> = pairs.iter().map(|(name, value)| (name.clone(), Value::from(value.as_str()))).collect();
        writer.attributes("list", &values);
        writer.open(&["k", &key].concat());
        writer.bool("yes", true);
        writer.close();
        let json = writer.finish();
        let theirs: serde_json::Value = serde_json::from_str(json.expose_secret()).unwrap();
        prop_assert_eq!(theirs["text"].as_str(), Some(text.as_str()));
        for (name, value) in &pairs {
            let last = pairs.iter().rev().find(|(other, _)| other == name).map(|(_, value)| value.as_str());
            prop_assert_eq!(theirs["map"][name].as_str(), last);
            let listed = theirs["list"].as_array().unwrap().iter().any(|entry| entry["Name"] == *name && entry["Value"] == *value);
            prop_assert!(listed);
        }
        prop_assert_eq!(theirs["map"].is_null(), pairs.is_empty());
        prop_assert_eq!(theirs[["k", &key].concat()]["yes"].as_bool(), Some(true));
    }
}

#[test]
fn strings_survive() {
    let text = "quote\" back\\slash \u{8}\u{c}\n\r\t\u{0}\u{1f}\u{7f} é \u{1f600} \u{2028}";
    let mut writer = Writer::object();
    writer.str("s", text);
    let json = writer.finish();
    assert_eq!(serde_json::from_str::<serde_json::Value>(json.expose_secret()).unwrap()["s"], text);
    assert_eq!(Value::parse(json.expose_secret()).unwrap().str("s"), Some(text));
    assert_eq!(Value::parse(r#""\ud83d\ude00\u0041\/""#).unwrap().as_str(), Some("\u{1f600}A/"));
}
