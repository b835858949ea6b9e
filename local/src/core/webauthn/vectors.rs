//! Passkeys and sign-ins made by python-fido2 and soft-webauthn (`tests/webauthn/vectors.py`), and what must not be accepted.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use super::assertion::Genuine;
use super::{Assertion, Expected, Known, NewCredential, Refusal, Registration};

fn vectors(kind: &str) -> Vec<Vector> {
    let all: Value = serde_json::from_str(include_str!("../../../tests/webauthn/vectors.json")).unwrap();
    let list: Vec<Vector> = all[kind].as_array().unwrap().iter().cloned().map(Vector).collect();
    assert_eq!(list.len(), 4);
    list
}

struct Vector(Value);

impl Vector {
    fn text(&self, name: &str) -> &str {
        self.0[name].as_str().unwrap()
    }

    fn expected<'a>(&'a self, challenge: &'a str) -> Expected<'a> {
        let user_verification = self.0["userVerified"].as_bool().unwrap();
        Expected { rp_id: self.text("rpId"), challenge: self.text(challenge), user_verification }
    }

    fn count(&self, index: usize) -> u32 {
        self.0["counts"][index].as_u64().unwrap().try_into().unwrap()
    }

    fn registered(&self) -> NewCredential {
        register(&self.0["registration"], &self.expected("createChallenge")).unwrap()
    }
}

fn register(json: &Value, expected: &Expected<'_>) -> Result<NewCredential, Refusal> {
    Registration::read(json)?.verify(expected)
}

fn sign_in(
    json: &Value,
    expected: &Expected<'_>,
    credential: &NewCredential,
    handle: &str,
) -> Result<Genuine, Refusal> {
    let known = Known {
        public_key: &credential.public_key,
        sign_count: credential.sign_count,
        backup_eligible: credential.backup_eligible,
        user_handle: &URL_SAFE_NO_PAD.decode(handle).unwrap(),
    };
    Assertion::read(json)?.verify(expected, &known)
}

/// With one binary member changed.
fn changed(json: &Value, member: &str, change: impl FnOnce(&mut Vec<u8>)) -> Value {
    let mut json = json.clone();
    let mut bytes = URL_SAFE_NO_PAD.decode(json["response"][member].as_str().unwrap()).unwrap();
    change(&mut bytes);
    json["response"][member] = json!(URL_SAFE_NO_PAD.encode(bytes));
    json
}

fn with_client_data(json: &Value, name: &str, value: Value) -> Value {
    changed(json, "clientDataJSON", |bytes| {
        let mut data: Value = serde_json::from_slice(bytes).unwrap();
        data[name] = value;
        *bytes = data.to_string().into_bytes();
    })
}

#[test]
fn what_others_made_is_accepted() {
    for vector in vectors("good") {
        let credential = vector.registered();
        assert_eq!(credential.id, vector.0["registration"]["id"].as_str().unwrap());
        assert_eq!(credential.sign_count, vector.count(0));
        assert_eq!(credential.backup_eligible, vector.text("name") == "synced");
        let handle = vector.text("userHandle");
        let genuine = sign_in(&vector.0["assertion"], &vector.expected("getChallenge"), &credential, handle);
        let user_verified = vector.0["userVerified"] == true;
        assert_eq!(genuine, Ok(Genuine { sign_count: vector.count(1), user_verified }), "{}", vector.text("name"));
    }
}

#[test]
fn other_keys_and_attestations_are_not_supported() {
    for vector in vectors("unsupported") {
        let refusal = register(&vector.0["registration"], &vector.expected("createChallenge")).unwrap_err();
        assert!(matches!(refusal, Refusal::Unsupported(_)), "{}: {refusal:?}", vector.text("name"));
    }
}

