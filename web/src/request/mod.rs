//! Requests: operations that have options. Each is sent by `.await`.

mod account;
mod appsync;
mod aws;
mod fetch;
mod outgoing;
mod passkeys;
mod popup;
mod redirect;
mod refusal;
mod sign_in;
mod sign_out;
mod sign_up;

pub use appsync::AppSyncRequest;
pub use aws::{CredentialsRequest, PresignRequest, SignRequest};
pub use fetch::FetchRequest;
pub use passkeys::PasskeySignInRequest;
pub use popup::{PopupError, PopupRequest};
pub use redirect::{HandleRedirect, RedirectError, RedirectRequest, RedirectResult, SignedInUser};
pub use sign_in::SignInRequest;
pub use sign_out::SignOutRequest;
pub use sign_up::{ConfirmSignUpRequest, ResendSignUpCodeRequest, SignUp, SignUpRequest};
