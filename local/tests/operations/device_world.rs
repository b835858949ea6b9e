//! A pool that tracks devices, and a device.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use num_bigint::BigUint;
use serde_json::{Value, json};

use crate::srp_client::{SrpClient, now, pad, public_value, sign, verifier};
use crate::world::{PASSWORD, Reply, World, password_flow};

/// `DeviceConfiguration` with a remembered device in place of MFA.
pub(crate) fn always() -> Value {
    json!({ "ChallengeRequiredOnNewDevice": true, "DeviceOnlyRememberedOnUserPrompt": false })
}

/// The same, but only devices that the user agrees to.
pub(crate) fn on_prompt() -> Value {
    json!({ "ChallengeRequiredOnNewDevice": true, "DeviceOnlyRememberedOnUserPrompt": true })
}

/// A world with one more pool, its client, and the users ann and ben.
pub(crate) struct Tracked {
    pub(crate) world: World,
    pub(crate) pool: String,
    pub(crate) client: String,
}

impl Tracked {
    pub(crate) fn new(configuration: Value) -> Self {
        Self::with(json!({ "DeviceConfiguration": configuration }))
    }

    /// With other settings of the pool.
    pub(crate) fn with(mut settings: Value) -> Self {
        let world = World::new();
        settings["PoolName"] = json!("made");
        let made = world.ok("CreateUserPool", settings);
        let pool = made["UserPool"]["Id"].as_str().unwrap().to_owned();
        let mut tracked = Self { world, pool, client: String::new() };
        tracked.client = tracked.add_client();
        for name in ["ann", "ben"] {
            let attributes = json!([
                { "Name": "email", "Value": format!("{name}@example.com") }, { "Name": "email_verified", "Value": "true" },
            ]);
            let create = json!({
                "UserPoolId": tracked.pool, "Username": name, "MessageAction": "SUPPRESS", "UserAttributes": attributes,
            });
            tracked.world.ok("AdminCreateUser", create);
            let set = json!({ "UserPoolId": tracked.pool, "Username": name, "Password": PASSWORD, "Permanent": true });
            tracked.world.ok("AdminSetUserPassword", set);
        }
        tracked
    }

    pub(crate) fn add_client(&self) -> String {
        let flows = ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"];
        let settings = json!({ "UserPoolId": self.pool, "ClientName": "app", "ExplicitAuthFlows": flows });
        let made = self.world.ok("CreateUserPoolClient", settings);
        made["UserPoolClient"]["ClientId"].as_str().unwrap().to_owned()
    }

    /// The answer to the password: an `AuthenticationResult` or a challenge.
    #[track_caller]
    pub(crate) fn start(&self, name: &str, device_key: Option<&str>) -> Value {
        let reply = self.try_start(name, device_key);
        assert_eq!(reply.http.status, 200, "{}", reply.body);
        reply.body
    }

    pub(crate) fn try_start(&self, name: &str, device_key: Option<&str>) -> Reply {
        let mut flow = password_flow(&self.client, name, PASSWORD);
        flow["AuthParameters"]["DEVICE_KEY"] = json!(device_key);
        self.world.call("InitiateAuth", flow)
    }

    /// Signs in without a device: the `AuthenticationResult`.
    #[track_caller]
    pub(crate) fn sign_in(&self, name: &str) -> Value {
        self.start(name, None)["AuthenticationResult"].take()
    }

    /// Signs in by SRP, as far as the answer to PASSWORD_VERIFIER, which is not sent.
    #[track_caller]
    pub(crate) fn srp(&self, name: &str) -> Value {
        let client = SrpClient { pool: self.pool.clone(), ..SrpClient::new(&self.client, name, PASSWORD) };
        client.challenged(&self.world)
    }

    /// Confirms the device that a sign-in gave.
    #[track_caller]
    pub(crate) fn confirm(&self, tokens: &Value) -> Device {
        let device = Device::of(tokens);
        self.world.ok("ConfirmDevice", device.confirmation(&tokens["AccessToken"]));
        device
    }

    /// Sets up an app for a user and has the pool ask for its codes: the secret.
    #[track_caller]
    pub(crate) fn set_up_app(&self, name: &str) -> String {
        let mfa = json!({
            "UserPoolId": self.pool, "MfaConfiguration": "OPTIONAL", "SoftwareTokenMfaConfiguration": { "Enabled": true },
        });
        self.world.ok("SetUserPoolMfaConfig", mfa);
        let token = &self.sign_in(name)["AccessToken"];
        let app = self.world.ok("AssociateSoftwareToken", json!({ "AccessToken": token }));
        let secret = app["SecretCode"].as_str().unwrap().to_owned();
        let code = self.world.totp_of(&secret);
        self.world.ok("VerifySoftwareToken", json!({ "AccessToken": token, "UserCode": code }));
        let on = json!({ "AccessToken": token, "SoftwareTokenMfaSettings": { "Enabled": true, "PreferredMfa": true } });
        self.world.ok("SetUserMFAPreference", on);
        self.world.advance(60);
        secret
    }

