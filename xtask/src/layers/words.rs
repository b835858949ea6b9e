//! Finding whole words in source text.

/// Where a word stands by itself, not as part of a longer name.
pub(super) fn find(text: &str, word: &str) -> impl Iterator<Item = usize> {
    let is_name = |character: char| character.is_alphanumeric() || character == '_';
    let offsets = text.match_indices(word).map(|(offset, _)| offset);
    offsets
        .filter(move |offset| !text[..*offset].ends_with(is_name) && !text[offset + word.len()..].starts_with(is_name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_not_found_inside_others() {
        let found: Vec<usize> = find("async asyncs _async (async) async", "async").collect();
        assert_eq!(found, [0, 21, 28]);
    }
}
