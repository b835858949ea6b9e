//! A SAML response and what it must say (SAML 2.0 Assertions, section 4.1.4.3).

use serde_json::{Map, Value};
use uppsala::NodeId;

use super::xml::Xml;
use super::{ASSERTION, Metadata, PROTOCOL, signature};
use crate::core::wire::date::parse_xml_date;

/// How far the clocks may be apart.
const SKEW_MS: u64 = 5 * 60 * 1000;

const SUCCESS: &str = "urn:oasis:names:tc:SAML:2.0:status:Success";
const BEARER: &str = "urn:oasis:names:tc:SAML:2.0:cm:bearer";

/// What a provider says about a person.
pub(crate) struct Assertion {
    pub(crate) subject: String,
    /// Attributes by the provider's names.
    pub(crate) claims: Map<String, Value>,
    /// Entity ID of the provider.
    pub(crate) issuer: Option<String>,
}

/// What is known before the response is read.
pub(crate) struct Expected<'a> {
    pub(crate) metadata: &'a Metadata,
    /// Entity id of the user pool.
    pub(crate) audience: &'a str,
    /// Where the response was posted to.
    pub(crate) recipient: &'a str,
    /// ID of the AuthnRequest.
    pub(crate) request_id: &'a str,
    pub(crate) now_ms: u64,
}

/// Why nobody is signed in.
#[derive(Debug)]
pub(crate) enum Failure {
    Invalid(String),
    /// The provider answered with another status than success: its last part.
    Status(String),
}

impl From<&str> for Failure {
    fn from(text: &str) -> Self {
        Self::Invalid(text.into())
    }
}

/// Reads a response.
///
/// # Errors
/// [`Failure`].
pub(crate) fn read(text: &str, expected: &Expected<'_>) -> Result<Assertion, Failure> {
    let xml = Xml::parse(text)?;
    let response = xml.root;
    if !xml.is(response, PROTOCOL, "Response") || xml.attribute(response, "Version") != Some("2.0") {
        return Err("the root is not a Response of version 2.0".into());
    }
    if xml.attribute(response, "InResponseTo").is_some_and(|id| id != expected.request_id) {
        return Err("InResponseTo is not the ID of the request".into());
    }
    if xml.attribute(response, "Destination").is_some_and(|at| at != expected.recipient) {
        return Err("the Destination is another one".into());
    }
    let status = xml.only(response, PROTOCOL, "Status").and_then(|node| xml.only(node, PROTOCOL, "StatusCode"));
    let status = status.ok_or("there is no Status")?;
    if xml.attribute(status, "Value") != Some(SUCCESS) {
        let detail = xml.only(status, PROTOCOL, "StatusCode").unwrap_or(status);
        let value = xml.attribute(detail, "Value").unwrap_or_default();
        return Err(Failure::Status(value.rsplit(':').next().unwrap_or_default().chars().take(100).collect()));
    }
    let assertion = xml.only(response, ASSERTION, "Assertion").ok_or("there must be one plain Assertion")?;
    let covered = signature::verify(&xml, assertion, &expected.metadata.keys);
    covered.or_else(|reason| {
        // Some providers sign the response around the assertion instead.
        signature::verify(&xml, response, &expected.metadata.keys)
            .map_err(|_| Failure::Invalid(format!("the Assertion: {reason}")))
    })?;
    check(&xml, assertion, expected)?;
    profile(&xml, assertion, expected)
}

fn check(xml: &Xml<'_>, assertion: NodeId, expected: &Expected<'_>) -> Result<(), Failure> {
    let text = |node, name| xml.only(node, ASSERTION, name).map(|node| xml.text(node));
    if text(assertion, "Issuer").as_deref() != Some(&expected.metadata.entity_id) {
        return Err("the Issuer is not the entityID of the provider".into());
    }
    let conditions = xml.only(assertion, ASSERTION, "Conditions").ok_or("there are no Conditions")?;
    if !in_time(xml, conditions, expected.now_ms) {
        return Err("the Assertion is not valid now".into());
    }
    let restrictions = xml.children(conditions, ASSERTION, "AudienceRestriction");
    let names = |node: &NodeId| {
        xml.children(*node, ASSERTION, "Audience").into_iter().any(|node| xml.text(node) == expected.audience)
    };
    if restrictions.is_empty() || !restrictions.iter().all(names) {
        return Err("the Audience is not this user pool".into());
    }
    let subject = xml.only(assertion, ASSERTION, "Subject").ok_or("there is no Subject")?;
    let confirms = |node: &NodeId| {
        let data = xml.only(*node, ASSERTION, "SubjectConfirmationData");
        xml.attribute(*node, "Method") == Some(BEARER)
            && data.is_some_and(|data| {
                xml.attribute(data, "Recipient") == Some(expected.recipient)
                    && xml.attribute(data, "InResponseTo") == Some(expected.request_id)
                    && xml.attribute(data, "NotOnOrAfter").is_some()
                    && in_time(xml, data, expected.now_ms)
            })
    };
    if !xml.children(subject, ASSERTION, "SubjectConfirmation").iter().any(confirms) {
        return Err("no bearer SubjectConfirmation fits recipient, request and time".into());
    }
    Ok(())
}