    /// The answer to SOFTWARE_TOKEN_MFA, with a code of its own.
    pub(crate) fn code(&self, challenge: &Value, name: &str, secret: &str) -> Value {
        assert_eq!(challenge["ChallengeName"], "SOFTWARE_TOKEN_MFA", "{challenge}");
        self.world.advance(60);
        let mut answer = World::totp_answer(challenge, name, &self.world.totp_of(secret));
        answer["ClientId"] = json!(self.client);
        answer
    }

    /// The answer to DEVICE_SRP_AUTH.
    #[track_caller]
    pub(crate) fn device_srp(&self, challenge: &Value, name: &str, device: &Device) -> Value {
        assert_eq!(challenge["ChallengeName"], "DEVICE_SRP_AUTH", "{challenge}");
        let responses = json!({ "USERNAME": name, "DEVICE_KEY": device.key, "SRP_A": public_value(&device.a()) });
        self.answer("DEVICE_SRP_AUTH", &challenge["Session"], responses)
    }

    /// The answer to DEVICE_PASSWORD_VERIFIER.
    #[track_caller]
    pub(crate) fn device_verifier(&self, challenge: &Value, device: &Device) -> Value {
        assert_eq!(challenge["ChallengeName"], "DEVICE_PASSWORD_VERIFIER", "{challenge}");
        let timestamp = now(&self.world);
        let responses = json!({
            "USERNAME": challenge["ChallengeParameters"]["USERNAME"], "DEVICE_KEY": device.key,
            "PASSWORD_CLAIM_SECRET_BLOCK": challenge["ChallengeParameters"]["SECRET_BLOCK"],
            "PASSWORD_CLAIM_SIGNATURE": sign(challenge, &device.a(), device.names_and_password(), &timestamp),
            "TIMESTAMP": timestamp,
        });
        self.answer("DEVICE_PASSWORD_VERIFIER", &challenge["Session"], responses)
    }

    pub(crate) fn answer(&self, challenge: &str, session: &Value, responses: Value) -> Value {
        json!({
            "ChallengeName": challenge, "ClientId": self.client, "Session": session, "ChallengeResponses": responses,
        })
    }

    /// Proves a device in answer to DEVICE_SRP_AUTH: what comes then.
    #[track_caller]
    pub(crate) fn prove(&self, challenge: &Value, name: &str, device: &Device) -> Value {
        let verifier = self.world.ok("RespondToAuthChallenge", self.device_srp(challenge, name, device));
        self.world.ok("RespondToAuthChallenge", self.device_verifier(&verifier, device))
    }
}

/// A device with a password.
pub(crate) struct Device {
    pub(crate) key: String,
    pub(crate) group_key: String,
    pub(crate) password: String,
}

impl Device {
    /// The one that a sign-in gave a name.
    #[track_caller]
    pub(crate) fn of(tokens: &Value) -> Self {
        let text = |name: &str| tokens["NewDeviceMetadata"][name].as_str().expect("a new device").to_owned();
        Self { key: text("DeviceKey"), group_key: text("DeviceGroupKey"), password: "Kept by the device".into() }
    }

    /// The request that confirms it.
    pub(crate) fn confirmation(&self, token: &Value) -> Value {
        let salt = BigUint::from(0xB0B_CAFE_u32);
        let v = verifier(&salt, self.names_and_password());
        json!({
            "AccessToken": token, "DeviceKey": self.key, "DeviceName": "laptop",
            "DeviceSecretVerifierConfig": {
                "Salt": STANDARD.encode(pad(&salt)), "PasswordVerifier": STANDARD.encode(pad(&v)),
            },
        })
    }

    fn names_and_password(&self) -> [&str; 3] {
        [&self.group_key, &self.key, &self.password]
    }

    fn a(&self) -> BigUint {
        BigUint::from_bytes_be(self.key.as_bytes())
    }
}

/// The value of an attribute of a device.
pub(crate) fn attribute(device: &Value, name: &str) -> Value {
    let mut attributes = device["DeviceAttributes"].as_array().unwrap().iter();
    attributes.find(|attribute| attribute["Name"] == name).map_or(Value::Null, |attribute| attribute["Value"].clone())
}
