//! The paths in a source that lead out of its module, as seen from the crate's root.

use super::sources::Source;

/// A path like `crate::session::record`, found at an offset.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Mention {
    /// The first name below the root: `session`, or a re-exported `Client`.
    pub(super) name: String,
    pub(super) offset: usize,
}

/// Every name that stands right below the crate's root in `crate::…` and in `super::…` where that
/// is the root; groups are opened: `crate::{a, b::c}` mentions `a` and `b`.
pub(super) fn from_root(source: &Source) -> Vec<Mention> {
    let text = &source.shipped;
    let mut mentions = Vec::new();
    for prefix in ["crate::", "super::"] {
        for (offset, _) in text.match_indices(prefix) {
            let before = text[..offset].trim_end();
            if before.ends_with(is_name_end) && text[..offset].ends_with(is_name_end) || before.ends_with("super::") {
                continue;
            }
            let (after, up) = after_prefixes(&text[offset..]);
            if up == source.module.len() || prefix == "crate::" {
                names(&text[offset + after..], offset + after, &mut mentions);
            }
        }
    }
    mentions
}

/// The names that the root offers under other modules' roofs: `pub use client::Client;` gives
/// `("Client", "client")`.
pub(super) fn re_exports(root: &Source) -> Vec<(String, String)> {
    let text = &root.shipped;
    let mut exports = Vec::new();
    for (offset, prefix) in text.match_indices("pub use ") {
        let declaration = text[offset + prefix.len()..].split(';').next().unwrap_or_default();
        let declaration = declaration.trim_start().trim_start_matches("crate::").trim_start_matches("self::");
        let Some((module, rest)) = declaration.split_once("::") else { continue };
        for word in rest.split(['{', '}', ',']).flat_map(|item| item.rsplit([':', ' ']).next()) {
            if !word.trim().is_empty() {
                exports.push((word.trim().to_owned(), module.trim().to_owned()));
            }
        }
    }
    exports
}

fn is_name_end(character: char) -> bool {
    character.is_alphanumeric() || character == '_' || character == '$'
}

/// The length of `crate::` or of repeated `super::`, and how many of the latter there are.
fn after_prefixes(text: &str) -> (usize, usize) {
    let mut at = 0;
    let mut up = 0;
    while let Some(rest) = text[at..].strip_prefix("super::") {
        at = text.len() - rest.len();
        up += 1;
    }
    if up == 0 { ("crate::".len(), 0) } else { (at, up) }
}

fn names(text: &str, offset: usize, mentions: &mut Vec<Mention>) {
    if let Some(group) = text.strip_prefix('{') {
        let mut depth = 0;
        let mut expecting = true;
        for (at, character) in group.char_indices() {
            match character {
                '{' => depth += 1,
                '}' if depth == 0 => break,
                '}' => depth -= 1,
                ',' if depth == 0 => expecting = true,
                _ if expecting && !character.is_whitespace() => {
                    expecting = false;
                    names(&group[at..], offset + 1 + at, mentions);
                }
                _ => {}
            }
        }
    } else {
        let name: String = text.chars().take_while(|character| is_name_end(*character)).collect();
        if !name.is_empty() {
            mentions.push(Mention { name, offset });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::sources::Sources;
    use super::*;

    fn mentioned(path: &str, text: &str) -> Vec<String> {
        let sources = Sources::of(&[(path, text)]);
        from_root(&sources.files[0]).into_iter().map(|mention| mention.name).collect()
    }

    #[test]
    fn finds_plain_grouped_and_inline_paths() {
        let text = "use crate::{encode::{hex, base64}, json,\n  secret::Secret};\nuse crate::error::Error;\n\
                    fn f() -> crate::Client { x(crate::flow::y) }\nuse mycrate::z; // crate::no\n";
        assert_eq!(mentioned("srp/mod.rs", text), ["encode", "json", "secret", "error", "Client", "flow"]);
    }

    #[test]
    fn super_counts_only_where_it_is_the_root() {
        assert_eq!(mentioned("srp/mod.rs", "use super::flow::x; use super::super::y;"), ["flow"]);
        assert_eq!(mentioned("srp/client.rs", "use super::pad; use super::super::flow;"), ["flow"]);
        assert_eq!(mentioned("srp/client.rs", "use super::{steps, pad};"), [""; 0]);
        assert_eq!(mentioned("config.rs", "use super::{client, web};"), ["client", "web"]);
        assert_eq!(
            mentioned("srp/mod.rs", "pub(in super::flow) fn x() {} #[cfg(test)] mod t { use crate::web; }"),
            ["flow"]
        );
    }

    #[test]
    fn reads_what_the_root_re_exports() {
        let sources = Sources::of(&[(
            "lib.rs",
            "pub mod srp;\npub use client::Client;\npub use crate::error::{Error, service::Kind as ServiceKind,};\nuse a::b;",
        )]);
        let exports = re_exports(&sources.files[0]);
        let expected = [("Client", "client"), ("Error", "error"), ("ServiceKind", "error")];
        assert_eq!(exports, expected.map(|(name, module)| (name.to_owned(), module.to_owned())));
    }
}
