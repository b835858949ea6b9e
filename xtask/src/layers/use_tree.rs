//! `use` declarations and inline paths, as lists of segments.

/// One path: its segments, and the name it has here.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct UsePath {
    pub(super) segments: Vec<String>,
    pub(super) name: String,
}

/// The paths of a `use` declaration, without `use` and `;`.
pub(super) fn paths(declaration: &str) -> Vec<UsePath> {
    let mut found = Vec::new();
    read(declaration.trim(), &[], &mut found);
    found
}

fn read(text: &str, before: &[String], found: &mut Vec<UsePath>) {
    let mut segments = before.to_vec();
    let mut rest = text.trim();
    loop {
        if let Some(group) = rest.strip_prefix('{') {
            let inside = group.strip_suffix('}').unwrap_or(group);
            split(inside).into_iter().filter(|part| !part.is_empty()).for_each(|part| read(part, &segments, found));
            return;
        }
        let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '*')).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        if word.is_empty() {
            return;
        }
        if word != "self" || segments.is_empty() {
            segments.push(word.to_owned());
        }
        rest = after.trim_start();
        if let Some(next) = rest.strip_prefix("::") {
            rest = next.trim_start();
            continue;
        }
        let alias = rest.strip_prefix("as ").map(|alias| alias.trim().to_owned());
        let name = alias.unwrap_or_else(|| segments.last().cloned().unwrap_or_default());
        found.push(UsePath { segments, name });
        return;
    }
}

/// The parts between the commas that are not inside another group.
fn split(text: &str) -> Vec<&str> {
    let (mut depth, mut start, mut parts) = (0_usize, 0, Vec::new());
    for (at, character) in text.char_indices() {
        match character {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                parts.push(text[start..at].trim());
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(text[start..].trim());
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(declaration: &str) -> Vec<String> {
        paths(declaration).into_iter().map(|path| format!("{} {}", path.segments.join("::"), path.name)).collect()
    }

    #[test]
    fn groups_are_opened_and_aliases_kept() {
        assert_eq!(shown("crate::a::B"), ["crate::a::B B"]);
        assert_eq!(
            shown("super::{a::{self, B as C}, d, e::*}"),
            ["super::a a", "super::a::B C", "super::d d", "super::e::* *"]
        );
        assert_eq!(shown("self::x::{Y,}"), ["self::x::Y Y"]);
    }
}
