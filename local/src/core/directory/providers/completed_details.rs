//! What AWS adds to `ProviderDetails` and shows (`IdentityProviderType`, "ProviderDetails").

use std::collections::BTreeMap;

use super::kind::ProviderKind;
use crate::core::saml;

const GOOGLE: [(&str, &str); 6] = [
    ("attributes_url", "https://people.googleapis.com/v1/people/me?personFields="),
    ("attributes_url_add_attributes", "true"),
    ("authorize_url", "https://accounts.google.com/o/oauth2/v2/auth"),
    ("oidc_issuer", "https://accounts.google.com"),
    ("token_request_method", "POST"),
    ("token_url", "https://www.googleapis.com/oauth2/v4/token"),
];
const AMAZON: [(&str, &str); 5] = [
    ("attributes_url", "https://api.amazon.com/user/profile"),
    ("attributes_url_add_attributes", "false"),
    ("authorize_url", "https://www.amazon.com/ap/oa"),
    ("token_request_method", "POST"),
    ("token_url", "https://api.amazon.com/auth/o2/token"),
];
const APPLE: [(&str, &str); 5] = [
    ("attributes_url_add_attributes", "false"),
    ("authorize_url", "https://appleid.apple.com/auth/authorize"),
    ("oidc_issuer", "https://appleid.apple.com"),
    ("token_request_method", "POST"),
    ("token_url", "https://appleid.apple.com/auth/token"),
];
const OIDC: [(&str, &str); 1] = [("attributes_url_add_attributes", "false")];

/// The version of Facebook's API where none is given.
pub(crate) const FACEBOOK_VERSION: &str = "v17.0";

/// Adds what is missing. Sign-ins don't use the addresses of social providers: stand-ins play these.
pub(crate) fn complete(kind: ProviderKind, details: &mut BTreeMap<String, String>) {
    match kind {
        ProviderKind::Google => add(details, GOOGLE),
        ProviderKind::LoginWithAmazon => add(details, AMAZON),
        ProviderKind::SignInWithApple => add(details, APPLE),
        ProviderKind::Oidc => add(details, OIDC),
        ProviderKind::Facebook => {
            add(details, [("api_version", FACEBOOK_VERSION)]);
            let version = details["api_version"].clone();
            let graph = format!("https://graph.facebook.com/{version}");
            add(
                details,
                [
                    ("attributes_url", format!("{graph}/me?fields=").as_str()),
                    ("attributes_url_add_attributes", "true"),
                    ("authorize_url", &format!("https://www.facebook.com/{version}/dialog/oauth")),
                    ("token_request_method", "GET"),
                    ("token_url", &format!("{graph}/oauth/access_token")),
                ],
            );
        }
        // Metadata at an address is read at every sign-in, and not now.
        ProviderKind::Saml => {
            let metadata = details.get("MetadataFile").and_then(|file| saml::Metadata::read(file).ok());
            if let Some(metadata) = metadata {
                details.insert("SSORedirectBindingURI".into(), metadata.page().into());
            }
        }
    }
}

fn add<'a>(details: &mut BTreeMap<String, String>, missing: impl IntoIterator<Item = (&'a str, &'a str)>) {
    for (key, value) in missing {
        let held = details.entry(key.into()).or_default();
        if held.is_empty() {
            *held = value.into();
        }
    }
}
