//! What an identity provider publishes about itself (SAML 2.0 Metadata).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::sync::Arc;
use uppsala::NodeId;

use super::xml::Xml;
use super::{METADATA, SIGNATURE, certificate};
use crate::core::world::tokens::RsaKey;

const REDIRECT: &str = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect";

/// A provider, where to send people and whose signature to trust.
#[derive(Clone)]
pub(crate) struct Metadata {
    pub(super) entity_id: String,
    pub(super) sign_in: String,
    pub(super) keys: Arc<[RsaKey]>,
}

impl Metadata {
    /// Where people sign in.
    pub(crate) fn page(&self) -> &str {
        &self.sign_in
    }

    /// # Errors
    /// A text that says what is missing.
    pub(crate) fn read(text: &str) -> Result<Self, &'static str> {
        let xml = Xml::parse(text)?;
        let entity = xml.root;
        if !xml.is(entity, METADATA, "EntityDescriptor") {
            return Err("the root must be an EntityDescriptor");
        }
        let entity_id = xml.attribute(entity, "entityID").filter(|id| !id.is_empty()).ok_or("there is no entityID")?;
        let role = xml.only(entity, METADATA, "IDPSSODescriptor").ok_or("there must be one IDPSSODescriptor")?;
        let services = xml.children(role, METADATA, "SingleSignOnService");
        let service = services.into_iter().find(|node| xml.attribute(*node, "Binding") == Some(REDIRECT));
        let sign_in = service.and_then(|node| xml.attribute(node, "Location"));
        let keys = xml.children(role, METADATA, "KeyDescriptor").into_iter();
        let keys: Arc<[RsaKey]> = keys
            .filter(|node| xml.attribute(*node, "use") != Some("encryption"))
            .filter_map(|node| key(&xml, node))
            .collect();
        if keys.is_empty() {
            return Err("there is no RSA key to check signatures with");
        }
        let sign_in = sign_in.ok_or("there is no SingleSignOnService with the HTTP-Redirect binding")?;
        Ok(Self { entity_id: entity_id.into(), sign_in: sign_in.into(), keys })
    }
}

/// An X.509 certificate, or the bare numbers of an RSA key.
fn key(xml: &Xml<'_>, descriptor: NodeId) -> Option<RsaKey> {
    let info = xml.only(descriptor, SIGNATURE, "KeyInfo")?;
    let decode = |node: NodeId| STANDARD.decode(xml.text(node).split_whitespace().collect::<String>()).ok();
    if let Some(data) = xml.only(info, SIGNATURE, "X509Data") {
        return certificate::rsa_key(&decode(xml.only(data, SIGNATURE, "X509Certificate")?)?);
    }
    let value = xml.only(xml.only(info, SIGNATURE, "KeyValue")?, SIGNATURE, "RSAKeyValue")?;
    let number = |name: &str| decode(xml.only(value, SIGNATURE, name)?);
    Some(RsaKey { modulus: number("Modulus")?, exponent: number("Exponent")? })
}
