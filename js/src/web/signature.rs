//! RS256 by WebCrypto.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::*;

use super::reflect::{call, first, global, member, object};
use poolpass::error::{Error, ErrorKind};
use poolpass::jwt::{Jws, Key};

const ALGORITHM: &str = "RSASSA-PKCS1-v1_5";

/// Whether the signature is the key's.
///
/// # Errors
/// [`ErrorKind::NoCrypto`] where there is no WebCrypto, as on a page that is not a secure context.
pub(crate) async fn verify(key: &Key, token: &Jws<'_>) -> Result<bool, Error> {
    let subtle = member(&global("crypto"), "subtle").ok_or(ErrorKind::NoCrypto)?;
    Ok(try_verify(&subtle, key, token).await.is_ok_and(|fits| fits.is_truthy()))
}

async fn try_verify(subtle: &JsValue, key: &Key, token: &Jws<'_>) -> Result<JsValue, JsValue> {
    let algorithm = object(&[("name", ALGORITHM.into()), ("hash", "SHA-256".into())]);
    let jwk = object(&[
        ("kty", "RSA".into()),
        ("n", JsValue::from_str(&key.modulus)),
        ("e", JsValue::from_str(&key.exponent)),
    ]);
    let usages = Array::of1(&"verify".into());
    let import = [&"jwk".into(), &jwk, &algorithm, &JsValue::FALSE, &usages];
    let key = first(&[&call(subtle, "importKey", &import)?]).await?;
    let signature = Uint8Array::from(token.signature.as_slice());
    let signed = Uint8Array::from(token.signed.as_bytes());
    first(&[&call(subtle, "verify", &[&ALGORITHM.into(), &key, &signature, &signed])?]).await
}
