//! Whatever comes to the callbacks and the stand-ins, a reply goes out.

use proptest::prelude::*;
use std::sync::LazyLock;

use crate::federation_browser::{Browser, authorize, encode};
use crate::world::{WEB, World};

static WORLD: LazyLock<World> = LazyLock::new(World::new);

const PATHS: [&str; 14] = [
    "/oauth2/idpresponse",
    "/saml2/idpresponse",
    "/_poolpass/providers/google/o/oauth2/v2/auth",
    "/_poolpass/providers/google/choose",
    "/_poolpass/providers/google/token",
    "/_poolpass/providers/google/v1/userinfo",
    "/_poolpass/providers/apple/auth/token",
    "/_poolpass/providers/apple/choose",
    "/_poolpass/providers/facebook/v9/dialog/oauth",
    "/_poolpass/providers/facebook/oauth/access_token",
    "/_poolpass/providers/amazon/choose",
    "/_poolpass/providers/saml/sso",
    "/_poolpass/providers/saml/choose",
    "/_poolpass/providers/",
];

const NAMES: [&str; 16] = [
    "state",
    "code",
    "error",
    "RelayState",
    "SAMLResponse",
    "SAMLRequest",
    "request",
    "person",
    "cancel",
    "client_id",
    "client_secret",
    "redirect_uri",
    "grant_type",
    "user",
    "response_type",
    "scope",
];

fn value() -> impl Strategy<Value = String> {
    prop_oneof![
        ".{0,30}",
        prop::sample::select(vec![
            "ada",
            "1234567890123456",
            "http://localhost:9400/oauth2/idpresponse",
            "code",
            "authorization_code"
        ])
        .prop_map(str::to_owned),
        "client_id=[0-9]{0,16}&redirect_uri=.{0,9}",
    ]
}

proptest! {
    #[test]
    fn any_form_gets_an_answer(post in any::<bool>(), path in prop::sample::select(PATHS.to_vec()), pairs in prop::collection::vec((prop::sample::select(NAMES.to_vec()), value()), 0..6)) {
        let mut browser = Browser::new(&WORLD);
        browser.cookies.insert("csrf-state".into(), "x".repeat(43));
        let form = encode(pairs.iter().map(|(name, value)| (*name, value.as_str())));
        // Browser::send itself asserts that the status is below 500.
        let response = if post { browser.send("POST", path, &form) } else { browser.send("GET", &format!("{path}?{form}"), "") };
        prop_assert!(response.status >= 200);
    }

    /// Answers to a sign-in that is really under way.
    #[test]
    fn any_answer_of_a_provider_leads_back_to_the_app(saml in any::<bool>(), pairs in prop::collection::vec((prop::sample::select(NAMES[1..].to_vec()), value()), 0..4)) {
        let mut browser = Browser::new(&WORLD);
        let provider = if saml { "ExampleSAML" } else { "Google" };
        let response = browser.send("GET", &authorize(WEB, &[("identity_provider", provider)]), "");
        let asked = crate::federation_browser::parameters(response.header("Location").unwrap());
        let (path, name) = if saml { ("/saml2/idpresponse", "RelayState") } else { ("/oauth2/idpresponse", "state") };
        let answer = [(name, asked[name].as_str())].into_iter().chain(pairs.iter().map(|(name, value)| (*name, value.as_str())));
        let back = browser.go(&format!("{path}?{}", encode(answer))).parameters();
        prop_assert!(back.contains_key("error"), "{:?}", back);
    }
}
