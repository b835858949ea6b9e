//! The settings of a user pool, as `CreateUserPool` takes and `DescribeUserPool` shows them.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

use super::acr::AcrConfiguration;
use super::add_ons::UserPoolAddOns;
use super::device_configuration::DeviceConfiguration;
use super::first_factor::SignInPolicy;
use super::kept_settings::{DcrConfiguration, IssuerConfiguration, SmsConfiguration};
use super::lambda_config::LambdaConfig;
use super::mfa_config::{MfaFactors, MfaMode};
use super::password::PasswordPolicy;
use super::recovery::RecoverySetting;
use super::schema;
use super::schema::{GivenAttribute, SchemaAttribute};
use super::update_settings::UpdateSettings;
use super::web_authn_config::WebAuthnConfig;
use crate::core::wire::error::{ServiceError, invalid};
use crate::core::wire::html::escape;

/// `CreateUserPoolRequest`, the members that are supported.
#[derive(Clone, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase", default)]
pub(crate) struct PoolSettings {
    pub(crate) pool_name: String,
    pub(super) policies: Policies,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) auto_verified_attributes: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) alias_attributes: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) username_attributes: Vec<String>,
    pub(super) username_configuration: UsernameConfiguration,
    pub(super) admin_create_user_config: AdminCreateUserConfig,
    #[serde(rename = "SchemaAttributes")]
    pub(super) schema: Vec<SchemaAttribute>,
    /// Until it is checked.
    #[serde(rename = "Schema", skip_serializing_if = "Vec::is_empty")]
    given_schema: Vec<GivenAttribute>,
    pub(super) mfa_configuration: MfaMode,
    pub(crate) deletion_protection: String,
    user_pool_tier: String,
    /// "DescribeUserPool returns a null value … when the user pool isn't configured to remember devices" (`DeviceConfigurationType`).
    #[serde(deserialize_with = "DeviceConfiguration::read", skip_serializing_if = "Option::is_none")]
    pub(crate) device_configuration: Option<DeviceConfiguration>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) user_pool_add_ons: Option<UserPoolAddOns>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) user_pool_tags: BTreeMap<String, String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) account_recovery_setting: Option<RecoverySetting>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) user_attribute_update_settings: Option<UpdateSettings>,
    pub(super) email_configuration: Map<String, Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    email_verification_message: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    email_verification_subject: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sms_verification_message: Option<String>,
    verification_message_template: MessageTemplate,
    pub(crate) lambda_config: LambdaConfig,
    /// `SetUserPoolMfaConfig` sets it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) web_authn_configuration: Option<WebAuthnConfig>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) sms_authentication_message: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) sms_configuration: Option<SmsConfiguration>,
    #[serde(skip_serializing_if = "Option::is_none")]
    key_configuration: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) issuer_configuration: Option<IssuerConfiguration>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) dcr_configuration: Option<DcrConfiguration>,
    pub(super) mfa_factors: MfaFactors,
    pub(super) acr_configuration: AcrConfiguration,
}

#[derive(Clone, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase", default)]
pub(super) struct Policies {
    pub(super) password_policy: PasswordPolicy,
    sign_in_policy: SignInPolicy,
}

#[derive(Clone, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct UsernameConfiguration {
    case_sensitive: bool,
}

#[derive(Clone, Default, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase", default)]
pub(super) struct AdminCreateUserConfig {
    allow_admin_create_user_only: bool,
    /// The older name of `TemporaryPasswordValidityDays`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) unused_account_validity_days: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    invite_message_template: Option<InviteTemplate>,
}

/// `MessageTemplateType`.
#[derive(Clone, Default, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase", default)]
struct InviteTemplate {
    #[serde(rename = "SMSMessage", skip_serializing_if = "Option::is_none")]
    sms_message: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    email_message: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    email_subject: Option<String>,
}

#[derive(Clone, Default, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase", default)]
struct MessageTemplate {
    #[serde(skip_serializing_if = "Option::is_none")]
    sms_message: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    email_message: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    email_subject: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    email_message_by_link: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    email_subject_by_link: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    default_email_option: Option<String>,
}

impl Default for Policies {
    fn default() -> Self {
        Self { password_policy: PasswordPolicy::strict(), sign_in_policy: SignInPolicy::default() }
    }
}

