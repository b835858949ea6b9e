//! SetUserMFAPreference, AdminSetUserMFAPreference, SetUserSettings, AdminSetUserSettings and GetUserAuthFactors.

use serde_json::{Value, json};

use crate::sign_in_world::{TestPool, first_factors, own_sender};
use crate::world::{World, assert_error, assert_refused};

const ALL: [&str; 3] = ["SMS_MFA", "SOFTWARE_TOKEN_MFA", "EMAIL_OTP"];
const ADDRESSES: [(&str, &str); 2] = [("email", "zoe@example.com"), ("phone_number", "+15551234567")];
const MEMBERS: [(&str, &str); 3] = [
    ("SMSMfaSettings", "SMS_MFA"),
    ("SoftwareTokenMfaSettings", "SOFTWARE_TOKEN_MFA"),
    ("EmailMfaSettings", "EMAIL_OTP"),
];

fn shown(pool: &TestPool<'_>) -> (Value, Value) {
    let user = pool.world.ok("AdminGetUser", json!({ "UserPoolId": pool.id, "Username": "zoe" }));
    (user["UserMFASettingList"].clone(), user["PreferredMfaSetting"].clone())
}

#[test]
fn several_are_enabled_and_one_preferred() {
    let world = World::new();
    let pool = TestPool::with_mfa(&world, "OPTIONAL", &ALL);
    pool.user("zoe", &ADDRESSES);
    let token = pool.token("zoe");
    pool.set_up_app(&token);
    let set = |settings: Value| {
        let mut body = settings;
        body["AccessToken"] = token.clone();
        world.call("SetUserMFAPreference", body)
    };
    assert_eq!(shown(&pool), (Value::Null, Value::Null));
    let mut all = json!({});
    for (member, _) in MEMBERS {
        all[member] = json!({ "Enabled": true });
    }
    assert_eq!(set(all.clone()).http.status, 200);
    assert_eq!(shown(&pool), (json!(ALL), Value::Null));
    for (member, name) in MEMBERS {
        assert_eq!(set(json!({ member: { "PreferredMfa": true } })).http.status, 200);
        assert_eq!(shown(&pool), (json!(ALL), json!(name)), "one takes the place of the other");
    }
    all["SMSMfaSettings"]["PreferredMfa"] = json!(true);
    all["EmailMfaSettings"]["PreferredMfa"] = json!(true);
    assert_eq!(set(all).text("__type"), "InvalidParameterException");
    assert_eq!(shown(&pool).1, "EMAIL_OTP", "nothing has changed");
    assert_eq!(set(json!({ "EmailMfaSettings": { "Enabled": false } })).http.status, 200);
    assert_eq!(shown(&pool), (json!(["SMS_MFA", "SOFTWARE_TOKEN_MFA"]), Value::Null));
    let contradiction = json!({ "SMSMfaSettings": { "Enabled": false, "PreferredMfa": true } });
    assert_eq!(set(contradiction).text("__type"), "InvalidParameterException");
}

#[test]
fn user_and_pool_must_have_the_factor() {
    let world = World::new();
    let all = TestPool::with_mfa(&world, "OPTIONAL", &ALL);
    all.user("zoe", &[]);
    let none = TestPool::new(&world, json!({}));
    none.user("zoe", &ADDRESSES);
    for pool in [all, none] {
        for (member, name) in MEMBERS {
            let text = format!("User does not have delivery config set to turn on {name}");
            for settings in [json!({ "Enabled": true }), json!({ "Enabled": true, "PreferredMfa": true })] {
                let body = pool.prefer("zoe", json!({ member: settings }));
                assert_error(world.err("AdminSetUserMFAPreference", body), "InvalidParameterException", &text);
            }
            let off = json!({ member: { "Enabled": false, "PreferredMfa": false } });
            world.ok("AdminSetUserMFAPreference", pool.prefer("zoe", off));
        }
    }
}

