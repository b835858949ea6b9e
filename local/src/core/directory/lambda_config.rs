//! Which Lambda functions a user pool calls (`LambdaConfigType`).

use serde::{Deserialize, Serialize};

use crate::core::wire::error::{ServiceError, invalid, unavailable_in_tier};

/// How the ARN of the function ends that runs in the emulator, whatever the region.
pub(crate) const BUILT_IN: &str = ":000000000000:function:poolpass-custom-auth";

/// What a user pool calls a function for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Trigger {
    CreateAuthChallenge,
    CustomEmailSender,
    CustomMessage,
    CustomSmsSender,
    DefineAuthChallenge,
    InboundFederation,
    PostAuthentication,
    PostConfirmation,
    PreAuthentication,
    PreSignUp,
    PreTokenGeneration,
    UserMigration,
    VerifyAuthChallengeResponse,
}

impl Trigger {
    const ALL: [Self; 13] = [
        Self::CreateAuthChallenge,
        Self::CustomEmailSender,
        Self::CustomMessage,
        Self::CustomSmsSender,
        Self::DefineAuthChallenge,
        Self::InboundFederation,
        Self::PostAuthentication,
        Self::PostConfirmation,
        Self::PreAuthentication,
        Self::PreSignUp,
        Self::PreTokenGeneration,
        Self::UserMigration,
        Self::VerifyAuthChallengeResponse,
    ];

    /// Its name in `LambdaConfig` and in the texts of errors.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::CreateAuthChallenge => "CreateAuthChallenge",
            Self::CustomEmailSender => "CustomEmailSender",
            Self::CustomMessage => "CustomMessage",
            Self::CustomSmsSender => "CustomSMSSender",
            Self::DefineAuthChallenge => "DefineAuthChallenge",
            Self::InboundFederation => "InboundFederation",
            Self::PostAuthentication => "PostAuthentication",
            Self::PostConfirmation => "PostConfirmation",
            Self::PreAuthentication => "PreAuthentication",
            Self::PreSignUp => "PreSignUp",
            Self::PreTokenGeneration => "PreTokenGeneration",
            Self::UserMigration => "UserMigration",
            Self::VerifyAuthChallengeResponse => "VerifyAuthChallengeResponse",
        }
    }
}

/// `LambdaConfigType`.
#[derive(Clone, Default, Deserialize, PartialEq, Serialize)]
#[serde(rename_all = "PascalCase", default)]
pub(crate) struct LambdaConfig {
    #[serde(skip_serializing_if = "Option::is_none")]
    create_auth_challenge: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    custom_email_sender: Option<Versioned>,
    #[serde(skip_serializing_if = "Option::is_none")]
    custom_message: Option<String>,
    #[serde(rename = "CustomSMSSender", skip_serializing_if = "Option::is_none")]
    custom_sms_sender: Option<Versioned>,
    #[serde(skip_serializing_if = "Option::is_none")]
    define_auth_challenge: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    inbound_federation: Option<Versioned>,
    #[serde(rename = "KMSKeyID", skip_serializing_if = "Option::is_none")]
    kms_key_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    post_authentication: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    post_confirmation: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pre_authentication: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pre_sign_up: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pre_token_generation: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pre_token_generation_config: Option<Versioned>,
    #[serde(skip_serializing_if = "Option::is_none")]
    user_migration: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    verify_auth_challenge_response: Option<String>,
}

/// A function, and the version of the events that it takes.
#[derive(Clone, Deserialize, PartialEq, Serialize)]
#[serde(rename_all = "PascalCase")]
struct Versioned {
    lambda_version: String,
    lambda_arn: String,
}

/// The versions of the event of `PreTokenGeneration`.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) enum TokenEvent {
    V1,
    V2,
    V3,
}

impl LambdaConfig {
    /// # Errors
    /// `InvalidParameterException` for what contradicts itself, `FeatureUnavailableInTierException`.
    pub(super) fn check(&self, is_lite: bool) -> Result<(), ServiceError> {
        let sends = self.custom_email_sender.is_some() || self.custom_sms_sender.is_some();
        if sends && self.kms_key_id.is_none() {
            // "When you configure custom sender triggers … you must also configure … KMSKeyID" (`LambdaConfigType`).
            return Err(invalid("KMSKeyID is required for CustomEmailSender and CustomSMSSender"));
        }
        if let (Some(plain), Some(config)) = (&self.pre_token_generation, &self.pre_token_generation_config)
            && *plain != config.lambda_arn
        {
            // "If you also set an ARN in PreTokenGeneration, its value must be identical" (`LambdaConfigType`).
            return Err(invalid("PreTokenGeneration and PreTokenGenerationConfig must name the same function"));
        }
        // "In user pools with the Essentials or Plus feature plan" (Developer Guide, "Pre token generation Lambda trigger").
        if is_lite && self.token_event() > TokenEvent::V1 {
            return Err(unavailable_in_tier("LambdaVersion V2_0 or V3_0 of PreTokenGenerationConfig"));
        }
        Ok(())
    }

    /// Whether there is any function to call beyond the emulator.
    pub(crate) fn calls_out(&self) -> bool {
        Trigger::ALL.into_iter().filter_map(|trigger| self.arn(trigger)).any(|arn| !arn.ends_with(BUILT_IN))
    }

    /// The function for a trigger.
    pub(crate) fn arn(&self, trigger: Trigger) -> Option<&str> {
        match trigger {
            Trigger::CreateAuthChallenge => self.create_auth_challenge.as_deref(),
            Trigger::CustomEmailSender => arn(self.custom_email_sender.as_ref()),
            Trigger::CustomMessage => self.custom_message.as_deref(),
            Trigger::CustomSmsSender => arn(self.custom_sms_sender.as_ref()),
            Trigger::DefineAuthChallenge => self.define_auth_challenge.as_deref(),
            Trigger::InboundFederation => arn(self.inbound_federation.as_ref()),
            Trigger::PostAuthentication => self.post_authentication.as_deref(),
            Trigger::PostConfirmation => self.post_confirmation.as_deref(),
            Trigger::PreAuthentication => self.pre_authentication.as_deref(),
            Trigger::PreSignUp => self.pre_sign_up.as_deref(),
            Trigger::PreTokenGeneration => {
                arn(self.pre_token_generation_config.as_ref()).or(self.pre_token_generation.as_deref())
            }
            Trigger::UserMigration => self.user_migration.as_deref(),
            Trigger::VerifyAuthChallengeResponse => self.verify_auth_challenge_response.as_deref(),
        }
    }

    /// The version of the event that `PreTokenGeneration` gets.
    pub(crate) fn token_event(&self) -> TokenEvent {
        match self.pre_token_generation_config.as_ref().map(|config| config.lambda_version.as_str()) {
            Some("V2_0") => TokenEvent::V2,
            Some("V3_0") => TokenEvent::V3,
            _ => TokenEvent::V1,
        }
    }
}

fn arn(function: Option<&Versioned>) -> Option<&str> {
    function.map(|function| function.lambda_arn.as_str())
}
