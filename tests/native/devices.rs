//! Remembered devices, against the emulator's core. The requests are counted: none is more than the protocol needs.

use poolpass::flow::redirect::SignOut;
use poolpass::flow::sign_in::{AuthFlow, ConfirmSignIn, FirstFactor, SignIn, SignInStep};
use poolpass::secret::Secret;
use serde_json::{Value, json};

use crate::made_pool::{MadePool, PASSWORD, custom_challenge};
use crate::stage::{HOUR_MS, Tab, block_on};

const INITIATE: &str = "InitiateAuth";
const RESPOND: &str = "RespondToAuthChallenge";
const CONFIRM: &str = "ConfirmDevice";

/// How a pool remembers devices.
#[derive(Clone, Copy, Default)]
pub(crate) struct Remembers {
    /// Only devices that the user agrees to.
    pub(crate) on_prompt: bool,
    /// The second factor is asked for on remembered devices too.
    pub(crate) beside_mfa: bool,
}

/// A pool that remembers devices, with the users ann and ben, who sign in by their e-mail addresses too.
pub(crate) fn pool(how: Remembers) -> MadePool {
    pool_with(how, json!({}))
}

fn pool_with(how: Remembers, mut settings: Value) -> MadePool {
    settings["DeviceConfiguration"] =
        json!({ "ChallengeRequiredOnNewDevice": !how.beside_mfa, "DeviceOnlyRememberedOnUserPrompt": how.on_prompt });
    settings["AliasAttributes"] = json!(["email"]);
    let pool = MadePool::new(settings);
    pool.user("ann");
    pool.user("ben");
    pool.stage.sent();
    pool
}

/// Has the service ask the user for a code by text message.
pub(crate) fn ask_for_codes(pool: &MadePool, name: &str) {
    pool.set_mfa("OPTIONAL", &["SMS_MFA"]);
    pool.prefer(name, &["SMS_MFA"]);
}

pub(crate) fn as_user(name: &str, flow: AuthFlow) -> SignIn {
    SignIn { username: name.into(), password: PASSWORD.into(), flow, ..SignIn::default() }
}

pub(crate) fn sign_in(tab: &Tab, name: &str, flow: AuthFlow) -> SignInStep {
    block_on(tab.client.sign_in(&as_user(name, flow))).unwrap()
}

pub(crate) fn confirm(tab: &Tab, response: Secret<String>) -> SignInStep {
    block_on(tab.client.confirm_sign_in(&ConfirmSignIn { response, ..ConfirmSignIn::default() })).unwrap()
}

pub(crate) fn sign_out(pool: &MadePool, tab: &Tab) {
    block_on(tab.client.sign_out(&SignOut::default())).unwrap();
    pool.stage.sent();
    tab.events();
}

#[track_caller]
pub(crate) fn assert_done(step: &SignInStep) {
    assert!(matches!(step, SignInStep::Done { can_remember_device: false }), "{step:?}");
}

#[track_caller]
pub(crate) fn assert_asks(step: &SignInStep, challenge: &str) {
    assert!(matches!(step, SignInStep::Challenge(step) if step.challenge().name() == challenge), "{step:?}");
}

pub(crate) fn record_key(pool: &MadePool, name: &str) -> String {
    format!("poolpass.v1.{}.device.{name}", pool.client_id)
}

/// The key in the stored record of a user.
pub(crate) fn stored(pool: &MadePool, name: &str) -> Option<String> {
    let text = pool.stage.world.stored(&record_key(pool, name))?;
    let record: Value = serde_json::from_str(&text).unwrap();
    Some(record["key"].as_str().unwrap().to_owned())
}

