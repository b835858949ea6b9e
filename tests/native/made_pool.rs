//! A user pool that a test makes for itself, with the kit in front of it.

use poolpass::secret::Secret;
use serde_json::{Value, json};

use crate::stage::{Stage, Tab};

pub(crate) const PASSWORD: &str = "Correct-Horse7!";

pub(crate) struct MadePool {
    pub(crate) stage: Stage,
    pub(crate) id: String,
    pub(crate) client_id: String,
}

impl MadePool {
    /// A pool with these settings of `CreateUserPool`, whose client allows every flow.
    pub(crate) fn new(mut settings: Value) -> Self {
        let stage = Stage::new("");
        settings["PoolName"] = json!("made");
        settings["EmailConfiguration"] = json!({
            "EmailSendingAccount": "DEVELOPER", "SourceArn": "arn:aws:ses:eu-west-1:000000000000:identity/example.com",
        });
        let made = stage.administer("CreateUserPool", &settings.to_string());
        let id = text(&made["UserPool"]["Id"]);
        let flows = ["USER_AUTH", "USER_PASSWORD_AUTH", "USER_SRP_AUTH", "CUSTOM_AUTH", "REFRESH_TOKEN_AUTH"];
        let client = json!({
            "UserPoolId": id, "ClientName": "made",
            "ExplicitAuthFlows": flows.map(|flow| format!("ALLOW_{flow}")),
        });
        let made = stage.administer("CreateUserPoolClient", &client.to_string());
        let client_id = text(&made["UserPoolClient"]["ClientId"]);
        Self { stage: stage.with_client(&client_id), id, client_id }
    }

    /// A pool whose triggers ask for a code.
    pub(crate) fn with_custom_challenge() -> Self {
        Self::new(json!({ "LambdaConfig": custom_challenge() }))
    }

    /// Users may or must have one of these second factors.
    pub(crate) fn set_mfa(&self, mode: &str, factors: &[&str]) {
        let mut config = json!({ "UserPoolId": self.id, "MfaConfiguration": mode });
        for factor in factors {
            let (member, value) = match *factor {
                "SMS_MFA" => {
                    let sms = json!({ "SnsCallerArn": "arn:aws:iam::000000000000:role/sms", "ExternalId": "x" });
                    ("SmsMfaConfiguration", json!({ "SmsConfiguration": sms }))
                }
                "EMAIL_OTP" => ("EmailMfaConfiguration", json!({})),
                _ => ("SoftwareTokenMfaConfiguration", json!({ "Enabled": true })),
            };
            config[member] = value;
        }
        self.administer("SetUserPoolMfaConfig", config);
    }

    /// Adds a confirmed user with [`PASSWORD`], an e-mail address and a phone number, both verified.
    pub(crate) fn user(&self, name: &str) {
        self.user_with_temporary_password(name);
        self.administer("AdminSetUserPassword", json!({ "Username": name, "Password": PASSWORD, "Permanent": true }));
    }

    /// Adds a user whose temporary password is [`PASSWORD`].
    pub(crate) fn user_with_temporary_password(&self, name: &str) {
        let attributes = [
            ("email", format!("{name}@example.com")),
            ("email_verified", "true".to_owned()),
            ("phone_number", "+15551234567".to_owned()),
            ("phone_number_verified", "true".to_owned()),
        ];
        let attributes = attributes.map(|(name, value)| json!({ "Name": name, "Value": value }));
        let user = json!({
            "Username": name, "UserAttributes": attributes, "MessageAction": "SUPPRESS", "TemporaryPassword": PASSWORD,
        });
        self.administer("AdminCreateUser", user);
    }

    /// Which second factors a user has: the first one is preferred.
    pub(crate) fn prefer(&self, name: &str, factors: &[&str]) {
        let mut input = json!({ "Username": name });
        for (at, factor) in factors.iter().enumerate() {
            let member = match *factor {
                "SMS_MFA" => "SMSMfaSettings",
                "EMAIL_OTP" => "EmailMfaSettings",
                _ => "SoftwareTokenMfaSettings",
            };
            input[member] = json!({ "Enabled": true, "PreferredMfa": at == 0 && factors.len() == 1 });
        }
        self.administer("AdminSetUserMFAPreference", input);
    }

    /// Calls an administrator's operation on the pool.
    pub(crate) fn administer(&self, operation: &str, mut input: Value) -> Value {
        input["UserPoolId"] = json!(self.id);
        self.stage.administer(operation, &input.to_string())
    }

    /// A tab with a client of the pool.
    pub(crate) fn tab(&self) -> Tab {
        self.tab_with("local")
    }

    /// A tab whose session is stored like this.
    pub(crate) fn tab_with(&self, storage: &str) -> Tab {
        let config = json!({
            "userPool": { "userPoolId": self.id, "userPoolClientId": self.client_id },
            "endpoint": "http://localhost:9400", "storage": storage,
        });
        Tab::open(&config.to_string(), self.stage.world.tab())
    }

    /// The code in the newest message to a user.
    pub(crate) fn code(&self, name: &str) -> Secret<String> {
        let inbox = self.stage.control("GET", &format!("inbox?to={name}"), "");
        text(&inbox["messages"][0]["code"]).into()
    }

    /// The code that an authenticator app with this secret shows now.
    pub(crate) fn totp(&self, secret: &str) -> Secret<String> {
        // By the world's clock, unlike `control`.
        let reply = self.stage.request("GET", &format!("/_poolpass/totp?secret={secret}"), &[], "");
        text(&serde_json::from_slice::<Value>(&reply.body).unwrap()["code"]).into()
    }
}

/// `LambdaConfig` of the emulator's own function, which asks for a code.
pub(crate) fn custom_challenge() -> Value {
    let function = "arn:aws:lambda:eu-west-1:000000000000:function:poolpass-custom-auth";
    json!({ "DefineAuthChallenge": function, "CreateAuthChallenge": function, "VerifyAuthChallengeResponse": function })
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}")).to_owned()
}
