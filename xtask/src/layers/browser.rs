//! The kit does not name the browser: only the crates in `web/` and `js/` do.

use super::sources::Sources;

/// Crates that are the browser; a name that starts so counts too (`gloo_storage`).
const BROWSER: [&str; 4] = ["js_sys", "web_sys", "wasm_bindgen", "gloo"];

pub(super) fn violations(sources: &Sources) -> Vec<String> {
    let mut violations = Vec::new();
    for file in &sources.files {
        for name in BROWSER {
            for (offset, _) in file.shipped.match_indices(name) {
                let within_a_word = file.shipped[..offset].ends_with(|c: char| c.is_alphanumeric() || c == '_');
                if !within_a_word {
                    violations
                        .push(format!("{}: names {name}: reach the browser through Platform", file.place(offset)));
                }
            }
        }
    }
    violations
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_it_anywhere() {
        let found = violations(&Sources::of(&[
            ("lib.rs", "// js_sys\nmod a;"),
            ("session/record.rs", "\nuse gloo_storage::X;"),
            ("flow/mod.rs", "fn f(x: js_sys::Date) {}\nlet my_js_sys = 1; \"web_sys\""),
            ("platform.rs", "#[cfg(test)]\nmod tests { use js_sys::X; }"),
        ]));
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found[0].starts_with("src/session/record.rs:2: names gloo"));
        assert!(found[1].starts_with("src/flow/mod.rs:1: names js_sys"));
    }
}
