//! Writing XML.

use crate::core::wire::html::escape;

/// An element with text in it. Characters that XML can't hold become references, as S3 writes them.
pub(super) fn element(name: &str, text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    for letter in escape(text).chars() {
        match letter {
            '\u{0}'..='\u{1f}' => written.push_str(&format!("&#x{:x};", u32::from(letter))),
            _ => written.push(letter),
        }
    }
    format!("<{name}>{written}</{name}>")
}

/// A document whose root is in S3's namespace.
pub(super) fn document(root: &str, content: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<{root} xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">{content}</{root}>"
    )
}
