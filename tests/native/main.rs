//! Native tests of the crate.
#![cfg(not(target_arch = "wasm32"))]

#[path = "../shared/jwt_vectors.rs"]
mod jwt_vectors;
#[path = "../shared/srp_vectors.rs"]
mod srp_vectors;

mod appsync;
#[path = "../../local/tests/operations/authenticator.rs"]
mod authenticator;
mod aws_hosts;
mod challenges;
mod client_secret;
mod config;
mod config_amplify;
mod config_parts;
mod device_faults;
mod devices;
mod errors;
mod errors_js;
mod forged_tokens;
mod former_records;
mod hosted_page;
mod identity;
mod json;
mod jwt;
mod made_pool;
mod mix_up;
mod oidc_provider;
mod operations;
mod own_devices;
mod passkeys;
mod pkce;
mod platform_contract;
mod product;
mod profile;
mod recovery;
mod redirect;
mod refresh;
mod refusals;
mod replies;
mod rsa_verify;
mod second_factors;
mod service_model;
mod session_faults;
mod sign_in;
mod sign_out;
mod sign_up;
mod signing;
mod sigv4;
mod srp;
mod stage;
mod step_up;
mod typed_account;
mod typed_challenges;
mod user_info;
mod user_sessions;
mod warm_up;