impl Default for UsernameConfiguration {
    /// "true … This is the default value" (`UsernameConfigurationType`).
    fn default() -> Self {
        Self { case_sensitive: true }
    }
}

impl Default for PoolSettings {
    fn default() -> Self {
        Self {
            pool_name: String::new(),
            policies: Policies::default(),
            auto_verified_attributes: Vec::new(),
            alias_attributes: Vec::new(),
            username_attributes: Vec::new(),
            username_configuration: UsernameConfiguration::default(),
            admin_create_user_config: AdminCreateUserConfig::default(),
            schema: Vec::new(),
            given_schema: Vec::new(),
            mfa_configuration: MfaMode::Off,
            deletion_protection: "INACTIVE".into(),
            user_pool_tier: "ESSENTIALS".into(),
            device_configuration: None,
            user_pool_add_ons: None,
            user_pool_tags: BTreeMap::new(),
            account_recovery_setting: None,
            user_attribute_update_settings: None,
            email_configuration: Map::new(),
            email_verification_message: None,
            email_verification_subject: None,
            sms_verification_message: None,
            verification_message_template: MessageTemplate::default(),
            lambda_config: LambdaConfig::default(),
            web_authn_configuration: None,
            sms_authentication_message: None,
            sms_configuration: None,
            key_configuration: None,
            issuer_configuration: None,
            dcr_configuration: None,
            mfa_factors: MfaFactors::default(),
            acr_configuration: AcrConfiguration::default(),
        }
    }
}

impl PoolSettings {
    /// Refuses contradictions and what is not supported, fills in AWS's defaults, and completes the schema with the standard
    /// attributes.
    ///
    /// # Errors
    /// `InvalidParameterException`.
    pub(crate) fn checked(mut self) -> Result<Self, ServiceError> {
        if !self.alias_attributes.is_empty() && !self.username_attributes.is_empty() {
            return Err(invalid("Only one of the aliasAttributes or usernameAttributes can be set in a user pool."));
        }
        if self.mfa_configuration != MfaMode::Off && self.sms_configuration.is_none() {
            return Err(no_factor());
        }
        self.lambda_config.check(self.is_lite())?;
        self.check_tags()?;
        self.check_kept()?;
        self.check_tier()?;
        self.check_acr()?;
        self.check_first_factors(self.mfa_configuration)?;
        self.agree_on_validity()?;
        self.account_recovery_setting.get_or_insert_default().check()?;
        if let Some(settings) = &self.user_attribute_update_settings {
            settings.check(&self.auto_verified_attributes)?;
        }
        self.verification_message_template.default_email_option.get_or_insert("CONFIRM_WITH_CODE".into());
        self.email_configuration.entry("EmailSendingAccount").or_insert(json!("COGNITO_DEFAULT"));
        self.schema = schema::complete(std::mem::take(&mut self.given_schema))?;
        Ok(self)
    }

    /// As `DescribeUserPool` shows them (`UserPoolType`).
    pub(crate) fn shown(&self) -> Value {
        let mut shown = json!(self);
        if let Some(members) = shown.as_object_mut() {
            members.remove("WebAuthnConfiguration");
            members.remove("MfaFactors");
            let name = members.remove("PoolName");
            members.extend(name.map(|name| ("Name".to_owned(), name)));
        }
        shown
    }

    /// Whether a new address of this kind gets a code at once.
    pub(crate) fn verifies(&self, attribute: &str) -> bool {
        self.auto_verified_attributes.iter().any(|name| name == attribute)
    }

    /// Whether a new address of this kind counts only once it is verified.
    pub(super) fn verifies_before_update(&self, attribute: &str) -> bool {
        let settings = self.user_attribute_update_settings.as_ref();
        settings.is_some_and(|s| s.attributes_require_verification_before_update.iter().any(|name| name == attribute))
    }

    pub(crate) fn password_policy(&self) -> &PasswordPolicy {
        &self.policies.password_policy
    }

    pub(super) fn sign_in_policy(&self) -> &SignInPolicy {
        &self.policies.sign_in_policy
    }

    pub(super) fn tier(&self) -> &str {
        &self.user_pool_tier
    }

    pub(crate) fn is_case_sensitive(&self) -> bool {
        self.username_configuration.case_sensitive
    }

