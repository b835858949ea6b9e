//! `www/poolpass/errors.js`: the texts of errors for the npm package, made of the kit's own table.

use std::fmt::Write;
use std::path::Path;

use poolpass::error::texts::{MESSAGES, SUGGESTIONS};

const FILE: &str = "www/poolpass/errors.js";
const COMMAND: &str = "UPDATE_EXPECT=1 cargo test --test native errors_js";

fn written() -> String {
    let quoted = |text: &str| serde_json::to_string(text).unwrap();
    let mut js = format!(
        "// The texts of errors. Made from src/error/texts.rs by `{COMMAND}`.\n\
         \n\
         /** By code and number. `{{}}` stands for the detail. */\n\
         export const MESSAGES = {{\n  __proto__: null,\n"
    );
    // The rows of a code stand together and continue each other.
    for rows in MESSAGES.chunk_by(|one, next| one.0 == next.0) {
        writeln!(js, "  {}: [", rows[0].0).unwrap();
        for text in rows.iter().flat_map(|(_, texts)| *texts) {
            writeln!(js, "    {},", quoted(text)).unwrap();
        }
        js.push_str("  ],\n");
    }
    js.push_str("};\n\n/** By code, or by code and reason, name or detail. */\nexport const SUGGESTIONS = {\n  __proto__: null,\n");
    for (code, word, text) in SUGGESTIONS {
        match *word {
            "" => writeln!(js, "  {code}: {},", quoted(text)).unwrap(),
            word => writeln!(js, "  '{code}.{word}': {},", quoted(text)).unwrap(),
        }
    }
    js.push_str("};\n");
    js
}

#[test]
fn errors_js_has_the_texts_of_the_table() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(FILE);
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(&path, written()).unwrap();
    }
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(found == written(), "{FILE} is out of date: run {COMMAND}");
}

/// `explain.js` finds the messages of a code in one list, so its rows must not be apart.
#[test]
fn the_rows_of_a_code_stand_together() {
    let mut codes: Vec<&str> = MESSAGES.iter().map(|(code, _)| *code).collect();
    codes.dedup();
    assert!(codes.is_sorted() && codes.windows(2).all(|pair| pair[0] != pair[1]), "{codes:?}");
}
