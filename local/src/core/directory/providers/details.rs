//! `ProviderDetails`: which keys each type of provider takes (`CreateIdentityProvider`, "ProviderDetails").

use std::collections::BTreeMap;

use super::kind::ProviderKind;
use super::{STAND_IN_OIDC_ISSUER, STAND_IN_SAML_METADATA, apple_key};
use crate::core::saml;
use crate::core::wire::error::{ServiceError, invalid, unsupported};
use crate::core::world::outbound;

/// The keys that a type of provider needs, and those that it may have.
fn keys(kind: ProviderKind) -> (&'static [&'static str], &'static [&'static str]) {
    // Keys that AWS fills in and shows; scripts send them back.
    const SHOWN: &[&str] = &[
        "attributes_url",
        "attributes_url_add_attributes",
        "authorize_url",
        "oidc_issuer",
        "token_request_method",
        "token_url",
    ];
    match kind {
        ProviderKind::Google | ProviderKind::LoginWithAmazon => {
            (&["client_id", "client_secret", "authorize_scopes"], SHOWN)
        }
        ProviderKind::Facebook => (
            &["client_id", "client_secret", "authorize_scopes"],
            &[
                "api_version",
                "attributes_url",
                "attributes_url_add_attributes",
                "authorize_url",
                "token_request_method",
                "token_url",
            ],
        ),
        ProviderKind::SignInWithApple => {
            (&["client_id", "team_id", "key_id", "private_key", "authorize_scopes"], SHOWN)
        }
        ProviderKind::Oidc => (
            &["client_id", "attributes_request_method", "oidc_issuer", "authorize_scopes"],
            &[
                "client_secret",
                "authorize_url",
                "token_url",
                "attributes_url",
                "jwks_uri",
                "attributes_url_add_attributes",
            ],
        ),
        ProviderKind::Saml => (
            &[],
            &[
                "MetadataURL",
                "MetadataFile",
                "IDPSignout",
                "IDPInit",
                "EncryptedResponses",
                "RequestSigningAlgorithm",
                "SLORedirectBindingURI",
                "SSORedirectBindingURI",
                "ActiveEncryptionCertificate",
            ],
        ),
    }
}

/// # Errors
/// `InvalidParameterException`.
pub(crate) fn check(kind: ProviderKind, details: &BTreeMap<String, String>) -> Result<(), ServiceError> {
    let (needed, possible) = keys(kind);
    let value = |key: &str| details.get(key).map(String::as_str).filter(|value| !value.is_empty());
    if let Some(missing) = needed.iter().find(|key| value(key).is_none()) {
        return Err(invalid(format!("ProviderDetails of a {} provider needs {missing}", kind.name())));
    }
    let known = |key: &str| needed.contains(&key) || possible.contains(&key);
    if let Some(other) = details.keys().find(|key| !known(key)) {
        return Err(invalid(format!("ProviderDetails of a {} provider has no {other}", kind.name())));
    }
    match kind {
        ProviderKind::Oidc => check_oidc(&value),
        ProviderKind::Saml => check_saml(&value),
        ProviderKind::SignInWithApple => match apple_key(value("private_key").unwrap_or_default()) {
            Some(_) => Ok(()),
            None => Err(invalid("private_key is not an EC P-256 private key in PKCS#8 form")),
        },
        _ => Ok(()),
    }
}

const ENDPOINTS: [&str; 4] = ["authorize_url", "token_url", "attributes_url", "jwks_uri"];

fn check_oidc<'a>(value: &impl Fn(&str) -> Option<&'a str>) -> Result<(), ServiceError> {
    if !value("authorize_scopes").is_some_and(|scopes| scopes.split_whitespace().any(|scope| scope == "openid")) {
        return Err(invalid("authorize_scopes must contain openid"));
    }
    if !value("attributes_request_method").is_some_and(|method| ["GET", "POST"].contains(&method)) {
        return Err(invalid("attributes_request_method must be GET or POST"));
    }
    let is_stand_in = value("oidc_issuer") == Some(STAND_IN_OIDC_ISSUER);
    for key in ENDPOINTS.into_iter().chain(["oidc_issuer"]) {
        if value(key).is_some_and(|url| !outbound::is_allowed(url)) && !(is_stand_in && key == "oidc_issuer") {
            return Err(invalid(format!("{key} must be an https address, or http on this machine")));
        }
    }
    let given = ENDPOINTS.iter().filter(|key| value(key).is_some()).count();
    if given != 0 && (given != ENDPOINTS.len() || is_stand_in) {
        return Err(invalid(
            "Give all of authorize_url, token_url, attributes_url and jwks_uri, or none to have them discovered",
        ));
    }
    Ok(())
}

fn check_saml<'a>(value: &impl Fn(&str) -> Option<&'a str>) -> Result<(), ServiceError> {
    match (value("MetadataURL"), value("MetadataFile")) {
        (Some(STAND_IN_SAML_METADATA), None) => {}
        (Some(url), None) if outbound::is_allowed(url) => {}
        (Some(_), None) => return Err(invalid("MetadataURL must be an https address, or http on this machine")),
        (None, Some(file)) => {
            saml::Metadata::read(file).map_err(|reason| invalid(format!("MetadataFile: {reason}")))?;
        }
        _ => return Err(invalid("Give one of MetadataURL and MetadataFile")),
    }
    for key in ["IDPSignout", "IDPInit", "EncryptedResponses"] {
        match value(key) {
            None | Some("false") => {}
            Some("true") => return Err(unsupported(format_args!("{key} of a SAML provider"))),
            Some(_) => return Err(invalid(format!("{key} must be true or false"))),
        }
    }
    match value("RequestSigningAlgorithm") {
        None => Ok(()),
        Some(_) => Err(unsupported("RequestSigningAlgorithm: SAML requests are not signed")),
    }
}
