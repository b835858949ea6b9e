//! Configuration, claims and sessions as types of an app, and as JavaScript values.

use js_sys::{JSON, Reflect};
use poolpass_web::{Auth, FromJson, StorageKind, ToJs};
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::{Server, cognito, run};

#[derive(Deserialize)]
struct MyClaims {
    email: String,
    exp: i64,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct MySession {
    user_id: String,
    groups: Vec<String>,
    id_token: MyClaims,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct MyConfig {
    user_pool: MyUserPool,
    storage: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct MyUserPool {
    user_pool_id: &'static str,
    user_pool_client_id: &'static str,
}

#[wasm_bindgen_test]
async fn claims_and_sessions_are_types_of_the_app() {
    let _server = Server::start(cognito::answer("types", cognito::nothing_else));
    let auth = cognito::signed_in("types").await;
    let claims = auth.claims().await.unwrap().unwrap();
    let typed: MyClaims = claims.decode().unwrap();
    assert_eq!(typed.email, "ada@example.com");
    assert!(typed.exp > 1_700_000_000);
    let session = auth.session().await.unwrap().unwrap();
    let typed: MySession = session.decode().unwrap();
    assert_eq!(
        (typed.user_id.as_str(), typed.groups, typed.id_token.email.as_str()),
        ("ada-sub", vec!["admins".to_owned()], "ada@example.com")
    );
    assert!(claims.decode::<Vec<String>>().is_err());
}

#[wasm_bindgen_test]
async fn the_same_as_javascript_values_without_tokens() {
    let _server = Server::start(cognito::answer("values", cognito::nothing_else));
    let auth = cognito::signed_in("values").await;
    let session = auth.session().await.unwrap().unwrap();
    let value = session.to_js().unwrap();
    let id_token = Reflect::get(&value, &"idToken".into()).unwrap();
    assert_eq!(Reflect::get(&id_token, &"email".into()).unwrap().as_string().as_deref(), Some("ada@example.com"));
    assert!(Reflect::get(&id_token, &"exp".into()).unwrap().as_f64().is_some());
    let text = JSON::stringify(&value).unwrap().as_string().unwrap();
    assert!(!text.contains("refresh-1") && !text.contains(session.access_token().expose_secret()));
}

#[wasm_bindgen_test]
fn configurations_of_any_kind_are_read() {
    let user_pool = MyUserPool { user_pool_id: "eu-west-1_PoolPass1", user_pool_client_id: "configs" };
    let auth = Auth::from_config(&MyConfig { user_pool, storage: "memory" }).unwrap().open().unwrap();
    assert_eq!(auth.storage(), StorageKind::Memory);
    let object =
        run("return { userPool: { userPoolId: 'eu-west-1_PoolPass1', userPoolClientId: 'c' }, storage: 'session' }");
    assert_eq!(Auth::from_js(object).unwrap().open().unwrap().storage(), StorageKind::Session);
    for wrong in [run("return { storage: () => 1 }"), JsValue::from(1), JsValue::UNDEFINED] {
        let opened = Auth::from_js(wrong).and_then(|builder| builder.open());
        assert_eq!(opened.err().unwrap().code(), "bad_config");
    }
}
