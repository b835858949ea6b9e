//! Routes.

use serde::Deserialize;
use serde_json::{Map, Value};

/// A method and a path.
#[derive(Clone, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(super) struct Route {
    /// `GET` and so on, or `ANY`.
    method: String,
    /// `{name}` stands for one segment.
    pub(super) path: String,
    /// An access token needs one of them; an ID token will not do.
    #[serde(default)]
    pub(super) scopes: Vec<String>,
}

impl Route {
    pub(super) fn fits(&self, method: &str, path: &str) -> bool {
        let same = |(own, other): (&str, &str)| own == other || is_parameter(own) && !other.is_empty();
        (self.method == "ANY" || self.method == method)
            && self.path.split('/').count() == path.split('/').count()
            && self.path.split('/').zip(path.split('/')).all(same)
    }

    /// The segments that names stand for.
    pub(super) fn parameters(&self, path: &str) -> Map<String, Value> {
        let pairs = self.path.split('/').zip(path.split('/')).filter(|(own, _)| is_parameter(own));
        pairs.map(|(own, other)| (own.trim_matches(['{', '}']).to_owned(), other.into())).collect()
    }
}

fn is_parameter(segment: &str) -> bool {
    segment.starts_with('{') && segment.ends_with('}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn names_stand_for_one_segment() {
        let route = Route { method: "ANY".into(), path: "/notes/{owner}".into(), scopes: Vec::new() };
        assert!(route.fits("PUT", "/notes/eu-west-1:1") && route.parameters("/notes/a")["owner"] == json!("a"));
        for path in ["/notes", "/notes/", "/notes/a/b", "/note/a", "/notes/a/"] {
            assert!(!route.fits("GET", path), "{path}");
        }
        let get = Route { method: "GET".into(), path: "/me".into(), scopes: Vec::new() };
        assert!(get.fits("GET", "/me") && !get.fits("POST", "/me"));
    }
}
