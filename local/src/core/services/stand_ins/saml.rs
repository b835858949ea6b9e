//! A SAML 2.0 identity provider: metadata, requests by redirect, signed assertions by POST.
//!
//! Everything that is signed is written in its canonical form at once (W3C, "Exclusive XML Canonicalization"): namespaces first,
//! attributes by name, no empty-element tags.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use super::call::Call;
use super::page;
use crate::core::directory::providers::{ProviderKind, STAND_IN_SAML_METADATA};
use crate::core::saml as sp;
use crate::core::saml::Xml;
use crate::core::stand_ins::Person;
use crate::core::wire::date::xml_date;
use crate::core::wire::form::Form;
use crate::core::wire::http::HttpResponse;
use crate::core::world::tokens::{Role, Signer};

const ASSERTION: &str = "urn:oasis:names:tc:SAML:2.0:assertion";
const PROTOCOL: &str = "urn:oasis:names:tc:SAML:2.0:protocol";
const SIGNATURE: &str = "http://www.w3.org/2000/09/xmldsig#";
const STATUS: &str = "urn:oasis:names:tc:SAML:2.0:status:";
const CLAIMS: &str = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/";
const LIFETIME_MS: u64 = 5 * 60 * 1000;
const LARGEST_REQUEST: usize = 64 * 1024;

/// What a service provider asked.
struct Request {
    id: String,
    /// Entity id of the user pool.
    issuer: String,
    consumer: String,
}

pub(super) fn metadata(call: &Call<'_>) -> HttpResponse {
    let jwks = call.keys.jwks(call.kind.key_id());
    let keys: String = jwks["keys"].as_array().into_iter().flatten().map(key_descriptor).collect();
    let xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<md:EntityDescriptor xmlns:md=\"urn:oasis:names:tc:SAML:2.0:metadata\" entityID=\"{0}\">\
         <md:IDPSSODescriptor WantAuthnRequestsSigned=\"false\" protocolSupportEnumeration=\"{PROTOCOL}\">\
         {keys}\
         <md:NameIDFormat>urn:oasis:names:tc:SAML:2.0:nameid-format:persistent</md:NameIDFormat>\
         <md:SingleSignOnService Binding=\"urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect\" Location=\"{0}/sso\"/>\
         </md:IDPSSODescriptor></md:EntityDescriptor>",
        attribute(&call.issuer),
    );
    HttpResponse::new(200, "application/samlmetadata+xml", xml)
}

fn key_descriptor(key: &Value) -> String {
    let number = |name: &str| {
        let bytes = key[name].as_str().and_then(|text| URL_SAFE_NO_PAD.decode(text).ok());
        STANDARD.encode(bytes.unwrap_or_default())
    };
    format!(
        "<md:KeyDescriptor use=\"signing\"><ds:KeyInfo xmlns:ds=\"{SIGNATURE}\"><ds:KeyValue><ds:RSAKeyValue>\
         <ds:Modulus>{}</ds:Modulus><ds:Exponent>{}</ds:Exponent></ds:RSAKeyValue></ds:KeyValue></ds:KeyInfo></md:KeyDescriptor>",
        number("n"),
        number("e"),
    )
}

pub(super) fn ask(call: &Call<'_>, query: &Form) -> HttpResponse {
    match read(call, query) {
        Ok(_) => page::chooser(call, &query.encode(), None),
        Err(text) => page::refuse(call, &text),
    }
}

pub(super) fn answer(call: &mut Call<'_>, query: &Form, person: Option<&Person>) -> HttpResponse {
    let request = match read(call, query) {
        Ok(request) => request,
        Err(text) => return page::refuse(call, &text),
    };
    let response = response(call, &request, person);
    let mut fields = vec![("SAMLResponse", STANDARD.encode(response))];
    fields.extend(query.get("RelayState").map(|state| ("RelayState", state.to_owned())));
    page::forward(call, &request.consumer, &fields)
}

fn read(call: &Call<'_>, query: &Form) -> Result<Request, String> {
    let packed = STANDARD.decode(query.get("SAMLRequest").unwrap_or_default()).unwrap_or_default();
    let inflated = miniz_oxide::inflate::decompress_to_vec_with_limit(&packed, LARGEST_REQUEST).unwrap_or_default();
    let text = String::from_utf8(inflated).unwrap_or_default();
    let xml = Xml::parse(&text).map_err(|reason| format!("SAMLRequest can't be read: {reason}."))?;
    if !xml.is(xml.root, PROTOCOL, "AuthnRequest") {
        return Err("SAMLRequest is not an AuthnRequest.".into());
    }
    let text = |name: &str| xml.attribute(xml.root, name).unwrap_or_default().to_owned();
    let issuer = xml.only(xml.root, ASSERTION, "Issuer").map(|node| xml.text(node)).unwrap_or_default();
    let known = call.shared.pools.iter().any(|pool| {
        let is_played = |provider: &crate::core::directory::providers::IdentityProvider| {
            provider.kind() == ProviderKind::Saml && provider.detail("MetadataURL") == Some(STAND_IN_SAML_METADATA)
        };
        sp::entity_id(&pool.id) == issuer && pool.providers.iter().any(is_played)
    });
    if !known {
        return Err(format!(
            "No user pool here calls itself {issuer} and has the MetadataURL {STAND_IN_SAML_METADATA}."
        ));
    }
    let (id, consumer, expected) =
        (text("ID"), text("AssertionConsumerServiceURL"), sp::callback(&call.request.base()));
    if consumer != expected {
        return Err(format!("The AssertionConsumerServiceURL must be {expected}."));
    }
    if id.is_empty() {
        return Err("The AuthnRequest has no ID.".into());
    }
    Ok(Request { id, issuer, consumer })
}