#[test]
fn another_challenge_origin_or_relying_party_is_refused() {
    for vector in vectors("good") {
        let (credential, handle) = (vector.registered(), vector.text("userHandle"));
        let registration = |expected: &Expected<'_>| register(&vector.0["registration"], expected).unwrap_err();
        let assertion =
            |expected: &Expected<'_>| sign_in(&vector.0["assertion"], expected, &credential, handle).unwrap_err();
        let (create, get) = (vector.expected("createChallenge"), vector.expected("getChallenge"));
        assert_eq!(registration(&get), Refusal::Challenge);
        assert_eq!(assertion(&create), Refusal::Challenge);
        let foreign = |expected| Expected { rp_id: "example.org", ..expected };
        assert_eq!(registration(&foreign(create)), Refusal::Origin);
        assert_eq!(assertion(&foreign(get)), Refusal::Origin);
        // The page may use a parent domain too, but the passkey is not that one's.
        if vector.text("rpId") == "example.com" {
            let other = |expected| Expected { rp_id: "login.example.com", ..expected };
            assert_eq!(registration(&other(create)), Refusal::RelyingParty);
            assert_eq!(assertion(&other(get)), Refusal::RelyingParty);
        }
        for (name, value, refusal) in [
            ("type", json!("webauthn.other"), Refusal::Malformed("clientDataJSON")),
            ("challenge", json!(7), Refusal::Malformed("clientDataJSON")),
            ("challenge", json!(""), Refusal::Challenge),
            ("origin", json!(null), Refusal::Malformed("clientDataJSON")),
            ("origin", json!("https://example.net"), Refusal::Origin),
            ("crossOrigin", json!(true), Refusal::Origin),
            ("topOrigin", json!("https://example.net"), Refusal::Origin),
        ] {
            let made = with_client_data(&vector.0["registration"], name, value.clone());
            assert_eq!(register(&made, &create).unwrap_err(), refusal, "{name}");
            let used = with_client_data(&vector.0["assertion"], name, value);
            assert_eq!(sign_in(&used, &get, &credential, handle).unwrap_err(), refusal, "{name}");
        }
    }
}

/// A passkey's client data in place of a sign-in's, and the other way round.
#[test]
fn one_ceremony_is_not_the_other() {
    for vector in vectors("good") {
        let mut registration = vector.0["registration"].clone();
        registration["response"]["clientDataJSON"] = vector.0["assertion"]["response"]["clientDataJSON"].clone();
        let refusal = register(&registration, &vector.expected("getChallenge")).unwrap_err();
        assert_eq!(refusal, Refusal::Malformed("clientDataJSON"));
        let mut assertion = vector.0["assertion"].clone();
        assertion["response"]["clientDataJSON"] = vector.0["registration"]["response"]["clientDataJSON"].clone();
        let expected = vector.expected("createChallenge");
        let refusal = sign_in(&assertion, &expected, &vector.registered(), vector.text("userHandle")).unwrap_err();
        assert_eq!(refusal, Refusal::Malformed("clientDataJSON"));
    }
}

#[test]
fn every_changed_bit_of_a_sign_in_is_noticed() {
    for vector in vectors("good") {
        let (credential, handle) = (vector.registered(), vector.text("userHandle"));
        for member in ["clientDataJSON", "authenticatorData", "signature"] {
            let text = vector.0["assertion"]["response"][member].as_str().unwrap();
            for index in 0..URL_SAFE_NO_PAD.decode(text).unwrap().len() {
                let made = changed(&vector.0["assertion"], member, |bytes| bytes[index] ^= 1);
                let outcome = sign_in(&made, &vector.expected("getChallenge"), &credential, handle);
                assert!(outcome.is_err(), "{} {member} {index}", vector.text("name"));
            }
        }
        let mut other = vector.0["assertion"].clone();
        other["response"]["userHandle"] = json!("AAAA");
        let refusal = sign_in(&other, &vector.expected("getChallenge"), &credential, handle).unwrap_err();
        assert_eq!(refusal, Refusal::UserHandle);
        other["response"]["userHandle"] = json!(null);
        sign_in(&other, &vector.expected("getChallenge"), &credential, handle).unwrap();
    }
}