#[test]
fn settings_of_old_turn_sms_on_and_off() {
    let world = World::new();
    let pool = TestPool::with_mfa(&world, "OPTIONAL", &["SMS_MFA"]);
    pool.user("zoe", &ADDRESSES);
    pool.user("max", &[]);
    let token = pool.token("zoe");
    let sms = json!([{ "DeliveryMedium": "SMS", "AttributeName": "phone_number" }]);
    let set = |options: &Value| json!({ "AccessToken": token, "MFAOptions": options });
    for wrong in [
        json!([{ "DeliveryMedium": "EMAIL", "AttributeName": "email" }]),
        json!([{ "DeliveryMedium": "SMS", "AttributeName": "email" }]),
        json!([{}]),
    ] {
        assert_eq!(world.err("SetUserSettings", set(&wrong)).0, "InvalidParameterException", "{wrong}");
    }
    assert_eq!(world.ok("SetUserSettings", set(&sms)), json!({}));
    let user = world.ok("GetUser", json!({ "AccessToken": token }));
    assert_eq!((&user["MFAOptions"], &user["UserMFASettingList"]), (&sms, &json!(["SMS_MFA"])));
    assert_eq!(world.ok("InitiateAuth", pool.password("zoe"))["ChallengeName"], "SMS_MFA");
    world.ok("SetUserSettings", set(&json!([])));
    let user = world.ok("GetUser", json!({ "AccessToken": token }));
    assert!(user.get("MFAOptions").is_none() && user.get("UserMFASettingList").is_none());

    let admin = |name: &str, options: &Value| json!({ "UserPoolId": pool.id, "Username": name, "MFAOptions": options });
    world.ok("AdminSetUserSettings", admin("zoe", &sms));
    world.ok("AdminSetUserMFAPreference", pool.prefer("zoe", json!({ "SMSMfaSettings": { "Enabled": false } })));
    assert!(world.ok("GetUser", json!({ "AccessToken": token })).get("MFAOptions").is_none());
    let text = "User does not have delivery config set to turn on SMS_MFA";
    assert_error(world.err("AdminSetUserSettings", admin("max", &sms)), "InvalidParameterException", text);
    assert_eq!(world.err("AdminSetUserSettings", admin("nobody", &sms)).0, "UserNotFoundException");
    let nowhere = json!({ "UserPoolId": "eu-west-1_Nowhere", "Username": "zoe", "MFAOptions": [] });
    assert_eq!(world.err("AdminSetUserSettings", nowhere).0, "ResourceNotFoundException");
    let forged = json!({ "AccessToken": "x", "MFAOptions": [] });
    assert_refused(world.err("SetUserSettings", forged), "Invalid Access Token");
}

#[test]
fn factors_are_listed() {
    let world = World::new();
    let settings = json!({ "EmailConfiguration": own_sender(), "Policies": first_factors(&["PASSWORD", "EMAIL_OTP"]) });
    let pool = TestPool::new(&world, settings);
    pool.user("zoe", &ADDRESSES);
    let token = pool.token("zoe");
    let factors = || world.ok("GetUserAuthFactors", json!({ "AccessToken": token }));
    assert_eq!(factors(), json!({ "Username": "zoe", "ConfiguredUserAuthFactors": ["PASSWORD", "EMAIL_OTP"] }));
    pool.set_mfa("OPTIONAL", &["SMS_MFA", "SOFTWARE_TOKEN_MFA"]);
    pool.set_up_app(&token);
    let prefer = json!({ "SMSMfaSettings": { "Enabled": true, "PreferredMfa": true } });
    world.ok("AdminSetUserMFAPreference", pool.prefer("zoe", prefer));
    let expected = json!({
        "Username": "zoe", "PreferredMfaSetting": "SMS_MFA", "UserMFASettingList": ["SMS_MFA"],
        "ConfiguredUserAuthFactors": ["PASSWORD", "EMAIL_OTP", "SMS_OTP", "SOFTWARE_TOKEN"],
    });
    assert_eq!(factors(), expected);
    assert_refused(world.err("GetUserAuthFactors", json!({ "AccessToken": "x" })), "Invalid Access Token");
}