/// The keys of the user's devices at the service.
pub(crate) fn devices(pool: &MadePool, name: &str) -> Vec<String> {
    let listed = pool.administer("AdminListDevices", json!({ "Username": name }));
    let keys = listed["Devices"].as_array().unwrap().iter();
    keys.map(|device| device["DeviceKey"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_new_device_is_confirmed_and_proves_itself_at_the_next_sign_in() {
    let cases: [(AuthFlow, &[&str], &[&str]); 3] = [
        (AuthFlow::UserSrpAuth, &[INITIATE, RESPOND, CONFIRM], &[INITIATE, RESPOND, RESPOND, RESPOND]),
        (AuthFlow::UserAuth, &[INITIATE, RESPOND, CONFIRM], &[INITIATE, RESPOND, RESPOND, RESPOND]),
        (AuthFlow::UserPasswordAuth, &[INITIATE, CONFIRM], &[INITIATE, RESPOND, RESPOND]),
    ];
    for (flow, first, again) in cases {
        let pool = pool(Remembers::default());
        let tab = pool.tab();
        assert_done(&sign_in(&tab, "ann", flow));
        assert_eq!(pool.stage.sent(), first);
        assert_eq!(tab.events(), ["signedIn"]);
        let key = stored(&pool, "ann").unwrap();
        assert_eq!(devices(&pool, "ann"), [key.as_str()]);

        sign_out(&pool, &tab);
        // Another tab, so that nothing comes from the memory.
        let tab = pool.tab();
        assert_done(&sign_in(&tab, "ann", flow));
        assert_eq!(pool.stage.sent(), again, "{flow:?}");
        assert_eq!(block_on(tab.client.current_session()).unwrap().device_key(), Some(key.as_str()));
        assert_eq!(devices(&pool, "ann"), [key]);
    }
}

#[test]
fn the_service_gets_the_name_of_the_browser() {
    let pool = pool(Remembers::default());
    sign_in(&pool.tab(), "ann", AuthFlow::UserSrpAuth);
    let listed = pool.administer("AdminListDevices", json!({ "Username": "ann" }));
    let mut attributes = listed["Devices"][0]["DeviceAttributes"].as_array().unwrap().iter();
    assert!(attributes.any(|attribute| *attribute == json!({ "Name": "device_name", "Value": "poolpass memory" })));
}

#[test]
fn a_remembered_device_takes_the_place_of_the_code() {
    for flow in [AuthFlow::UserSrpAuth, AuthFlow::UserPasswordAuth, AuthFlow::UserAuth] {
        let pool = pool(Remembers::default());
        ask_for_codes(&pool, "ann");
        let tab = pool.tab();
        assert_asks(&sign_in(&tab, "ann", flow), "SMS_MFA");
        assert_done(&confirm(&tab, pool.code("ann")));
        for _ in 0..2 {
            sign_out(&pool, &tab);
            assert_done(&sign_in(&tab, "ann", flow));
            let first = if flow == AuthFlow::UserPasswordAuth { 1 } else { 2 };
            assert_eq!(pool.stage.sent().len(), first + 2, "{flow:?}");
        }
        assert_eq!(devices(&pool, "ann").len(), 1);
    }
}

#[test]
fn a_code_by_mail_as_the_first_factor_makes_no_second_device() {
    let policies = json!({ "SignInPolicy": { "AllowedFirstAuthFactors": ["PASSWORD", "EMAIL_OTP"] } });
    let pool = pool_with(Remembers::default(), json!({ "Policies": policies }));
    let tab = pool.tab();
    let input = SignIn {
        username: "ann".into(),
        flow: AuthFlow::UserAuth,
        preferred: Some(FirstFactor::EmailOtp),
        ..SignIn::default()
    };
    for _ in 0..2 {
        assert_asks(&block_on(tab.client.sign_in(&input)).unwrap(), "EMAIL_OTP");
        assert_done(&confirm(&tab, pool.code("ann")));
        sign_out(&pool, &tab);
    }
    assert_eq!(devices(&pool, "ann").len(), 1);
}

/// The device proves itself after whatever was asked before.
#[test]
fn the_proof_follows_every_challenge() {
    let pool = pool_with(
        Remembers { beside_mfa: true, ..Remembers::default() },
        json!({ "LambdaConfig": custom_challenge() }),
    );
    let tab = pool.tab();
    assert_done(&sign_in(&tab, "ann", AuthFlow::UserSrpAuth));
    let key = stored(&pool, "ann").unwrap();
    let proven = |step: SignInStep| {
        assert_done(&step);
        let mut sent = pool.stage.sent();
        sent.reverse();
        assert_eq!(sent[..2], [RESPOND, RESPOND]);
        assert_eq!(devices(&pool, "ann"), [key.as_str()]);
        sign_out(&pool, &tab);
    };
    sign_out(&pool, &tab);

    for flow in [AuthFlow::CustomWithoutSrp, AuthFlow::CustomWithSrp] {
        assert_asks(&sign_in(&tab, "ann", flow), "CUSTOM_CHALLENGE");
        proven(confirm(&tab, pool.code("ann")));
    }
    ask_for_codes(&pool, "ann");
    assert_asks(&sign_in(&tab, "ann", AuthFlow::UserSrpAuth), "SMS_MFA");
    proven(confirm(&tab, pool.code("ann")));

    pool.set_mfa("OPTIONAL", &["SMS_MFA", "EMAIL_OTP"]);
    pool.prefer("ann", &["SMS_MFA", "EMAIL_OTP"]);
    assert_asks(&sign_in(&tab, "ann", AuthFlow::UserPasswordAuth), "SELECT_MFA_TYPE");
    assert_asks(&confirm(&tab, "SMS".into()), "SMS_MFA");
    proven(confirm(&tab, pool.code("ann")));

    pool.administer(
        "AdminSetUserMFAPreference",
        json!({
            "Username": "ann", "SMSMfaSettings": { "Enabled": false }, "EmailMfaSettings": { "Enabled": false },
        }),
    );
    pool.set_mfa("OFF", &[]);
    pool.administer("AdminSetUserPassword", json!({ "Username": "ann", "Password": PASSWORD, "Permanent": false }));
    assert_asks(&sign_in(&tab, "ann", AuthFlow::UserSrpAuth), "NEW_PASSWORD_REQUIRED");
    proven(confirm(&tab, PASSWORD.into()));

    pool.set_mfa("ON", &["SOFTWARE_TOKEN_MFA"]);
    pool.administer("AdminDeleteUserAttributes", json!({ "Username": "ann", "UserAttributeNames": ["phone_number"] }));
    let SignInStep::Challenge(step) = sign_in(&tab, "ann", AuthFlow::UserSrpAuth) else { panic!("no step") };
    assert_eq!(step.challenge().name(), "MFA_SETUP");
    let secret = step.totp_secret().unwrap();
    proven(confirm(&tab, pool.totp(secret.expose_secret())));
}

#[test]
fn a_reload_in_the_middle_keeps_the_device() {
    let pool = pool(Remembers { beside_mfa: true, ..Remembers::default() });
    let tab = pool.tab();
    sign_in(&tab, "ann", AuthFlow::UserSrpAuth);
    sign_out(&pool, &tab);
    ask_for_codes(&pool, "ann");
    for flow in [AuthFlow::UserSrpAuth, AuthFlow::UserPasswordAuth] {
        assert_asks(&sign_in(&tab, "ann@example.com", flow), "SMS_MFA");
        let tab = tab.reloaded();
        assert_done(&confirm(&tab, pool.code("ann")));
        assert_eq!(devices(&pool, "ann").len(), 1);
        sign_out(&pool, &tab);
    }
}

#[test]
fn refresh_and_sign_out_name_the_device() {
    let pool = pool(Remembers::default());
    let tab = pool.tab();
    sign_in(&tab, "ann", AuthFlow::UserSrpAuth);
    // The session knows it, whatever becomes of the record.
    pool.stage.world.delete(&record_key(&pool, "ann"));
    pool.stage.sent();
    for _ in 0..2 {
        pool.stage.world.advance_ms(HOUR_MS);
        assert!(block_on(tab.access_token(false)).unwrap().is_some());
        assert_eq!(pool.stage.sent(), ["GetTokensFromRefreshToken"]);
    }
    pool.stage.world.settle();
    pool.stage.world.advance_ms(HOUR_MS);
    let out = block_on(tab.client.sign_out(&crate::stage::everywhere())).unwrap();
    assert!(out.not_revoked.is_none(), "{:?}", out.not_revoked);
    assert_eq!(pool.stage.sent(), ["GetTokensFromRefreshToken", "GlobalSignOut"]);
}

#[test]
fn a_refresh_without_the_device_is_refused() {
    let pool = pool(Remembers::default());
    let tab = pool.tab();
    sign_in(&tab, "ann", AuthFlow::UserSrpAuth);
    let stored = pool.stage.stored().unwrap();
    let record: Value = serde_json::from_str(&stored).unwrap();
    let refresh = |device: Option<&str>| {
        let body = json!({ "ClientId": pool.client_id, "RefreshToken": record["refreshToken"], "DeviceKey": device });
        let headers = [
            ("content-type", "application/x-amz-json-1.1"),
            ("x-amz-target", "AWSCognitoIdentityProviderService.GetTokensFromRefreshToken"),
        ];
        pool.stage.request("POST", "/", &headers, &body.to_string()).status
    };
    let session = block_on(tab.client.current_session()).unwrap();
    assert_eq!((refresh(None), refresh(session.device_key())), (400, 200));
}

#[test]
fn users_of_one_browser_have_devices_of_their_own() {
    let pool = pool(Remembers::default());
    let tab = pool.tab();
    for flow in [AuthFlow::UserSrpAuth, AuthFlow::UserPasswordAuth] {
        for name in ["ann", "ben"] {
            assert_done(&sign_in(&tab, name, flow));
            sign_out(&pool, &tab);
        }
    }
    let [ann, ben] = ["ann", "ben"].map(|name| stored(&pool, name).unwrap());
    assert_ne!(ann, ben);
    assert_eq!((devices(&pool, "ann"), devices(&pool, "ben")), (vec![ann], vec![ben]));
}

#[test]
fn an_address_that_has_moved_to_another_user_finds_that_users_device() {
    let pool = pool(Remembers::default());
    let tab = pool.tab();
    let address = "ann@example.com";
    assert_done(&sign_in(&tab, address, AuthFlow::UserPasswordAuth));
    sign_out(&pool, &tab);
    let anns = stored(&pool, "ann").unwrap();
    let set = |name: &str, address: &str| {
        let attributes = [("email", address), ("email_verified", "true")]
            .map(|(name, value)| json!({ "Name": name, "Value": value }));
        pool.administer("AdminUpdateUserAttributes", json!({ "Username": name, "UserAttributes": attributes }));
    };
    set("ann", "other@example.com");
    set("ben", address);
    assert_done(&sign_in(&tab, address, AuthFlow::UserPasswordAuth));
    // The service refused ann's device for ben.
    assert_eq!(pool.stage.sent(), [INITIATE, INITIATE, CONFIRM]);
    assert_eq!(block_on(tab.client.current_session()).unwrap().username(), "ben");
    assert_eq!(stored(&pool, "ann").unwrap(), anns);
    sign_out(&pool, &tab);
    // From now on the address means ben.
    assert_done(&sign_in(&tab, address, AuthFlow::UserPasswordAuth));
    assert_eq!(pool.stage.sent(), [INITIATE, RESPOND, RESPOND]);
    sign_out(&pool, &tab);
    assert_done(&sign_in(&tab, "other@example.com", AuthFlow::UserSrpAuth));
    assert_eq!(devices(&pool, "ann"), [anns]);
}