    pub(crate) fn only_admins_create_users(&self) -> bool {
        self.admin_create_user_config.allow_admin_create_user_only
    }

    /// What people choose when they sign up, in words.
    pub(crate) fn name_label(&self) -> &'static str {
        if self.username_attributes.is_empty() { "User name" } else { self.login_label() }
    }

    /// What people sign in with, in words.
    pub(crate) fn login_label(&self) -> &'static str {
        let takes = |name: &str| {
            self.username_attributes.iter().chain(&self.alias_attributes).any(|attribute| attribute == name)
        };
        match (self.username_attributes.is_empty(), takes("email"), takes("phone_number")) {
            (false, true, false) => "E-mail",
            (false, false, true) => "Phone number",
            (false, ..) => "E-mail or phone number",
            (true, true, _) => "User name or e-mail",
            (true, false, _) => "User name",
        }
    }

    pub(crate) fn schema(&self) -> &[SchemaAttribute] {
        &self.schema
    }

    pub(crate) fn is_required(&self, attribute: &str) -> bool {
        self.schema.iter().any(|schema| schema.required && schema.name == attribute)
    }

    /// Subject and text of a mail with a code; the text is the given one, with {####} for the code, unless the pool has its own.
    pub(crate) fn verification_mail(&self, default: &str, code: &str) -> (String, String) {
        let template = &self.verification_message_template;
        let subject = template.email_subject.as_deref().or(self.email_verification_subject.as_deref());
        let text = template.email_message.as_deref().or(self.email_verification_message.as_deref());
        let text = text.unwrap_or(default).replace("{####}", code);
        (subject.unwrap_or("Your verification code").into(), text)
    }

    /// Whether sign-ups are confirmed by a link in the mail.
    pub(crate) fn confirms_with_link(&self) -> bool {
        self.verification_message_template.default_email_option.as_deref() == Some("CONFIRM_WITH_LINK")
    }

    /// Subject and text of a mail with a link, whose words stand between {## and ##}.
    pub(crate) fn link_mail(&self, address: &str) -> (String, String) {
        let template = &self.verification_message_template;
        let subject = template.email_subject_by_link.as_deref().unwrap_or("Your verification link");
        let default = "Please click the link below to verify your email address. {##Verify Email##}";
        let text = template.email_message_by_link.as_deref().unwrap_or(default);
        (subject.into(), with_link(text, address).unwrap_or_else(|| text.into()))
    }

    /// Subject and text of an invitation by mail.
    pub(crate) fn invitation_mail(&self, username: &str, password: &str) -> (String, String) {
        let template = self.admin_create_user_config.invite_message_template.clone().unwrap_or_default();
        let subject = template.email_subject.unwrap_or_else(|| "Your temporary password".into());
        (subject, invitation(template.email_message, username, password))
    }

    /// Text of an invitation by SMS.
    pub(crate) fn invitation_sms(&self, username: &str, password: &str) -> String {
        let template = self.admin_create_user_config.invite_message_template.clone().unwrap_or_default();
        invitation(template.sms_message, username, password)
    }

    /// Text of an SMS with a code, likewise.
    pub(crate) fn verification_sms(&self, default: &str, code: &str) -> String {
        let template = self.verification_message_template.sms_message.as_deref();
        let text = template.or(self.sms_verification_message.as_deref());
        text.unwrap_or(default).replace("{####}", code)
    }
}

/// What AWS says of MFA where the factors of SetUserPoolMfaConfig are still to come.
pub(super) fn no_factor() -> ServiceError {
    invalid("SMS configuration and Auto verification for phone_number are required when MFA is required/optional")
}

/// A text with a link, whose words stand between {## and ##}; `None` where it has no such words.
pub(crate) fn with_link(text: &str, address: &str) -> Option<String> {
    text.match_indices("{##").find_map(|(start, mark)| {
        let (words, after) = text[start + mark.len()..].split_once("##}")?;
        // {####} stands for a code.
        let link = format!("{}<a href=\"{}\">{words}</a>{after}", &text[..start], escape(address));
        (!words.is_empty()).then_some(link)
    })
}

fn invitation(template: Option<String>, username: &str, password: &str) -> String {
    let text = template.unwrap_or_else(|| "Your username is {username} and temporary password is {####}".into());
    text.replace("{username}", username).replace("{####}", password)
}
