//! Every case of `vectors/srp_user.json` and `vectors/srp_device.json`, each intermediate value asserted. Runs
//! natively and in Chromium.

use poolpass::crypto::group::Element;
use poolpass::encode::{base64, hex};
use poolpass::secret::Secret;
use poolpass::srp::device::DeviceVerifier;
use poolpass::srp::{
    Challenge, EphemeralKey, Identity, claim_key, claim_signature, pad, password_exponent, premaster_secret, scrambler,
};
use serde_json::Value;

fn vectors() -> Value {
    serde_json::from_str(include_str!("../vectors/srp_user.json")).unwrap()
}

fn text<'a>(case: &'a Value, key: &str) -> &'a str {
    case[key].as_str().unwrap_or_else(|| panic!("{key} of {}", case["name"]))
}

fn integer(case: &Value, key: &str) -> Vec<u8> {
    hex::decode_integer(text(case, key)).unwrap()
}

fn bytes_hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// `a` as bytes at the length that the kit itself uses at least.
fn exponent(case: &Value) -> Secret<Vec<u8>> {
    let a = integer(case, "a_hex");
    let mut bytes = vec![0; 32usize.saturating_sub(a.len())];
    bytes.extend(a);
    Secret::new(bytes)
}

fn check_case(case: &Value) {
    let name = text(case, "name");
    let identity = Identity { group: text(case, "pool_name"), user: text(case, "user_id_for_srp") };
    let password = Secret::from(text(case, "password"));
    let key = EphemeralKey::new(exponent(case)).unwrap();
    assert_eq!(key.public_hex(), text(case, "srp_a_hex"), "A of {name}");

    let (a_public, b_public, salt) =
        (integer(case, "srp_a_hex"), integer(case, "srp_b_hex"), integer(case, "salt_hex"));
    let u = scrambler(&a_public, &b_public);
    assert_eq!(bytes_hex(&u), text(case, "u_sha256_hex"), "u of {name}");
    assert_eq!(bytes_hex(&pad(&u)), text(case, "u_padded_hex"), "pad(u) of {name}");
    assert_eq!(bytes_hex(&pad(&salt)), text(case, "salt_padded_hex"), "pad(salt) of {name}");

    let x = password_exponent(&salt, &identity, &password);
    assert_eq!(hex::encode_integer(x.expose_secret()), text(case, "x_hex"), "x of {name}");
    let verifier = Element::generator_power(x.expose_secret()).to_be_bytes();
    assert_eq!(hex::encode_integer(&verifier), text(case, "verifier_hex"), "v of {name}");

    let premaster = premaster_secret(&exponent(case), &Element::reduce(&b_public), &u, &x);
    assert_eq!(hex::encode_integer(&premaster.to_be_bytes()), text(case, "S_hex"), "S of {name}");
    for (part, padded) in [
        ("A", pad(&a_public)),
        ("B", pad(&b_public)),
        ("u", pad(&u)),
        ("salt", pad(&salt)),
        ("S", pad(&premaster.to_be_bytes())),
    ] {
        assert_eq!(
            padded.len() as u64,
            case["padded_bytes"][part].as_u64().unwrap(),
            "length of pad({part}) of {name}"
        );
    }

    let claim = claim_key(&u, &premaster);
    assert_eq!(bytes_hex(claim.expose_secret()), text(case, "hkdf_key_hex"), "K of {name}");
    let block = base64::decode(text(case, "secret_block_b64")).unwrap();
    let signature = base64::encode(&claim_signature(&claim, &identity, &block, text(case, "timestamp")));
    assert_eq!(signature, text(case, "password_claim_signature_b64"), "signature of {name}");
}

/// All cases, step by step.
pub(crate) fn every_case_step_by_step() {
    let vectors = vectors();
    let cases = vectors["cases"].as_array().unwrap();
    assert_eq!(cases.len(), 45);
    cases.iter().for_each(check_case);
}

/// All cases of remembered devices, step by step.
pub(crate) fn every_device_case_step_by_step() {
    let vectors: Value = serde_json::from_str(include_str!("../vectors/srp_device.json")).unwrap();
    let cases = vectors["cases"].as_array().unwrap();
    assert_eq!(cases.len(), 15);
    cases.iter().for_each(check_device_case);
}

