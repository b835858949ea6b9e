//! SAML 2.0 as a service provider: AuthnRequest by redirect, signed assertion by POST.

mod certificate;
mod metadata;
mod request;
mod response;
mod signature;
mod xml;

pub(crate) use metadata::Metadata;
pub(crate) use request::address;
pub(crate) use response::{Assertion, Expected, Failure, read};
pub(crate) use xml::Xml;

/// How a user pool calls itself ("Adding SAML identity providers to a user pool").
pub(crate) fn entity_id(pool_id: &str) -> String {
    format!("urn:amazon:cognito:sp:{pool_id}")
}

/// Where SAML providers post their responses.
pub(crate) fn callback(base: &str) -> String {
    format!("{base}/saml2/idpresponse")
}

/// The ID of an AuthnRequest, which may not begin with a digit.
pub(crate) fn request_id(nonce: &str) -> String {
    format!("_{nonce}")
}

const ASSERTION: &str = "urn:oasis:names:tc:SAML:2.0:assertion";
const PROTOCOL: &str = "urn:oasis:names:tc:SAML:2.0:protocol";
const METADATA: &str = "urn:oasis:names:tc:SAML:2.0:metadata";
const SIGNATURE: &str = "http://www.w3.org/2000/09/xmldsig#";
