//! An app at `/oauth2/token` and its neighbours.

use poolpass_local::core::{HttpRequest, HttpResponse};
use serde_json::Value;

use crate::browser::{APP, Browser, VERIFIER, authorize, parameters, query};
use crate::world::{WEB, World};

/// A reply of one of these endpoints.
pub(crate) struct Reply {
    pub(crate) http: HttpResponse,
    pub(crate) body: Value,
}

impl World {
    /// Posts a form to an endpoint.
    pub(crate) fn post(&self, path: &str, form: &[(&str, &str)], headers: &[(&str, &str)]) -> Reply {
        let mut all = vec![
            ("Host".to_owned(), "localhost:9400".to_owned()),
            ("Content-Type".to_owned(), "application/x-www-form-urlencoded".to_owned()),
        ];
        all.extend(headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        let body = query(form).into_bytes();
        let request = HttpRequest { method: "POST".into(), target: path.into(), headers: all, body };
        let http = self.emulator.handle(request);
        let body = serde_json::from_slice(&http.body).unwrap_or(Value::Null);
        Reply { http, body }
    }

    /// Asks for tokens that must be given.
    #[track_caller]
    pub(crate) fn token(&self, form: &[(&str, &str)]) -> Value {
        let reply = self.post("/oauth2/token", form, &[]);
        assert_eq!(reply.http.status, 200, "{}", reply.body);
        reply.body
    }

    /// Asks for tokens that must be refused with status 400: the error and its description.
    #[track_caller]
    pub(crate) fn token_error(&self, form: &[(&str, &str)]) -> (String, String) {
        let reply = self.post("/oauth2/token", form, &[]);
        assert_eq!(reply.http.status, 400, "{}", reply.body);
        reply.error()
    }

    /// A code for alice.
    #[track_caller]
    pub(crate) fn authorization_code(&self, changes: &[(&str, &str)]) -> String {
        let app = Browser::new(self).sign_in(&authorize(changes), "alice", crate::world::PASSWORD);
        parameters(&app)["code"].clone()
    }

    /// The tokens of alice, through the pages.
    #[track_caller]
    pub(crate) fn oauth_sign_in(&self, changes: &[(&str, &str)]) -> Value {
        let code = self.authorization_code(changes);
        let client = changes.iter().find(|(name, _)| *name == "client_id").map_or(WEB, |(_, id)| id);
        self.token(&exchange(client, &code))
    }

    /// Calls the user info endpoint.
    pub(crate) fn user_info(&self, authorization: Option<&str>) -> Reply {
        let mut headers = vec![("Host".to_owned(), "localhost:9400".to_owned())];
        headers.extend(authorization.map(|value| ("Authorization".to_owned(), value.to_owned())));
        let request =
            HttpRequest { method: "GET".into(), target: "/oauth2/userInfo".into(), headers, body: Vec::new() };
        let http = self.emulator.handle(request);
        let body = serde_json::from_slice(&http.body).unwrap_or(Value::Null);
        Reply { http, body }
    }
}

impl Reply {
    pub(crate) fn error(&self) -> (String, String) {
        let text = |name: &str| self.body[name].as_str().unwrap_or_default().to_owned();
        (text("error"), text("error_description"))
    }
}

/// The form that exchanges a code.
pub(crate) fn exchange<'a>(client: &'a str, code: &'a str) -> [(&'a str, &'a str); 5] {
    [
        ("grant_type", "authorization_code"),
        ("client_id", client),
        ("code", code),
        ("redirect_uri", APP),
        ("code_verifier", VERIFIER),
    ]
}

/// The form that refreshes.
pub(crate) fn refresh<'a>(client: &'a str, token: &'a Value) -> [(&'a str, &'a str); 3] {
    [("grant_type", "refresh_token"), ("client_id", client), ("refresh_token", token.as_str().unwrap())]
}