fn check_device_case(case: &Value) {
    let name = text(case, "name");
    let identity = Identity { group: text(case, "device_group_key"), user: text(case, "device_key") };
    let password = Secret::from(text(case, "device_password"));
    assert_eq!(EphemeralKey::new(exponent(case)).unwrap().public_hex(), text(case, "srp_a_hex"), "A of {name}");

    let (a_public, b_public) = (integer(case, "srp_a_hex"), integer(case, "srp_b_hex"));
    let u = scrambler(&a_public, &b_public);
    assert_eq!(bytes_hex(&u), text(case, "u_sha256_hex"), "u of {name}");
    let x = password_exponent(&integer(case, "salt_param_hex"), &identity, &password);
    assert_eq!(hex::encode_integer(x.expose_secret()), text(case, "x_hex"), "x of {name}");
    let verifier = pad(&Element::generator_power(x.expose_secret()).to_be_bytes());
    assert_eq!(base64::encode(&verifier), text(case, "password_verifier_b64"), "v of {name}");
    check_device_verifier(case, &identity);
    let premaster = premaster_secret(&exponent(case), &Element::reduce(&b_public), &u, &x);
    assert_eq!(hex::encode_integer(&premaster.to_be_bytes()), text(case, "S_hex"), "S of {name}");

    let key = claim_key(&u, &premaster);
    assert_eq!(bytes_hex(key.expose_secret()), text(case, "hkdf_key_hex"), "K of {name}");
    let block = base64::decode(text(case, "secret_block_b64")).unwrap();
    let signature = base64::encode(&claim_signature(&key, &identity, &block, text(case, "timestamp")));
    assert_eq!(signature, text(case, "password_claim_signature_b64"), "signature of {name}");
}

/// What a new device is confirmed with.
fn check_device_verifier(case: &Value, identity: &Identity<'_>) {
    let name = text(case, "name");
    let password = Secret::new(random(text(case, "password_random_hex")));
    let device = DeviceVerifier::new(identity, &password, &random(text(case, "salt_random_hex")));
    assert_eq!(device.password.expose_secret(), text(case, "device_password"), "password of {name}");
    assert_eq!(device.salt, text(case, "salt_b64"), "salt of {name}");
    assert_eq!(device.verifier, text(case, "password_verifier_b64"), "verifier of {name}");
}

/// Random bytes, written with two digits each.
fn random<const N: usize>(digits: &str) -> [u8; N] {
    assert_eq!(digits.len(), 2 * N);
    std::array::from_fn(|at| u8::from_str_radix(&digits[2 * at..2 * at + 2], 16).unwrap())
}

/// All cases through the one call that a sign-in makes, at the time of the vector.
pub(crate) fn every_case_in_one_call() {
    let times: Value = serde_json::from_str(include_str!("../vectors/timestamps.json")).unwrap();
    let epoch_of = |timestamp: &str| {
        let rows = times["cases"].as_array().unwrap();
        rows.iter().find(|row| row["timestamp"] == timestamp).map(|row| row["epoch_ms"].as_i64().unwrap())
    };
    let mut dated = 0;
    for case in vectors()["cases"].as_array().unwrap() {
        let key = EphemeralKey::new(exponent(case)).unwrap();
        let identity = Identity { group: text(case, "pool_name"), user: text(case, "user_id_for_srp") };
        let challenge = Challenge {
            salt: text(case, "salt_hex"),
            server_public: text(case, "srp_b_hex"),
            secret_block: text(case, "secret_block_b64"),
        };
        let password = Secret::from(text(case, "password"));
        let now_ms = epoch_of(text(case, "timestamp"));
        let proof = key.prove(&identity, &password, &challenge, now_ms.unwrap_or(0)).unwrap();
        if now_ms.is_some() {
            assert_eq!(proof.timestamp, text(case, "timestamp"));
            assert_eq!(proof.signature, text(case, "password_claim_signature_b64"));
            dated += 1;
        }
    }
    assert!(dated > 0, "no timestamp of the SRP vectors is among the timestamp vectors");
}

/// B mod N = 0 is refused, every other B gives the key of the vectors.
pub(crate) fn server_values_that_break_srp_are_refused() {
    let vectors = vectors();
    let inputs = &vectors["server_b_values_inputs"];
    let identity = Identity { group: text(inputs, "pool_name"), user: text(inputs, "user_id_for_srp") };
    let password = Secret::from(text(inputs, "password"));
    let (mut refused, mut accepted) = (0, 0);
    for case in vectors["server_b_values"].as_array().unwrap() {
        let key = EphemeralKey::new(exponent(inputs)).unwrap();
        assert_eq!(key.public_hex(), text(inputs, "srp_a_hex"));
        let challenge =
            Challenge { salt: text(inputs, "salt_hex"), server_public: text(case, "srp_b_hex"), secret_block: "AA==" };
        let proof = key.prove(&identity, &password, &challenge, 0);
        if case["client_must_abort"].as_bool().unwrap() {
            assert!(proof.is_err_and(|error| error.code() == "srp_refused"), "{}", case["name"]);
            refused += 1;
        } else {
            assert!(proof.is_ok(), "{}", case["name"]);
            let b_public = integer(case, "srp_b_hex");
            let u = scrambler(&integer(inputs, "srp_a_hex"), &b_public);
            let x = password_exponent(&integer(inputs, "salt_hex"), &identity, &password);
            let premaster = premaster_secret(&exponent(inputs), &Element::reduce(&b_public), &u, &x);
            assert_eq!(bytes_hex(claim_key(&u, &premaster).expose_secret()), text(case, "hkdf_key_hex"));
            accepted += 1;
        }
    }
    assert!(refused >= 3 && accepted >= 3, "{refused} refused, {accepted} accepted");
}
