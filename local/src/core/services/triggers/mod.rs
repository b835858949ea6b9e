//! Lambda triggers: the events that a user pool's functions get, and what their answers mean (Developer Guide, "Customizing user pool
//! workflows with Lambda triggers"; the types of npm `@types/aws-lambda` are the witness of every event).
//!
//! One function for each trigger, which does nothing in pools without it. An event is posted to the address that the configuration has
//! for the function. The request begins anew with the answer, so a function sees the pool as it was before the request. Only what
//! follows the work (PostConfirmation, the custom senders) is called when the work is done.

mod authentication;
mod built_in;
mod challenge;
mod custom_message;
mod custom_sender;
mod event;
mod failure;
mod inbound_federation;
mod post_confirmation;
mod pre_sign_up;
mod token_generation;
mod token_overrides;
mod user_migration;

pub(crate) use authentication::{post_authentication, pre_authentication};
pub(crate) use challenge::{Created, Defined, create_challenge, define_challenge, verify_answer};
pub(crate) use custom_message::{Draft, custom_message};
pub(crate) use custom_sender::custom_sender;
pub(crate) use failure::is_failure;
pub(crate) use inbound_federation::{Inbound, inbound_federation};
pub(crate) use post_confirmation::{Confirmed, post_confirmation};
pub(crate) use pre_sign_up::{Newcomer, PreSignUp, pre_sign_up};
pub(crate) use token_generation::{Subject, TokenSource, token_generation};
pub(crate) use user_migration::{Migration, user_migration};
