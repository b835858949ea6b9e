//! A user pool made for one test, with short ways to sign in to it.

use serde_json::{Value, json};

use crate::world::{PASSWORD, World};

pub(crate) const INVALID_SESSION: &str = "Invalid session for the user.";
pub(crate) const USED_SESSION: &str = "Invalid session for the user, session can only be used once.";
pub(crate) const WRONG_CODE: &str = "Invalid code or auth state for the user.";

pub(crate) struct TestPool<'a> {
    pub(crate) world: &'a World,
    pub(crate) id: String,
    pub(crate) client: String,
}

/// `SmsConfiguration`.
pub(crate) fn sms() -> Value {
    json!({ "SnsCallerArn": "arn:aws:iam::000000000000:role/sms", "ExternalId": "x" })
}

/// `EmailConfiguration` with a sender of one's own.
pub(crate) fn own_sender() -> Value {
    json!({ "EmailSendingAccount": "DEVELOPER", "SourceArn": "arn:aws:ses:eu-west-1:000000000000:identity/example.com" })
}

/// `Policies` that let people begin with these.
pub(crate) fn first_factors(names: &[&str]) -> Value {
    json!({ "SignInPolicy": { "AllowedFirstAuthFactors": names } })
}

impl<'a> TestPool<'a> {
    /// A pool with these settings of CreateUserPool, and a client that allows every flow.
    pub(crate) fn new(world: &'a World, mut settings: Value) -> Self {
        settings["PoolName"] = json!("made");
        let id = world.ok("CreateUserPool", settings)["UserPool"]["Id"].as_str().unwrap().to_owned();
        let mut pool = Self { world, id, client: String::new() };
        pool.client = pool.add_client(json!({}));
        pool
    }

    /// A pool whose second factors are these settings of SetUserPoolMfaConfig. It can send SMS, and mails of its own.
    pub(crate) fn with_mfa(world: &'a World, mode: &str, factors: &[&str]) -> Self {
        let pool = Self::new(world, json!({ "EmailConfiguration": own_sender() }));
        pool.set_mfa(mode, factors);
        pool
    }

    pub(crate) fn set_mfa(&self, mode: &str, factors: &[&str]) {
        let mut config = json!({ "UserPoolId": self.id, "MfaConfiguration": mode });
        for factor in factors {
            let (member, value) = match *factor {
                "SMS_MFA" => ("SmsMfaConfiguration", json!({ "SmsConfiguration": sms() })),
                "EMAIL_OTP" => ("EmailMfaConfiguration", json!({})),
                _ => ("SoftwareTokenMfaConfiguration", json!({ "Enabled": true })),
            };
            config[member] = value;
        }
        self.world.ok("SetUserPoolMfaConfig", config);
    }

    /// Adds a client that allows every flow, with these settings.
    pub(crate) fn add_client(&self, mut settings: Value) -> String {
        let flows =
            ["USER_AUTH", "USER_PASSWORD_AUTH", "ADMIN_USER_PASSWORD_AUTH", "USER_SRP_AUTH", "REFRESH_TOKEN_AUTH"];
        settings["UserPoolId"] = json!(self.id);
        settings["ClientName"] = json!("made");
        if settings.get("ExplicitAuthFlows").is_none() {
            settings["ExplicitAuthFlows"] = json!(flows.map(|flow| format!("ALLOW_{flow}")));
        }
        let reply = self.world.ok("CreateUserPoolClient", settings);
        reply["UserPoolClient"]["ClientId"].as_str().unwrap().to_owned()
    }

    /// Adds a confirmed user with [`PASSWORD`] and these attributes.
    pub(crate) fn user(&self, name: &str, attributes: &[(&str, &str)]) {
        let attributes: Vec<Value> =
            attributes.iter().map(|(name, value)| json!({ "Name": name, "Value": value })).collect();
        let user = json!({
            "UserPoolId": self.id, "Username": name, "UserAttributes": attributes, "MessageAction": "SUPPRESS",
            "TemporaryPassword": "First-Temporary-1!",
        });
        self.world.ok("AdminCreateUser", user);
        let password = json!({ "UserPoolId": self.id, "Username": name, "Password": PASSWORD, "Permanent": true });
        self.world.ok("AdminSetUserPassword", password);
    }

