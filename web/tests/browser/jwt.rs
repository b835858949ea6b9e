//! Tokens verified by WebCrypto.

use poolpass_web::Storage;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::jwt_vectors;
use crate::storage::open;

#[wasm_bindgen_test]
async fn every_vector_is_decided_rightly() {
    jwt_vectors::agree_with_every_case(&open("jwt", Storage::Memory)).await;
}