/// `NotBefore` and `NotOnOrAfter`; a time that can't be read is never.
fn in_time(xml: &Xml<'_>, node: NodeId, now_ms: u64) -> bool {
    let begun = match xml.attribute(node, "NotBefore") {
        None => true,
        Some(text) => parse_xml_date(text).is_some_and(|at| at <= now_ms.saturating_add(SKEW_MS)),
    };
    let not_over = match xml.attribute(node, "NotOnOrAfter") {
        None => true,
        Some(text) => parse_xml_date(text).is_some_and(|at| now_ms < at.saturating_add(SKEW_MS)),
    };
    begun && not_over
}

fn profile(xml: &Xml<'_>, assertion: NodeId, expected: &Expected<'_>) -> Result<Assertion, Failure> {
    let subject = xml.only(assertion, ASSERTION, "Subject").and_then(|node| xml.only(node, ASSERTION, "NameID"));
    let subject =
        subject.map(|node| xml.text(node)).filter(|text| !text.is_empty() && !text.contains(char::is_whitespace));
    let subject = subject.ok_or("there is no NameID")?;
    let mut claims = Map::new();
    for statement in xml.children(assertion, ASSERTION, "AttributeStatement") {
        for attribute in xml.children(statement, ASSERTION, "Attribute") {
            let Some(name) = xml.attribute(attribute, "Name") else { continue };
            let values = xml.children(attribute, ASSERTION, "AttributeValue").into_iter();
            let mut values: Vec<Value> = values.map(|node| xml.text(node).into()).collect();
            let value = if values.len() == 1 { values.remove(0) } else { Value::from(values) };
            claims.insert(name.into(), value);
        }
    }
    Ok(Assertion { subject, claims, issuer: Some(expected.metadata.entity_id.clone()) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    // Made and signed by another program, see make.py there.
    const METADATA: &str = include_str!("../../../tests/saml/metadata.xml");
    const ASSERTION_SIGNED: &str = include_str!("../../../tests/saml/assertion_signed.xml");
    const RESPONSE_SIGNED: &str = include_str!("../../../tests/saml/response_signed.xml");
    const NOW_MS: u64 = 1_762_419_903_000;

    fn read_with(text: &str, change: impl FnOnce(&mut Expected<'_>)) -> Result<Assertion, Failure> {
        let metadata = Metadata::read(METADATA).unwrap();
        let mut expected = Expected {
            metadata: &metadata,
            audience: "urn:amazon:cognito:sp:eu-west-1_PoolPass1",
            recipient: "http://localhost:9400/saml2/idpresponse",
            request_id: "_request",
            now_ms: NOW_MS,
        };
        change(&mut expected);
        read(text, &expected)
    }

    fn refusal(text: &str) -> String {
        match read_with(text, |_| {}) {
            Err(Failure::Invalid(text)) => text,
            Err(Failure::Status(status)) => panic!("{status}"),
            Ok(profile) => panic!("accepted {}", profile.subject),
        }
    }

    #[test]
    fn what_another_program_signed_is_read() {
        for text in [ASSERTION_SIGNED, RESPONSE_SIGNED] {
            let profile = read_with(text, |_| {}).unwrap();
            assert_eq!(profile.subject, "j.döe@example.com");
            assert_eq!(profile.issuer.as_deref(), Some("https://idp.example.com/entity"));
            let expected =
                json!({ "mail": "j.döe@example.com", "name": "John <Döe> & \"Sons\"", "groups": ["a", "b"] });
            assert_eq!(Value::from(profile.claims), expected);
        }
    }

    #[test]
    fn every_change_breaks_the_signature() {
        for (from, to) in [
            ("j.döe@example.com</saml:NameID>", "admin@example.com</saml:NameID>"),
            ("<saml:AttributeValue>a<", "<saml:AttributeValue>admins<"),
            ("Name=\"groups\"", "Name=\"roles\""),
            ("NotOnOrAfter=\"2025-11-06T09:10:03Z\">", "NotOnOrAfter=\"2035-11-06T09:10:03Z\">"),
            ("eu-west-1_PoolPass1", "eu-west-1_PoolPass2"),
            ("</saml:AttributeStatement>", "</saml:AttributeStatement> "),
        ] {
            for text in [ASSERTION_SIGNED, RESPONSE_SIGNED] {
                assert!(text.contains(from), "{from}");
                let refusal = refusal(&text.replacen(from, to, 1));
                assert!(refusal.starts_with("the Assertion: it "), "{from}: {refusal}");
            }
        }
        let other = ASSERTION_SIGNED.replacen("rsa-sha256", "rsa-sha1", 1);
        assert!(refusal(&other).contains("not of the form"), "an algorithm that is broken");
        let comment = ASSERTION_SIGNED.replacen("j.döe@example.com</", "j.döe@<!-- -->example.com</", 1);
        assert_eq!(read_with(&comment, |_| {}).unwrap().subject, "j.döe@example.com", "comments are not signed");
    }

    #[test]
    fn a_signed_assertion_does_not_vouch_for_another() {
        let between = |text: &str, begin: &str, end: &str| {
            let start = text.find(begin).unwrap();
            let stop = text.rfind(end).unwrap() + end.len();
            (text[..start].to_owned(), text[start..stop].to_owned(), text[stop..].to_owned())
        };
        let (head, signed, tail) = between(ASSERTION_SIGNED, "<saml:Assertion ", "</saml:Assertion>");
        let (before, signature, after) = between(&signed, "<ds:Signature ", "</ds:Signature>");
        let evil = |id: &str, inner: &str| {
            format!("{before}{inner}{after}")
                .replace("_assertion", id)
                .replace("j.döe@example.com", "admin@example.com")
        };
        let wrapped = |assertions: &str| refusal(&format!("{head}{assertions}{tail}"));
        assert!(wrapped(&format!("{}{signed}", evil("_evil", ""))).contains("one plain Assertion"));
        assert!(wrapped(&evil("_evil", "")).contains("exactly one signature"));
        let object = format!("<ds:Object>{signed}</ds:Object></ds:Signature>");
        let holding = signature.replace("</ds:Signature>", &object);
        let same_id = format!("{before}{holding}{after}").replacen("j.döe@example.com", "admin@example.com", 1);
        assert!(wrapped(&same_id).contains("belongs to another element"));
        let other_id = same_id.replacen("ID=\"_assertion\"", "ID=\"_evil\"", 1);
        assert!(wrapped(&other_id).contains("belongs to another element"));
        let extension = format!("<samlp:Extensions>{signed}</samlp:Extensions>{}", evil("_evil", &signature));
        assert!(wrapped(&extension).starts_with("the Assertion: it"));
    }

    #[test]
    fn what_is_said_to_others_or_too_late_is_refused() {
        let word = |change: fn(&mut Expected<'_>)| match read_with(ASSERTION_SIGNED, change) {
            Err(Failure::Invalid(text)) => text,
            _ => panic!("must be refused"),
        };
        assert!(word(|expected| expected.audience = "urn:amazon:cognito:sp:eu-west-1_Other").contains("Audience"));
        assert!(word(|expected| expected.recipient = "http://localhost:9400/").contains("Destination"));
        assert!(word(|expected| expected.request_id = "_other").contains("InResponseTo"));
        assert!(word(|expected| expected.now_ms += 10 * 60 * 1000).contains("not valid now"));
        assert!(word(|expected| expected.now_ms -= 10 * 60 * 1000).contains("not valid now"));
        // Without the words of the unsigned envelope, the signed ones count.
        let bare =
            ASSERTION_SIGNED.replacen(" InResponseTo=\"_request\"", "", 1).replacen(" Destination=", " Consent=", 1);
        assert!(read_with(&bare, |_| {}).is_ok());
        let wrong = read_with(&bare, |expected| expected.request_id = "_other");
        assert!(matches!(wrong, Err(Failure::Invalid(text)) if text.contains("SubjectConfirmation")));
        let wrong = read_with(&bare, |expected| expected.recipient = "http://localhost:9400/");
        assert!(matches!(wrong, Err(Failure::Invalid(text)) if text.contains("SubjectConfirmation")));
    }

    #[test]
    fn metadata_must_have_all_that_is_needed() {
        for (from, to, word) in [
            ("<md:EntityDescriptor", "<md:EntitiesDescriptor", "malformed"),
            ("entityID=", "id=", "entityID"),
            ("HTTP-Redirect", "HTTP-Artifact", "HTTP-Redirect"),
            ("use=\"signing\"", "use=\"encryption\"", "RSA key"),
            ("<ds:X509Certificate>", "<ds:X509Certificate>AAAA", "RSA key"),
            ("urn:oasis:names:tc:SAML:2.0:metadata", "urn:other", "EntityDescriptor"),
        ] {
            let changed = METADATA.replacen(from, to, 1);
            assert!(Metadata::read(&changed).is_err_and(|text| text.contains(word)), "{from}");
        }
    }
}
