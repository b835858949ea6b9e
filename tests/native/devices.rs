//! Remembered devices, against the emulator's core.

use poolpass::flow::redirect::SignOut;
use poolpass::flow::sign_in::{AuthFlow, ConfirmSignIn, SignIn, SignInStep};
use poolpass::json::Value as Input;
use poolpass::memory::{Access, StorageFault};
use serde_json::{Value, json};

use crate::stage::{HOUR_MS, Stage, Tab, WEB, block_on};

const PASSWORD: &str = "Correct-Horse7!";

/// A pool that tracks devices, with a client and the users ann and ben.
struct Tracked {
    stage: Stage,
    pool: String,
    client: String,
}

impl Tracked {
    /// `on_prompt`: only devices that the user agrees to are remembered.
    fn new(on_prompt: bool) -> Self {
        let stage = Stage::new(WEB);
        let devices = json!({"ChallengeRequiredOnNewDevice": true, "DeviceOnlyRememberedOnUserPrompt": on_prompt});
        let settings = json!({
            "PoolName": "devices", "DeviceConfiguration": devices, "AliasAttributes": ["email", "phone_number"],
            "Policies": {"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", "EMAIL_OTP"]}},
            "SmsConfiguration": {"SnsCallerArn": "arn:aws:iam::123456789012:role/sms"},
        });
        let made = stage.administer("CreateUserPool", &settings.to_string());
        let pool = made["UserPool"]["Id"].as_str().unwrap().to_owned();
        let flows: Vec<String> =
            ["USER_PASSWORD_AUTH", "USER_SRP_AUTH", "USER_AUTH", "CUSTOM_AUTH", "REFRESH_TOKEN_AUTH"]
                .map(|flow| format!("ALLOW_{flow}"))
                .into();
        let settings = json!({"UserPoolId": pool, "ClientName": "app", "ExplicitAuthFlows": flows});
        let made = stage.administer("CreateUserPoolClient", &settings.to_string());
        let client = made["UserPoolClient"]["ClientId"].as_str().unwrap().to_owned();
        let tracked = Self { stage, pool, client };
        for (name, phone) in [("ann", "+15550100001"), ("ben", "+15550100002")] {
            let attributes = [
                ("email", format!("{name}@example.com")),
                ("email_verified", "true".into()),
                ("phone_number", phone.into()),
                ("phone_number_verified", "true".into()),
            ];
            let attributes = attributes.map(|(name, value)| json!({"Name": name, "Value": value}));
            tracked.of_user("AdminCreateUser", name, json!({"MessageAction": "SUPPRESS", "UserAttributes": attributes}));
            tracked.of_user("AdminSetUserPassword", name, json!({"Password": PASSWORD, "Permanent": true}));
        }
        tracked.stage.sent();
        tracked
    }

    /// Calls an administrator's operation on a user.
    fn of_user(&self, operation: &str, name: &str, mut more: Value) -> Value {
        more["UserPoolId"] = json!(self.pool);
        more["Username"] = json!(name);
        self.stage.administer(operation, &more.to_string())
    }

    /// Asks the user for a code by text message at each sign-in.
    fn ask_for_codes(&self, name: &str) {
        let settings = json!({
            "UserPoolId": self.pool, "MfaConfiguration": "OPTIONAL",
            "SmsMfaConfiguration": {"SmsConfiguration": {"SnsCallerArn": "arn:aws:iam::123456789012:role/sms"}},
        });
        self.stage.administer("SetUserPoolMfaConfig", &settings.to_string());
        self.of_user("AdminSetUserMFAPreference", name, json!({"SMSMfaSettings": {"Enabled": true, "PreferredMfa": true}}));
    }

    fn tab(&self) -> Tab {
        let config = format!(
            r#"{{"userPool": {{"userPoolId": "{}", "userPoolClientId": "{}"}}, "endpoint": "http://localhost:9400"}}"#,
            self.pool, self.client
        );
        Tab::open(&config, self.stage.world.tab())
    }

    fn stored(&self, name: &str) -> Option<Value> {
        let text = self.stage.world.stored(&format!("poolpass.v1.{}.device.{name}", self.client));
        text.map(|text| serde_json::from_str(&text).unwrap())
    }

    /// The user's devices at the service: key and whether it is remembered.
    fn devices(&self, name: &str) -> Vec<(String, bool)> {
        let listed = self.of_user("AdminListDevices", name, json!({}));
        let device = |device: &Value| {
            let mut attributes = device["DeviceAttributes"].as_array().unwrap().iter();
            let is_remembered = attributes.any(|attribute| attribute["Value"] == "remembered");
            (device["DeviceKey"].as_str().unwrap().to_owned(), is_remembered)
        };
        listed["Devices"].as_array().unwrap().iter().map(device).collect()
    }

    /// The code that the emulator sent last.
    fn code(&self) -> String {
        let inbox = self.stage.control("GET", "inbox", "");
        inbox["messages"][0]["code"].as_str().unwrap().to_owned()
    }

    /// Answers the step with the code that was sent.
    fn enter_code(&self, tab: &Tab) -> SignInStep {
        block_on(tab.client.confirm_sign_in(&answer(&self.code()))).unwrap()
    }
}

