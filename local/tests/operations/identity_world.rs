//! Short ways to call identity pools.

use poolpass_local::core::HttpRequest;
use serde_json::{Value, json};

use crate::conformance::{self, IDENTITY_POOLS};
use crate::observed;
use crate::world::{PASSWORD, Reply, WEB, World, signature_for};

pub(crate) const IDENTITIES: &str = "eu-west-1:00000000-0000-4000-8000-000000000001";
pub(crate) const LOGIN: &str = "cognito-idp.eu-west-1.amazonaws.com/eu-west-1_PoolPass1";
pub(crate) const ROLE: &str = "arn:aws:iam::000000000000:role/poolpass-";

impl World {
    /// Calls an operation of identity pools, with the form of a signature where AWS wants one.
    pub(crate) fn identity(&self, operation: &str, body: Value) -> Reply {
        self.identity_in("eu-west-1", operation, body)
    }

    /// The same; an operation for administrators is signed for the region.
    pub(crate) fn identity_in(&self, region: &str, operation: &str, body: Value) -> Reply {
        let mut headers = vec![
            ("Content-Type".to_owned(), "application/x-amz-json-1.1".to_owned()),
            ("X-Amz-Target".into(), format!("AWSCognitoIdentityService.{operation}")),
            ("Host".into(), "localhost:9400".into()),
        ];
        if conformance::is_signed(&IDENTITY_POOLS, operation) {
            headers.push(("Authorization".into(), signature_for(region, "cognito-identity")));
        }
        let body = body.to_string().into();
        let http = self.emulator.handle(HttpRequest { method: "POST".into(), target: "/".into(), headers, body });
        let body: Value = serde_json::from_slice(&http.body).unwrap_or_default();
        if http.status == 200 {
            conformance::check_output(&IDENTITY_POOLS, operation, &body);
        }
        observed::note("cognito-identity", operation, &body);
        Reply { http, body }
    }

    /// Calls an operation that must succeed.
    #[track_caller]
    pub(crate) fn identity_ok(&self, operation: &str, body: Value) -> Value {
        let reply = self.identity(operation, body);
        assert_eq!(reply.http.status, 200, "{operation}: {}", reply.body);
        reply.body
    }

    /// Calls an operation that must fail with status 400: type and text of the error.
    #[track_caller]
    pub(crate) fn identity_err(&self, operation: &str, body: Value) -> (String, String) {
        let reply = self.identity(operation, body);
        assert_eq!(reply.http.status, 400, "{operation}: {}", reply.body);
        (reply.text("__type"), reply.text("message"))
    }

    /// The id of new or known logins in the built-in pool.
    #[track_caller]
    pub(crate) fn get_id(&self, logins: &Value) -> String {
        let reply = self.identity_ok("GetId", json!({ "IdentityPoolId": IDENTITIES, "Logins": logins }));
        reply["IdentityId"].as_str().unwrap().to_owned()
    }

    /// Id and credentials of logins in the built-in pool.
    #[track_caller]
    pub(crate) fn credentials(&self, logins: &Value) -> (String, Value) {
        let id = self.get_id(logins);
        let mut reply = self.identity_ok("GetCredentialsForIdentity", json!({ "IdentityId": id, "Logins": logins }));
        (id, reply["Credentials"].take())
    }

    /// The logins of a user of the built-in user pool.
    #[track_caller]
    pub(crate) fn logins(&self, username: &str) -> Value {
        let password = if username == "bob" { "Battery-Staple8?" } else { PASSWORD };
        json!({ LOGIN: self.sign_in(WEB, username, password)["IdToken"] })
    }

    /// The logins of a test person at a stand-in: `google`, `apple`, `facebook`, `amazon` or `oidc`.
    #[track_caller]
    pub(crate) fn social_logins(&self, provider: &str, person: &str) -> Value {
        let (name, authorize, token, field) = match provider {
            "google" => ("accounts.google.com", "o/oauth2/v2/auth", "token", "id_token"),
            "apple" => ("appleid.apple.com", "auth/authorize", "auth/token", "id_token"),
            "facebook" => ("graph.facebook.com", "v17.0/dialog/oauth", "v17.0/oauth/access_token", "access_token"),
            "amazon" => ("www.amazon.com", "ap/oa", "auth/o2/token", "access_token"),
            "oidc" => ("localhost:9400/_poolpass/providers/oidc", "authorize", "token", "id_token"),
            other => panic!("{other}"),
        };
        use crate::federation_browser::{APP, Browser, VERIFIER, authorize as address, encode};
        let at = |path: &str| format!("/_poolpass/providers/{provider}/{path}");
        let mode: &[(&str, &str)] = if provider == "apple" { &[("response_mode", "form_post")] } else { &[] };
        let query = address("poolpass-public", mode);
        let mut browser = Browser::new(self);
        let chooser = browser.chooser(&format!("{}?{}", at(authorize), query.split_once('?').unwrap().1));
        let response = browser.send("POST", &chooser.action, &{
            let fields = chooser.fields.iter().map(|(name, value)| (name.as_str(), value.as_str()));
            encode(fields.chain([("person", person)]))
        });
        let code = match response.header("Location") {
            Some(location) => crate::federation_browser::parameters(location)["code"].clone(),
            // Apple answers with a form.
            None => {
                let page = crate::federation_browser::text(&response);
                let after = page.split("name=\"code\" value=\"").nth(1).unwrap_or_else(|| panic!("no code: {page}"));
                after.split('"').next().unwrap().to_owned()
            }
        };
        let body = encode([
            ("grant_type", "authorization_code"),
            ("client_id", "poolpass-public"),
            ("redirect_uri", APP),
            ("code", &code),
            ("code_verifier", VERIFIER),
        ]);
        let tokens: Value = serde_json::from_slice(&browser.send("POST", &at(token), &body).body).unwrap();
        json!({ name: tokens[field] })
    }
}

/// Both logins together.
pub(crate) fn both(one: &Value, other: &Value) -> Value {
    let mut all = one.as_object().unwrap().clone();
    all.extend(other.as_object().unwrap().clone());
    all.into()
}
