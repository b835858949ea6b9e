//! Rules for pages of other origins (Amazon S3 User Guide, "Elements of a CORS configuration").

use serde::Deserialize;

/// One rule, in the words of `PutBucketCors`.
#[derive(Clone, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(super) struct CorsRule {
    pub(super) allowed_origins: Vec<String>,
    pub(super) allowed_methods: Vec<String>,
    #[serde(default)]
    allowed_headers: Vec<String>,
    #[serde(default)]
    pub(super) expose_headers: Vec<String>,
    pub(super) max_age_seconds: Option<u64>,
}

const METHODS: [&str; 5] = ["GET", "PUT", "HEAD", "POST", "DELETE"];

impl CorsRule {
    /// # Errors
    /// What S3 would not take.
    pub(super) fn check(&self) -> Result<(), String> {
        if self.allowed_origins.is_empty() || self.allowed_methods.is_empty() {
            return Err("a CORS rule needs AllowedOrigins and AllowedMethods".into());
        }
        if let Some(method) = self.allowed_methods.iter().find(|method| !METHODS.contains(&method.as_str())) {
            return Err(format!("Found unsupported HTTP method in CORS config. Unsupported method is {method}"));
        }
        let starred =
            self.allowed_origins.iter().chain(&self.allowed_headers).find(|text| text.matches('*').count() > 1);
        starred.map_or(Ok(()), |text| Err(format!("{text} can not have more than one wildcard.")))?;
        let exposed = self.expose_headers.iter().find(|name| name.contains('*'));
        exposed.map_or(Ok(()), |name| {
            Err(format!(
                "ExposeHeader {name} contains wildcard. We currently do not support wildcard for ExposeHeader."
            ))
        })
    }

    /// Whether it lets a page of that origin use a method.
    pub(super) fn fits(&self, origin: &str, method: &str) -> bool {
        self.allowed_methods.iter().any(|allowed| allowed == method)
            && self.allowed_origins.iter().any(|allowed| like(allowed, origin))
    }

    /// Whether it lets a header through.
    pub(super) fn takes(&self, header: &str) -> bool {
        let header = header.to_ascii_lowercase();
        self.allowed_headers.iter().any(|allowed| like(&allowed.to_ascii_lowercase(), &header))
    }

    /// Whether it is for every origin.
    pub(super) fn is_open(&self) -> bool {
        self.allowed_origins.iter().any(|origin| origin == "*")
    }
}

/// A text with at most one `*`.
fn like(pattern: &str, text: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == text,
        Some((start, end)) => text.len() >= start.len() + end.len() && text.starts_with(start) && text.ends_with(end),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_wildcard_stands_for_any_text() {
        for (pattern, text) in
            [("*", ""), ("http://*.example", "http://a.b.example"), ("x-amz-*", "x-amz-date"), ("a", "a")]
        {
            assert!(like(pattern, text), "{pattern} {text}");
        }
        for (pattern, text) in [("http://*.example", "http://example"), ("aba*ba", "aba"), ("a", "b"), ("", "a")] {
            assert!(!like(pattern, text), "{pattern} {text}");
        }
    }
}
