//! The hosted UI: `/oauth2/authorize` and its pages. They work without a script, and remember the browser by a cookie.

mod add_passkey;
mod after_password;
mod authorize;
mod back;
mod browsers;
mod change_password;
mod confirm;
mod document;
mod entered;
mod error_names;
pub(crate) mod error_page;
mod flow;
mod forgot_password;
mod go_to;
mod login;
mod logout;
mod mfa;
mod mfa_choice;
mod page_paths;
mod pages;
mod passkey;
mod pending;
mod provider_buttons;
mod provider_return;
mod provider_start;
mod service;
mod sign_up;
mod use_passkey;
mod visit;

pub(crate) use pages::page;
pub(crate) use service::HostedUi;
