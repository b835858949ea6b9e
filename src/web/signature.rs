//! RS256 by WebCrypto.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::*;

use super::{member, object};
use crate::jwt::{Jws, Key};

#[wasm_bindgen]
extern "C" {
    type Subtle;
    #[wasm_bindgen(method, catch, js_name = importKey)]
    async fn import_key(
        this: &Subtle,
        format: &str,
        key: &JsValue,
        algorithm: &JsValue,
        extractable: bool,
        usages: &Array,
    ) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch)]
    async fn verify(
        this: &Subtle,
        algorithm: &str,
        key: &JsValue,
        signature: &Uint8Array,
        data: &Uint8Array,
    ) -> Result<JsValue, JsValue>;
}

const ALGORITHM: &str = "RSASSA-PKCS1-v1_5";

/// Whether the signature is the key's. Where there is no WebCrypto (a page that is not a secure context), none is.
pub(super) async fn verify(key: &Key, token: &Jws<'_>) -> bool {
    let subtle = member(&js_sys::global(), "crypto").and_then(|crypto| member(&crypto, "subtle"));
    match subtle {
        Some(subtle) => try_verify(subtle.unchecked_ref(), key, token).await.is_ok_and(|fits| fits.is_truthy()),
        None => false,
    }
}

async fn try_verify(subtle: &Subtle, key: &Key, token: &Jws<'_>) -> Result<JsValue, JsValue> {
    let algorithm = object(&[("name", ALGORITHM.into()), ("hash", "SHA-256".into())]);
    let jwk = object(&[
        ("kty", "RSA".into()),
        ("n", JsValue::from_str(&key.modulus)),
        ("e", JsValue::from_str(&key.exponent)),
    ]);
    let usages = Array::of1(&"verify".into());
    let key = subtle.import_key("jwk", &jwk, &algorithm, false, &usages).await?;
    let signature = Uint8Array::from(token.signature.as_slice());
    subtle.verify(ALGORITHM, &key, &signature, &Uint8Array::from(token.signed.as_bytes())).await
}
