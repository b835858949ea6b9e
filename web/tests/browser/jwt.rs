//! Tokens verified by WebCrypto.

use std::rc::Rc;

use poolpass::Config;
use poolpass::json::Value;
use poolpass_web::BrowserPlatform;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::jwt_vectors;

#[wasm_bindgen_test]
async fn every_jwt_vector_gets_the_expected_verdict() {
    let json = r#"{"userPool": {"userPoolId": "us-east-1_Pp3xAmPl1", "userPoolClientId": "jwt"}, "storage": "memory"}"#;
    let config = Config::read(&Value::parse(json).unwrap()).unwrap();
    let platform = BrowserPlatform::open(&config, &JsValue::UNDEFINED, Rc::new(|_: &str, _| {})).unwrap();
    jwt_vectors::agree_with_every_case(&platform).await;
}
