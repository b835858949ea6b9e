//! AuthnRequest in the redirect binding (SAML 2.0 Bindings, section 3.4).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::{ASSERTION, Metadata, PROTOCOL, callback, entity_id};
use crate::core::wire::date::xml_date;
use crate::core::wire::form::with_query;
use crate::core::wire::html::escape;

/// The address to send the browser to.
pub(crate) fn address(
    metadata: &Metadata,
    pool_id: &str,
    base: &str,
    id: &str,
    relay_state: &str,
    now_ms: u64,
) -> String {
    let request = format!(
        "<samlp:AuthnRequest xmlns:samlp=\"{PROTOCOL}\" xmlns:saml=\"{ASSERTION}\" ID=\"{id}\" Version=\"2.0\" \
         IssueInstant=\"{}\" Destination=\"{}\" ProtocolBinding=\"urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST\" \
         AssertionConsumerServiceURL=\"{}\"><saml:Issuer>{}</saml:Issuer></samlp:AuthnRequest>",
        xml_date(now_ms),
        escape(&metadata.sign_in),
        escape(&callback(base)),
        escape(&entity_id(pool_id)),
    );
    let packed = STANDARD.encode(miniz_oxide::deflate::compress_to_vec(request.as_bytes(), 6));
    with_query(&metadata.sign_in, &[("SAMLRequest", &packed), ("RelayState", relay_state)])
}