fn answer(text: &str) -> ConfirmSignIn {
    ConfirmSignIn { response: text.into(), ..ConfirmSignIn::default() }
}

fn as_user(name: &str, flow: AuthFlow) -> SignIn {
    SignIn { username: name.into(), password: PASSWORD.into(), flow, ..SignIn::default() }
}

fn sign_in(tab: &Tab, name: &str, flow: AuthFlow) -> SignInStep {
    block_on(tab.client.sign_in(&as_user(name, flow))).unwrap()
}

fn sign_out(tab: &Tab) {
    block_on(tab.client.sign_out(&SignOut::default())).unwrap();
}

#[track_caller]
fn assert_done(step: &SignInStep) {
    assert!(matches!(step, SignInStep::Done { can_remember_device: false }), "{step:?}");
}

#[track_caller]
fn assert_asks(step: &SignInStep, challenge: &str) {
    assert!(matches!(step, SignInStep::Challenge(step) if step.challenge().name == challenge), "{step:?}");
}

#[test]
fn a_new_device_is_confirmed_and_kept_over_a_sign_out() {
    for flow in [AuthFlow::UserSrpAuth, AuthFlow::UserPasswordAuth] {
        let tracked = Tracked::new(false);
        let tab = tracked.tab();
        assert_done(&sign_in(&tab, "ann", flow));
        let first: &[&str] = match flow {
            AuthFlow::UserSrpAuth => &["InitiateAuth", "RespondToAuthChallenge", "ConfirmDevice"],
            _ => &["InitiateAuth", "ConfirmDevice"],
        };
        assert_eq!(tracked.stage.sent(), first);
        assert_eq!(tab.events(), ["signedIn"]);
        let record = tracked.stored("ann").unwrap();
        assert_eq!(tracked.devices("ann"), [(record["key"].as_str().unwrap().to_owned(), true)]);
        let session = block_on(tab.client.current_session()).unwrap();
        assert_eq!(session.device_key(), record["key"].as_str());

        sign_out(&tab);
        assert_eq!(tracked.stored("ann").unwrap(), record);
        tracked.stage.sent();
        // Another tab, so that nothing is left in memory.
        let tab = tracked.tab();
        assert_done(&sign_in(&tab, "ann", flow));
        let again: &[&str] = match flow {
            AuthFlow::UserSrpAuth => &["InitiateAuth"; 1],
            _ => &["InitiateAuth"; 1],
        };
        let proof = if flow == AuthFlow::UserSrpAuth { 3 } else { 2 };
        assert_eq!(tracked.stage.sent(), [again, &vec!["RespondToAuthChallenge"; proof]].concat(), "{flow:?}");
        assert_eq!(block_on(tab.client.current_session()).unwrap().device_key(), record["key"].as_str());
        assert_eq!(tracked.devices("ann").len(), 1);
    }
}

#[test]
fn a_remembered_device_takes_the_place_of_the_code() {
    let tracked = Tracked::new(false);
    tracked.ask_for_codes("ann");
    let tab = tracked.tab();
    assert_asks(&sign_in(&tab, "ann", AuthFlow::UserSrpAuth), "SMS_MFA");
    assert_done(&tracked.enter_code(&tab));
    sign_out(&tab);
    tracked.stage.sent();
    assert_done(&sign_in(&tab, "ann", AuthFlow::UserSrpAuth));
    // SRP of the user, then of the device.
    assert_eq!(tracked.stage.sent(), ["InitiateAuth", "RespondToAuthChallenge", "RespondToAuthChallenge", "RespondToAuthChallenge"]);
    sign_out(&tab);
    tracked.stage.sent();
    // By what was typed at a sign-in before, the service learns of the device in the first request.
    assert_done(&sign_in(&tab, "ann", AuthFlow::UserPasswordAuth));
    assert_eq!(tracked.stage.sent(), ["InitiateAuth", "RespondToAuthChallenge", "RespondToAuthChallenge"]);
}

#[test]
fn the_refresh_names_the_device() {
    let tracked = Tracked::new(false);
    let tab = tracked.tab();
    sign_in(&tab, "ann", AuthFlow::UserSrpAuth);
    // The session names it, whatever is stored of the device.
    tracked.stage.world.clear_storage_key(&format!("poolpass.v1.{}.device.ann", tracked.client));
    tracked.stage.world.advance_ms(HOUR_MS);
    tracked.stage.sent();
    assert!(block_on(tab.access_token(false)).unwrap().is_some());
    assert_eq!(tracked.stage.sent(), ["GetTokensFromRefreshToken"]);
}
