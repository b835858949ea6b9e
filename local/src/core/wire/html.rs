//! Building HTML.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

/// The hash of an inline style or script, as a Content-Security-Policy names it.
pub(crate) fn source_hash(text: &str) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(text)))
}

/// Text as it may stand in an element or in a quoted attribute.
pub(crate) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            _ => escaped.push(letter),
        }
    }
    escaped
}

/// A section with a heading that names it. `body` is HTML, the other two are text.
pub(crate) fn section(id: &str, heading: &str, body: &str) -> String {
    let (id, heading) = (escape(id), escape(heading));
    format!("<section aria-labelledby=\"{id}\"><h2 id=\"{id}\">{heading}</h2>{body}</section>")
}

/// A table of text cells, or a sentence when there are no rows.
pub(crate) fn table(caption: &str, columns: &[&str], rows: &[Vec<String>], when_empty: &str) -> String {
    if rows.is_empty() {
        return format!("<p class=\"empty\">{}</p>", escape(when_empty));
    }
    let head: String = columns.iter().map(|column| format!("<th scope=\"col\">{}</th>", escape(column))).collect();
    let cell =
        |(column, text): (&&str, &String)| format!("<td data-label=\"{}\">{}</td>", escape(column), escape(text));
    let row = |cells: &Vec<String>| format!("<tr>{}</tr>", columns.iter().zip(cells).map(cell).collect::<String>());
    let body: String = rows.iter().map(row).collect();
    format!("<table><caption>{}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>", escape(caption))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_gets_out_of_its_cell() {
        let hostile = "</td><script>alert(\"1\")</script>'&".to_owned();
        let html = table(&hostile, &["a"], &[vec![hostile.clone()]], "");
        assert!(!html.contains("<script>") && html.contains("&lt;script&gt;alert(&quot;1&quot;)"));
        assert!(section(&hostile, &hostile, "").matches("<script>").count() == 0);
    }
}