#[test]
fn flags_and_counters_are_checked() {
    for vector in vectors("good") {
        let (mut credential, handle) = (vector.registered(), vector.text("userHandle"));
        let expected = vector.expected("getChallenge");
        let flag = |mask: u8, json: &Value| changed(json, "authenticatorData", |bytes| bytes[32] ^= mask);
        let assertion = &vector.0["assertion"];
        let refusal = |json: &Value| sign_in(json, &expected, &credential, handle).unwrap_err();
        assert_eq!(refusal(&flag(1, assertion)), Refusal::UserPresence);
        assert_eq!(refusal(&flag(8, assertion)), Refusal::Backup);
        if credential.backup_eligible {
            assert_eq!(refusal(&flag(4, assertion)), Refusal::UserVerification);
        } else {
            assert_eq!(refusal(&flag(16, assertion)), Refusal::Backup, "backed up but not eligible");
        }
        let longer = changed(assertion, "authenticatorData", |bytes| bytes.push(0));
        assert_eq!(refusal(&longer), Refusal::Malformed("authenticatorData"));
        if vector.count(1) > 0 {
            credential.sign_count = vector.count(1);
            let refusal = sign_in(assertion, &expected, &credential, handle).unwrap_err();
            assert_eq!(refusal, Refusal::SignCount, "the counter stood still");
        }
        let strict = Expected { user_verification: true, ..expected };
        let verified = sign_in(assertion, &strict, &vector.registered(), handle).is_ok();
        assert_eq!(verified, vector.0["userVerified"] == true);
        let strict = Expected { user_verification: true, ..vector.expected("createChallenge") };
        assert_eq!(register(&vector.0["registration"], &strict).is_ok(), vector.0["userVerified"] == true);
    }
}

#[test]
fn what_is_missing_or_of_another_form_is_refused() {
    for vector in vectors("good") {
        let (credential, handle) = (vector.registered(), vector.text("userHandle"));
        let bad = [json!(null), json!(7), json!(""), json!("====")];
        for (member, value) in ["id", "rawId", "type", "clientExtensionResults", "response"]
            .iter()
            .flat_map(|member| bad.iter().map(move |value| (*member, value)))
        {
            let (mut made, mut used) = (vector.0["registration"].clone(), vector.0["assertion"].clone());
            made[member] = value.clone();
            used[member] = value.clone();
            assert!(register(&made, &vector.expected("createChallenge")).is_err(), "{member} {value}");
            assert!(sign_in(&used, &vector.expected("getChallenge"), &credential, handle).is_err(), "{member} {value}");
        }
        for (member, value) in
            ["clientDataJSON", "attestationObject"].iter().flat_map(|m| bad.iter().map(move |value| (*m, value)))
        {
            let mut made = vector.0["registration"].clone();
            made["response"][member] = value.clone();
            assert!(register(&made, &vector.expected("createChallenge")).is_err(), "{member} {value}");
        }
        for (member, value) in [("transports", json!("usb")), ("transports", json!([1]))] {
            let mut made = vector.0["registration"].clone();
            made["response"][member] = value;
            assert!(register(&made, &vector.expected("createChallenge")).is_err(), "{member}");
        }
        for json in [json!(null), json!([]), json!("x")] {
            assert!(register(&json, &vector.expected("createChallenge")).is_err());
            assert!(sign_in(&json, &vector.expected("getChallenge"), &credential, handle).is_err());
        }
    }
}

/// An attestation object cut short or with bytes that were changed is refused or still the same passkey: nothing panics, and nothing
/// becomes a passkey under another id.
#[test]
fn broken_attestation_objects_do_no_harm() {
    for vector in vectors("good").into_iter().chain(vectors("unsupported")) {
        let registration = &vector.0["registration"];
        let text = registration["response"]["attestationObject"].as_str().unwrap();
        let length = URL_SAFE_NO_PAD.decode(text).unwrap().len();
        let expected = vector.expected("createChallenge");
        for index in 0..length {
            let cut = changed(registration, "attestationObject", |bytes| bytes.truncate(index));
            assert!(register(&cut, &expected).is_err(), "cut at {index}");
            let broken = changed(registration, "attestationObject", |bytes| bytes[index] ^= 0xff);
            let id = registration["id"].as_str();
            assert!(register(&broken, &expected).ok().is_none_or(|credential| Some(credential.id.as_str()) == id));
        }
        let longer = changed(registration, "attestationObject", |bytes| bytes.push(0));
        assert!(register(&longer, &expected).is_err());
    }
}
