//! Tests in a real browser: what only one has. `cargo xtask test wasm` runs them in headless Chromium.
#![cfg(target_arch = "wasm32")]

#[path = "../../../tests/shared/jwt_vectors.rs"]
mod jwt_vectors;
#[path = "../../../tests/shared/srp_vectors.rs"]
mod srp_vectors;

mod abort;
mod app_storage;
mod appsync;
mod challenges;
mod channel;
mod cleared;
mod fetch;
mod fetch_signed;
mod http;
mod jwt;
mod locks;
mod platform_contract;
mod popup;
mod response_url;
#[cfg(feature = "serde-wasm-bindgen")]
mod serde_types;
mod sessions;
mod settings;
mod srp;
mod storage;
mod support;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
