//! Settings in Rust and in JSON, and the errors that name a wrong one.

use poolpass_web::{Auth, Credential, IdentityPool, OAuth, OidcProvider, Storage, StorageKind, UserPool};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::{POOL_ID, run};

fn problem<T>(opened: Result<T, poolpass_web::Error>) -> String {
    let error = opened.err().unwrap();
    assert_eq!(error.code(), "bad_config");
    error.message().into_owned()
}

#[wasm_bindgen_test]
fn every_setting_arrives() {
    let auth = Auth::builder(UserPool::new(POOL_ID, "settings").endpoint("https://proxy.example.com/idp"))
        .oauth(OAuth::new("auth.example.com").scopes(["openid", "email"]).redirect_sign_in(["https://a.example/cb"]))
        .identity_pool(IdentityPool::new("eu-west-1:00000000-0000-4000-8000-000000000001").allow_guest_access())
        .origin("https://api.example.com", Credential::AccessToken)
        .origin(
            "https://b.example.com",
            Credential::IamFor { service: "execute-api".into(), region: "eu-west-1".into() },
        )
        .oidc_provider(OidcProvider::new("google", "https://accounts.google.com", "1.apps"))
        .storage(Storage::Session)
        .open()
        .unwrap();
    assert_eq!(auth.storage(), StorageKind::Session);
    let config = auth.client().config();
    assert_eq!(config.user_pool().unwrap().idp_url(), "https://proxy.example.com/idp/");
    assert_eq!(config.identity_pool().unwrap().identity_url(), "https://cognito-identity.eu-west-1.amazonaws.com/");
    assert_eq!(config.user_pool().unwrap().oauth().unwrap().url(), "https://auth.example.com");
    assert!(config.require_oidc_provider("google").is_ok());
    let shown = format!("{config:?}");
    for part in ["https://a.example/cb", "https://api.example.com", "execute-api", "allow_guest_access: true", "email"]
    {
        assert!(shown.contains(part), "{part} in {shown}");
    }
}

#[wasm_bindgen_test]
fn the_callback_url_is_the_root_of_the_page_unless_given() {
    let auth = Auth::builder(UserPool::new(POOL_ID, "settings")).oauth(OAuth::new("auth.example.com")).open().unwrap();
    let root = run("return location.origin + '/'").as_string().unwrap();
    assert_eq!(format!("{:?}", auth.client().config()).matches(&format!("{root:?}")).count(), 2);
}

#[wasm_bindgen_test]
fn json_is_read_in_amplifys_form_and_may_be_completed() {
    let outputs = r#"{"version": "1", "storage": {"aws_region": "eu-west-1", "bucket_name": "b"}, "auth": {
        "aws_region": "eu-west-1", "user_pool_id": "eu-west-1_PoolPass1", "user_pool_client_id": "outputs"}}"#;
    let builder = || Auth::from_json(outputs).unwrap();
    assert_eq!(builder().open().unwrap().storage(), StorageKind::Local);
    let auth = builder().storage(Storage::Memory).endpoint("http://localhost:9400").open().unwrap();
    assert_eq!(auth.storage(), StorageKind::Memory);
    assert_eq!(auth.client().config().user_pool().unwrap().idp_url(), "http://localhost:9400/");
}

#[wasm_bindgen_test]
fn an_error_names_the_wrong_setting() {
    let opened = Auth::builder(UserPool::new("PoolPass1", "settings")).open();
    assert!(problem(opened).contains("userPool.userPoolId"));
    let opened = Auth::builder(UserPool::new(POOL_ID, "settings")).oauth(OAuth::new("https://a.example")).open();
    assert!(problem(opened).contains("userPool.oauth.domain"));
    let opened = Auth::builder(UserPool::new(POOL_ID, "settings")).endpoint("http://example.com").open();
    assert!(problem(opened).contains("endpoint"));
    // No browser accepts this host.
    let opened = Auth::builder(UserPool::new(POOL_ID, "settings")).origin("https://a_%.b", Credential::None).open();
    assert!(problem(opened).contains("origins"));
    assert!(problem(Auth::from_json("{'a': 1}")).contains("JSON"));
    assert!(problem(Auth::from_json("[]").unwrap().open()).contains("object"));
    let custom = r#"{"userPool": {"userPoolId": "eu-west-1_PoolPass1", "userPoolClientId": "a"}, "storage": "custom"}"#;
    assert!(problem(Auth::from_json(custom).unwrap().open()).contains("storage"));
}

#[wasm_bindgen_test]
fn an_app_may_have_no_user_pool() {
    let pool = IdentityPool::new("eu-west-1:00000000-0000-4000-8000-000000000001").allow_guest_access();
    let auth = Auth::builder_without_user_pool(pool).storage(Storage::Memory).open().unwrap();
    assert!(auth.client().config().require_user_pool().is_err());
}