    /// `InitiateAuth`.
    pub(crate) fn initiate(&self, flow: &str, parameters: Value) -> Value {
        json!({ "AuthFlow": flow, "ClientId": self.client, "AuthParameters": parameters })
    }

    /// `InitiateAuth` with USER_PASSWORD_AUTH.
    pub(crate) fn password(&self, name: &str) -> Value {
        self.initiate("USER_PASSWORD_AUTH", json!({ "USERNAME": name, "PASSWORD": PASSWORD }))
    }

    /// `InitiateAuth` with USER_AUTH, and perhaps a preference.
    pub(crate) fn choose(&self, name: &str, preferred: Option<&str>) -> Value {
        let mut parameters = json!({ "USERNAME": name });
        if let Some(preferred) = preferred {
            parameters["PREFERRED_CHALLENGE"] = json!(preferred);
        }
        self.initiate("USER_AUTH", parameters)
    }

    /// `RespondToAuthChallenge`: the answers get the user name.
    pub(crate) fn answer(&self, challenge: &str, session: &Value, name: &str, answers: &[(&str, &str)]) -> Value {
        let mut responses = json!({ "USERNAME": name });
        for (key, value) in answers {
            responses[*key] = json!(value);
        }
        json!({ "ChallengeName": challenge, "ClientId": self.client, "Session": session, "ChallengeResponses": responses })
    }

    /// Answers the challenge that a reply has with a code: the next reply.
    #[track_caller]
    pub(crate) fn enter(&self, reply: &Value, name: &str, code: &str) -> Value {
        let challenge = reply["ChallengeName"].as_str().unwrap();
        let answers = [(format!("{challenge}_CODE"), code)];
        let answers = answers.each_ref().map(|(key, code)| (key.as_str(), *code));
        self.world.ok("RespondToAuthChallenge", self.answer(challenge, &reply["Session"], name, &answers))
    }

    /// The access token of a sign-in by password alone.
    #[track_caller]
    pub(crate) fn token(&self, name: &str) -> Value {
        self.world.ok("InitiateAuth", self.password(name))["AuthenticationResult"]["AccessToken"].take()
    }

    /// Sets up an app for a signed-in user: its secret.
    pub(crate) fn set_up_app(&self, token: &Value) -> String {
        let reply = self.world.ok("AssociateSoftwareToken", json!({ "AccessToken": token }));
        let secret = reply["SecretCode"].as_str().unwrap().to_owned();
        let code = self.world.totp_of(&secret);
        self.world.ok("VerifySoftwareToken", json!({ "AccessToken": token, "UserCode": code }));
        self.world.advance(30);
        secret
    }

    /// `AdminSetUserMFAPreference`.
    pub(crate) fn prefer(&self, name: &str, settings: Value) -> Value {
        let mut body = settings;
        body["UserPoolId"] = json!(self.id);
        body["Username"] = json!(name);
        body
    }

    /// An attribute of a user, as `AdminGetUser` shows it.
    pub(crate) fn attribute(&self, name: &str, attribute: &str) -> Value {
        let user = self.world.ok("AdminGetUser", json!({ "UserPoolId": self.id, "Username": name }));
        let attributes = user["UserAttributes"].as_array().unwrap();
        attributes.iter().find(|known| known["Name"] == attribute).map_or(Value::Null, |known| known["Value"].clone())
    }
}

/// Whether a reply has tokens.
pub(crate) fn is_signed_in(reply: &Value) -> bool {
    reply["AuthenticationResult"]["AccessToken"].is_string() && reply.get("ChallengeName").is_none()
}
