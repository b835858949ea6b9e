//! XML Signature (W3C, "XML Signature Syntax and Processing"), the one form that SAML allows and identity providers use: enveloped,
//! exclusive canonicalization without comments, RSA with SHA-256, one reference to the element that it stands in.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bergshamra_c14n::{C14nMode, canonicalize_doc};
use bergshamra_xml::NodeSet;
use sha2::{Digest as _, Sha256};
use uppsala::NodeId;

use super::SIGNATURE;
use super::xml::Xml;
use crate::core::world::tokens::RsaKey;

const EXCLUSIVE: &str = "http://www.w3.org/2001/10/xml-exc-c14n#";
const ENVELOPED: &str = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";
const RSA_SHA256: &str = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
const SHA256: &str = "http://www.w3.org/2001/04/xmlenc#sha256";

/// Checks the signature that stands in an element and covers all of it.
///
/// # Errors
/// A text that says what is wrong.
pub(super) fn verify(xml: &Xml<'_>, element: NodeId, keys: &[RsaKey]) -> Result<(), &'static str> {
    let signature = xml.only(element, SIGNATURE, "Signature").ok_or("it has not exactly one signature")?;
    let missing = "its signature lacks a part";
    let child = |node, name| xml.only(node, SIGNATURE, name).ok_or(missing);
    let algorithm = |node: NodeId| xml.attribute(node, "Algorithm").unwrap_or_default();
    let info = child(signature, "SignedInfo")?;
    let reference = child(info, "Reference")?;
    let transforms = xml.children(child(reference, "Transforms")?, SIGNATURE, "Transform");
    let transforms_are_right = transforms.iter().map(|node| algorithm(*node)).eq([ENVELOPED, EXCLUSIVE]);
    let (method, canonical, digest_method) =
        (child(info, "SignatureMethod")?, child(info, "CanonicalizationMethod")?, child(reference, "DigestMethod")?);
    if !transforms_are_right
        || algorithm(canonical) != EXCLUSIVE
        || algorithm(method) != RSA_SHA256
        || algorithm(digest_method) != SHA256
    {
        return Err("its signature is not of the form enveloped, exclusive canonicalization, RSA with SHA-256");
    }
    let id = xml.attribute(element, "ID").filter(|id| !id.is_empty()).ok_or("it has no ID")?;
    let same_id = xml.elements(xml.root).into_iter().filter(|node| xml.attribute(*node, "ID") == Some(id)).count();
    if same_id != 1 || xml.attribute(reference, "URI").and_then(|uri| uri.strip_prefix('#')) != Some(id) {
        return Err("its signature belongs to another element");
    }
    let decode = |node| STANDARD.decode(xml.text(node).split_whitespace().collect::<String>()).unwrap_or_default();
    let without_signature = NodeSet::tree_without_comments(element, &xml.document)
        .subtract(&NodeSet::tree_with_comments(signature, &xml.document));
    let prefixes = |node: NodeId| -> Vec<String> {
        let lists = xml.children(node, EXCLUSIVE, "InclusiveNamespaces").into_iter();
        let list: String = lists.filter_map(|node| xml.attribute(node, "PrefixList")).collect();
        list.split_whitespace().map(str::to_owned).collect()
    };
    let content = canonicalize(xml, &without_signature, &prefixes(transforms[1]))?;
    if Sha256::digest(content)[..] != decode(child(reference, "DigestValue")?) {
        return Err("it was changed after it was signed");
    }
    let signed = canonicalize(xml, &NodeSet::tree_without_comments(info, &xml.document), &prefixes(canonical))?;
    let value = decode(child(signature, "SignatureValue")?);
    if keys.iter().any(|key| key.verifies(&signed, &value)) { Ok(()) } else { Err("its signature is wrong") }
}

fn canonicalize(xml: &Xml<'_>, nodes: &NodeSet, prefixes: &[String]) -> Result<Vec<u8>, &'static str> {
    canonicalize_doc(&xml.document, C14nMode::Exclusive, Some(nodes), prefixes).map_err(|_| "it has no canonical form")
}
