//! The options of passkeys and the credentials, between JSON and the browser's objects. Newer browsers convert them themselves
//! (WebAuthn Level 3 sections 5.1.7 to 5.1.9).

use js_sys::{Array, Function, JSON, Object, Promise, Reflect, Uint8Array};
use poolpass::encode::base64;
use poolpass::error::Ceremony;
use poolpass::json::Value;
use poolpass::secret::Secret;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// Whether the browser has passkeys.
pub(super) fn has_passkeys() -> bool {
    class().is_some()
}

/// Whether the browser offers passkeys by autofill.
pub(super) async fn has_autofill() -> bool {
    let Some(Ok(answer)) = call_class("isConditionalMediationAvailable", &JsValue::UNDEFINED) else { return false };
    JsFuture::from(Promise::resolve(&answer)).await.is_ok_and(|is| is.is_truthy())
}

/// The `timeout` of options, which are JSON.
pub(super) fn timeout_ms(options: &str) -> f64 {
    let timeout_ms = Value::parse(options).and_then(|options| options.integer("timeout"));
    timeout_ms.map_or(f64::INFINITY, |ms| ms as f64)
}

/// The browser's form of options.
pub(super) fn options(ceremony: Ceremony, options: &str) -> Result<JsValue, JsValue> {
    let not_json = || JsValue::from(js_sys::TypeError::new(""));
    // An optional member that is null is one that is missing.
    let options = without_null(Value::parse(options).ok_or_else(not_json)?);
    let options = JSON::parse(options.to_json().expose_secret())?;
    let (parse, list) = match ceremony {
        Ceremony::Registration => ("parseCreationOptionsFromJSON", "excludeCredentials"),
        Ceremony::SignIn => ("parseRequestOptionsFromJSON", "allowCredentials"),
    };
    if let Some(parsed) = call_class(parse, &options) {
        return parsed;
    }
    decode(&options, "challenge")?;
    if ceremony == Ceremony::Registration {
        decode(&get(&options, "user")?, "id")?;
    }
    let credentials = get(&options, list)?;
    if !credentials.is_undefined() {
        for credential in Array::from(&credentials) {
            decode(&credential, "id")?;
        }
    }
    Ok(options)
}

fn without_null(value: Value) -> Value {
    match value {
        Value::Object(members) => {
            let members = members.into_iter().filter(|(_, value)| !matches!(value, Value::Null));
            Value::Object(members.map(|(name, value)| (name, without_null(value))).collect())
        }
        Value::Array(elements) => Value::Array(elements.into_iter().map(without_null).collect()),
        other => other,
    }
}

/// A credential as JSON. Password managers replace `navigator.credentials`, and some of their credentials have a `toJSON` that
/// throws, or none.
pub(super) fn credential(credential: &JsValue) -> Result<Secret<String>, JsValue> {
    let json = match call(credential, "toJSON").and_then(|json| JSON::stringify(&json)) {
        Ok(json) => json,
        Err(_) => JSON::stringify(&encoded(credential)?)?,
    };
    json.as_string().map(Secret::new).ok_or(JsValue::UNDEFINED)
}

fn encoded(credential: &JsValue) -> Result<JsValue, JsValue> {
    let json = Object::new();
    for name in ["id", "type", "authenticatorAttachment"] {
        set(&json, name, &get(credential, name)?)?;
    }
    set(&json, "rawId", &encode(&get(credential, "rawId")?))?;
    set(&json, "clientExtensionResults", &call(credential, "getClientExtensionResults")?)?;
    let (response, encoded) = (get(credential, "response")?, Object::new());
    for name in ["clientDataJSON", "authenticatorData", "signature", "userHandle", "attestationObject"] {
        set(&encoded, name, &encode(&get(&response, name)?))?;
    }
    // What a registration has, by methods.
    for (name, method, is_binary) in [
        ("authenticatorData", "getAuthenticatorData", true),
        ("transports", "getTransports", false),
        ("publicKeyAlgorithm", "getPublicKeyAlgorithm", false),
        ("publicKey", "getPublicKey", true),
    ] {
        if let Ok(value) = call(&response, method) {
            set(&encoded, name, &if is_binary { encode(&value) } else { value })?;
        }
    }
    set(&json, "response", &encoded)?;
    Ok(json.into())
}

/// `PublicKeyCredential`
fn class() -> Option<JsValue> {
    let class = Reflect::get(&js_sys::global(), &"PublicKeyCredential".into()).ok()?;
    class.is_function().then_some(class)
}

/// Calls a static method, if there is one.
fn call_class(method: &str, argument: &JsValue) -> Option<Result<JsValue, JsValue>> {
    let class = class()?;
    let function: Function = get(&class, method).ok()?.dyn_into().ok()?;
    Some(function.call1(&class, argument))
}

fn call(object: &JsValue, method: &str) -> Result<JsValue, JsValue> {
    get(object, method)?.dyn_into::<Function>()?.call0(object)
}

fn get(object: &JsValue, name: &str) -> Result<JsValue, JsValue> {
    Reflect::get(object, &name.into())
}

/// Sets a member that has a value. JSON has no others.
fn set(object: &Object, name: &str, value: &JsValue) -> Result<(), JsValue> {
    if value.is_undefined() || value.is_null() { Ok(()) } else { Reflect::set(object, &name.into(), value).map(drop) }
}

/// Decodes the base64url text of a member.
fn decode(object: &JsValue, name: &str) -> Result<(), JsValue> {
    let text = get(object, name)?.as_string().unwrap_or_default();
    let bytes = base64::decode(&text).ok_or_else(|| JsValue::from(js_sys::TypeError::new(name)))?;
    Reflect::set(object, &name.into(), &Uint8Array::from(bytes.as_slice())).map(drop)
}

/// An `ArrayBuffer` as base64url; nothing for anything else.
fn encode(buffer: &JsValue) -> JsValue {
    if buffer.is_object() {
        JsValue::from_str(&base64::encode_url(&Uint8Array::new(buffer).to_vec()))
    } else {
        JsValue::UNDEFINED
    }
}
