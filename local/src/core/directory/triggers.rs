//! The Lambda triggers of a pool. They are kept and given back, but no function can be called here: what would call one fails as it does
//! at AWS where a function can't be invoked.

use serde_json::Value;

use super::PoolSettings;
use crate::core::wire::error::{ServiceError, invalid};

/// Those that a message may call.
const MESSAGES: [&str; 3] = ["CustomMessage", "CustomEmailSender", "CustomSMSSender"];

/// Those that a sign-in may call, beside [`MESSAGES`].
const SIGN_IN: [&str; 8] = [
    "PreAuthentication",
    "UserMigration",
    "DefineAuthChallenge",
    "CreateAuthChallenge",
    "VerifyAuthChallengeResponse",
    "PreTokenGeneration",
    "PreTokenGenerationConfig",
    "PostAuthentication",
];

/// Those that the hosted UI may call, beside the others.
const PAGES: [&str; 3] = ["PreSignUp", "PostConfirmation", "InboundFederation"];

/// Which triggers an operation may call (Developer Guide, "Customizing user pool workflows with Lambda triggers").
fn called_by(operation: &str) -> Vec<&'static str> {
    let with_messages = |own: &[&'static str]| own.iter().copied().chain(MESSAGES).collect::<Vec<_>>();
    match operation {
        "AdminInitiateAuth" | "AdminRespondToAuthChallenge" | "InitiateAuth" | "RespondToAuthChallenge" => {
            with_messages(&SIGN_IN)
        }
        HOSTED => with_messages(&[&SIGN_IN[..], &PAGES].concat()),
        "GetTokensFromRefreshToken" => vec!["PreTokenGeneration", "PreTokenGenerationConfig"],
        "AdminCreateUser" | "SignUp" => with_messages(&["PreSignUp"]),
        "AdminConfirmSignUp" | "ConfirmSignUp" => vec!["PostConfirmation"],
        "ConfirmForgotPassword" => vec!["PostConfirmation"],
        "ForgotPassword" => with_messages(&["UserMigration"]),
        "AdminResetUserPassword"
        | "AdminUpdateUserAttributes"
        | "GetUserAttributeVerificationCode"
        | "ResendConfirmationCode"
        | "UpdateUserAttributes" => with_messages(&[]),
        _ => Vec::new(),
    }
}

/// What stands for the pages and endpoints of the hosted UI.
pub(crate) const HOSTED: &str = "(hosted UI)";

impl PoolSettings {
    /// Refuses what would call a trigger of the pool.
    ///
    /// # Errors
    /// `UnexpectedLambdaException`.
    pub(crate) fn check_triggers(&self, operation: &str) -> Result<(), ServiceError> {
        let triggers = self.lambda_config();
        match called_by(operation).into_iter().find(|trigger| triggers.contains_key(*trigger)) {
            None => Ok(()),
            Some(trigger) => {
                let name = trigger.trim_end_matches("Config");
                let text =
                    format!("{name} invocation failed due to configuration: poolpass-local can't call functions.");
                Err(ServiceError::new("UnexpectedLambdaException", text))
            }
        }
    }

    /// Checks `LambdaConfigType`.
    ///
    /// # Errors
    /// `InvalidParameterException` for senders without a key, and for two functions for one trigger.
    pub(super) fn check_lambda_config(&self) -> Result<(), ServiceError> {
        let triggers = self.lambda_config();
        for sender in ["CustomEmailSender", "CustomSMSSender"] {
            if triggers.contains_key(sender) && !triggers.contains_key("KMSKeyID") {
                return Err(invalid(format!("{sender} needs a KMSKeyID.")));
            }
        }
        let versioned = triggers.get("PreTokenGenerationConfig").and_then(|config| config.get("LambdaArn"));
        match (triggers.get("PreTokenGeneration"), versioned) {
            (Some(legacy), Some(versioned)) if legacy != versioned => {
                Err(invalid("PreTokenGeneration and the LambdaArn of PreTokenGenerationConfig must be identical."))
            }
            _ => Ok(()),
        }
    }

    /// Whether access tokens are customized, which needs a plan.
    pub(super) fn customizes_access_tokens(&self) -> bool {
        let version =
            self.lambda_config().get("PreTokenGenerationConfig").and_then(|config| config.get("LambdaVersion"));
        version.and_then(Value::as_str).is_some_and(|version| version != "V1_0")
    }
}
