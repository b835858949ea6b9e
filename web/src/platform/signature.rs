//! RS256 by WebCrypto.

use js_sys::Array;
use poolpass::error::{Error, ErrorKind};
use poolpass::jwt::{Jws, Key};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{CryptoKey, JsonWebKey, RsaHashedImportParams, SubtleCrypto};

use super::scope;

const ALGORITHM: &str = "RSASSA-PKCS1-v1_5";

/// Whether the signature is the key's.
///
/// # Errors
/// [`ErrorKind::NoCrypto`] where there is no WebCrypto, as on a page that is not a secure context.
pub(crate) async fn verify(key: &Key, token: &Jws<'_>) -> Result<bool, Error> {
    let subtle = scope::subtle_crypto().ok_or(ErrorKind::NoCrypto)?;
    // A key that WebCrypto refuses has signed nothing.
    Ok(try_verify(&subtle, key, token).await.is_ok_and(|valid| valid.is_truthy()))
}

async fn try_verify(subtle: &SubtleCrypto, key: &Key, token: &Jws<'_>) -> Result<JsValue, JsValue> {
    let algorithm = RsaHashedImportParams::new(&"SHA-256".into());
    // The dictionary of web-sys has no member for the algorithm's name, which WebCrypto requires.
    js_sys::Reflect::set(&algorithm, &"name".into(), &ALGORITHM.into())?;
    let jwk = JsonWebKey::new("RSA");
    jwk.set_n(&key.modulus);
    jwk.set_e(&key.exponent);
    let usages = Array::of1(&"verify".into());
    let imported = subtle.import_key_with_object("jwk", &jwk, &algorithm, false, &usages)?;
    let key: CryptoKey = JsFuture::from(imported).await?.unchecked_into();
    let valid =
        subtle.verify_with_str_and_u8_array_and_u8_array(ALGORITHM, &key, &token.signature, token.signed.as_bytes())?;
    JsFuture::from(valid).await
}
