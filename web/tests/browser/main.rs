//! Tests in a real browser: what only one has. `cargo xtask test wasm` runs them in headless Chromium.
#![cfg(target_arch = "wasm32")]

#[path = "../../../tests/shared/jwt_vectors.rs"]
mod jwt_vectors;
#[path = "../../../tests/shared/srp_vectors.rs"]
mod srp_vectors;

mod arrival;
mod jwt;
mod locks;
mod platform;
mod srp;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