fn response(call: &mut Call<'_>, request: &Request, person: Option<&Person>) -> String {
    let (id, now) = (format!("_{}", call.random.uuid()), xml_date(call.now_ms));
    let (status, assertion) = match person {
        Some(person) => (format!("<samlp:StatusCode Value=\"{STATUS}Success\"/>"), assertion(call, request, person)),
        None => {
            let inner = format!("<samlp:StatusCode Value=\"{STATUS}AuthnFailed\"/>");
            (format!("<samlp:StatusCode Value=\"{STATUS}Responder\">{inner}</samlp:StatusCode>"), String::new())
        }
    };
    format!(
        "<samlp:Response xmlns:samlp=\"{PROTOCOL}\" Destination=\"{}\" ID=\"{id}\" InResponseTo=\"{}\" IssueInstant=\"{now}\" Version=\"2.0\">\
         <saml:Issuer xmlns:saml=\"{ASSERTION}\">{}</saml:Issuer><samlp:Status>{status}</samlp:Status>{assertion}</samlp:Response>",
        attribute(&request.consumer),
        attribute(&request.id),
        text(&call.issuer),
    )
}

fn assertion(call: &mut Call<'_>, request: &Request, person: &Person) -> String {
    let (id, now, end) =
        (format!("_{}", call.random.uuid()), xml_date(call.now_ms), xml_date(call.now_ms + LIFETIME_MS));
    let (recipient, request_id) = (attribute(&request.consumer), attribute(&request.id));
    let head = format!(
        "<saml:Assertion xmlns:saml=\"{ASSERTION}\" ID=\"{id}\" IssueInstant=\"{now}\" Version=\"2.0\"><saml:Issuer>{}</saml:Issuer>",
        text(&call.issuer)
    );
    let body = format!(
        "<saml:Subject><saml:NameID Format=\"urn:oasis:names:tc:SAML:2.0:nameid-format:persistent\">{}</saml:NameID>\
         <saml:SubjectConfirmation Method=\"urn:oasis:names:tc:SAML:2.0:cm:bearer\">\
         <saml:SubjectConfirmationData InResponseTo=\"{request_id}\" NotOnOrAfter=\"{end}\" Recipient=\"{recipient}\"></saml:SubjectConfirmationData>\
         </saml:SubjectConfirmation></saml:Subject>\
         <saml:Conditions NotBefore=\"{now}\" NotOnOrAfter=\"{end}\"><saml:AudienceRestriction><saml:Audience>{}</saml:Audience>\
         </saml:AudienceRestriction></saml:Conditions>\
         <saml:AuthnStatement AuthnInstant=\"{now}\" SessionIndex=\"{id}\"><saml:AuthnContext><saml:AuthnContextClassRef>\
         urn:oasis:names:tc:SAML:2.0:ac:classes:unspecified</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>\
         <saml:AttributeStatement>{}</saml:AttributeStatement></saml:Assertion>",
        text(&person.subject(call.kind)),
        text(&request.issuer),
        attributes(person),
    );
    let digest = STANDARD.encode(Sha256::digest(format!("{head}{body}")));
    let info = format!(
        "<ds:SignedInfo xmlns:ds=\"{SIGNATURE}\"><ds:CanonicalizationMethod Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\"></ds:CanonicalizationMethod>\
         <ds:SignatureMethod Algorithm=\"http://www.w3.org/2001/04/xmldsig-more#rsa-sha256\"></ds:SignatureMethod>\
         <ds:Reference URI=\"#{id}\"><ds:Transforms><ds:Transform Algorithm=\"{SIGNATURE}enveloped-signature\"></ds:Transform>\
         <ds:Transform Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\"></ds:Transform></ds:Transforms>\
         <ds:DigestMethod Algorithm=\"http://www.w3.org/2001/04/xmlenc#sha256\"></ds:DigestMethod>\
         <ds:DigestValue>{digest}</ds:DigestValue></ds:Reference></ds:SignedInfo>"
    );
    let foreign = call.forgery.as_ref().is_some_and(|forgery| forgery.sign == Signer::Foreign);
    let key = call.keys.key(call.kind.key_id(), if foreign { Role::Foreign } else { Role::Id });
    let value = STANDARD.encode(key.sign(info.as_bytes()).unwrap_or_default());
    format!(
        "{head}<ds:Signature xmlns:ds=\"{SIGNATURE}\">{info}<ds:SignatureValue>{value}</ds:SignatureValue></ds:Signature>{body}"
    )
}

fn attributes(person: &Person) -> String {
    let named = [
        ("name", Some(person.name())),
        ("givenname", Some(person.given_name.to_owned())),
        ("surname", Some(person.family_name.to_owned())),
        ("emailaddress", person.email.map(str::to_owned)),
    ];
    let one = |name: &str, value: String| {
        format!(
            "<saml:Attribute Name=\"{CLAIMS}{name}\"><saml:AttributeValue>{}</saml:AttributeValue></saml:Attribute>",
            text(&value)
        )
    };
    named.into_iter().filter_map(|(name, value)| Some(one(name, value?))).collect()
}

/// Character data in its canonical form.
fn text(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('\r', "&#xD;")
}

/// An attribute's value in its canonical form.
fn attribute(text: &str) -> String {
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
    escaped.replace('\t', "&#x9;").replace('\n', "&#xA;").replace('\r', "&#xD;")
}
