//! ConfirmDevice, GetDevice, ListDevices, UpdateDeviceStatus, ForgetDevice, and those for administrators.

use serde_json::{Value, json};
use std::collections::BTreeSet;

use crate::device_world::{Device, Tracked, always, attribute, on_prompt};
use crate::world::{PASSWORD, START_MS, WEB, World, assert_error, assert_refused, claims};

const MISSING: &str = "Device does not exist.";
const NOT_GIVEN: &str = "Invalid device key given.";
const NOT_TRACKED: &str = "Device tracking is not configured for this user pool.";

/// The status of a device, as its user sees it.
#[track_caller]
fn status(tracked: &Tracked, token: &Value, key: &str) -> Value {
    let shown = tracked.world.ok("GetDevice", json!({ "AccessToken": token, "DeviceKey": key }));
    attribute(&shown["Device"], "dev:device_remembered_status")
}

#[test]
fn every_sign_in_without_a_device_gets_a_name_for_one() {
    let tracked = Tracked::new(always());
    let (first, second) = (tracked.sign_in("ann"), tracked.sign_in("ann"));
    let device = Device::of(&first);
    let uuid = device.key.strip_prefix("eu-west-1_").unwrap();
    assert!(uuid.len() == 36 && device.group_key.starts_with('-'), "{} {}", device.key, device.group_key);
    assert_ne!(device.key, Device::of(&second).key);
    assert_eq!(claims(&first["AccessToken"])["device_key"], json!(device.key));
    assert!(claims(&first["IdToken"]).get("device_key").is_none());
    // A name is not yet a device.
    let listed = tracked.world.ok("ListDevices", json!({ "AccessToken": first["AccessToken"] }));
    assert_eq!(listed, json!({ "Devices": [] }));

    let untracked = tracked.world.sign_in(WEB, "alice", PASSWORD);
    assert!(untracked.get("NewDeviceMetadata").is_none());
    assert!(claims(&untracked["AccessToken"]).get("device_key").is_none());
}

#[test]
fn the_pool_shows_how_it_tracks() {
    let tracked = Tracked::new(json!({ "DeviceOnlyRememberedOnUserPrompt": true }));
    let shown = tracked.world.ok("DescribeUserPool", json!({ "UserPoolId": tracked.pool }));
    let configuration = &shown["UserPool"]["DeviceConfiguration"];
    assert_eq!(
        configuration,
        &json!({ "ChallengeRequiredOnNewDevice": false, "DeviceOnlyRememberedOnUserPrompt": true })
    );
    for none in [Value::Null, json!({})] {
        let made = tracked.world.ok("CreateUserPool", json!({ "PoolName": "none", "DeviceConfiguration": none }));
        assert!(made["UserPool"].get("DeviceConfiguration").is_none());
    }
}

#[test]
fn a_confirmed_device_is_remembered_at_once_or_when_the_user_agrees() {
    for (configuration, asks) in [(always(), false), (on_prompt(), true)] {
        let tracked = Tracked::new(configuration);
        let tokens = tracked.sign_in("ann");
        let (device, token) = (Device::of(&tokens), &tokens["AccessToken"]);
        let confirmed = tracked.world.ok("ConfirmDevice", device.confirmation(token));
        assert_eq!(confirmed, json!({ "UserConfirmationNecessary": asks }));
        assert_eq!(status(&tracked, token, &device.key), if asks { "not_remembered" } else { "remembered" });
        for wanted in ["remembered", "not_remembered"] {
            tracked.world.advance(5);
            let update = json!({ "AccessToken": token, "DeviceKey": device.key, "DeviceRememberedStatus": wanted });
            assert_eq!(tracked.world.ok("UpdateDeviceStatus", update), json!({}));
            assert_eq!(status(&tracked, token, &device.key), wanted);
        }
        tracked.world.ok("UpdateDeviceStatus", json!({ "AccessToken": token, "DeviceKey": device.key }));
        assert_eq!(status(&tracked, token, &device.key), "not_remembered", "nothing was asked for");
    }
}

#[test]
fn a_device_is_shown_as_aws_shows_it() {
    let tracked = Tracked::new(always());
    let tokens = tracked.sign_in("ann");
    tracked.world.advance(10);
    let device = tracked.confirm(&tokens);
    let get = json!({ "AccessToken": tokens["AccessToken"], "DeviceKey": device.key });
    let shown = tracked.world.ok("GetDevice", get);
    let owner = format!("ann.{}", tracked.pool);
    let arn = format!("arn:aws:cognito-idp:eu-west-1:000000000000:owner/{owner}/device/{}", device.key);
    let seconds = (START_MS + 10_000) as f64 / 1000.0;
    let expected = json!({
        "DeviceKey": device.key,
        "DeviceAttributes": [
            { "Name": "device_status", "Value": "valid" },
            { "Name": "device_name", "Value": "laptop" },
            { "Name": "dev:device_arn", "Value": arn },
            { "Name": "dev:device_owner", "Value": owner },
            { "Name": "dev:device_remembered_status", "Value": "remembered" },
            { "Name": "dev:device_sdk", "Value": "aws-sdk-unknown-unknown" },
        ],
        "DeviceCreateDate": seconds, "DeviceLastModifiedDate": seconds, "DeviceLastAuthenticatedDate": seconds,
    });
    assert_eq!(shown, json!({ "Device": expected }));
    let by_name = json!({ "UserPoolId": tracked.pool, "Username": "ann", "DeviceKey": device.key });
    assert_eq!(tracked.world.ok("AdminGetDevice", by_name), shown);
}

#[test]
fn only_the_name_that_a_sign_in_got_can_be_confirmed_and_only_once() {
    let tracked = Tracked::new(always());
    let (ann, ben) = (tracked.sign_in("ann"), tracked.sign_in("ben"));
    let (hers, his) = (Device::of(&ann), Device::of(&ben));
    let mut invented = hers.confirmation(&ann["AccessToken"]);
    invented["DeviceKey"] = json!("eu-west-1_00000000-0000-4000-8000-000000000000");
    let foreign = his.confirmation(&ann["AccessToken"]);
    let other_sign_in = hers.confirmation(&tracked.sign_in("ann")["AccessToken"]);
    for body in [invented, foreign, other_sign_in] {
        assert_error(tracked.world.err("ConfirmDevice", body), "InvalidParameterException", NOT_GIVEN);
    }
    let body = hers.confirmation(&ann["AccessToken"]);
    tracked.world.ok("ConfirmDevice", body.clone());
    assert_eq!(tracked.world.err("ConfirmDevice", body).0, "DeviceKeyExistsException");
}

#[test]
fn a_secret_must_be_one_of_srp() {
    let tracked = Tracked::new(always());
    let tokens = tracked.sign_in("ann");
    let device = Device::of(&tokens);
    let good = device.confirmation(&tokens["AccessToken"]);
    let too_large = "/".repeat(512);
    for (name, value) in [
        ("Salt", json!("")),
        ("Salt", json!("!")),
        ("Salt", Value::Null),
        ("PasswordVerifier", json!("AA==")),
        ("PasswordVerifier", json!("")),
        ("PasswordVerifier", json!(too_large)),
        ("PasswordVerifier", json!("not base64")),
    ] {
        let mut body = good.clone();
        body["DeviceSecretVerifierConfig"][name] = value.clone();
        assert_eq!(tracked.world.err("ConfirmDevice", body).0, "InvalidParameterException", "{name} {value}");
    }
    let mut without = good;
    without.as_object_mut().unwrap().remove("DeviceSecretVerifierConfig");
    without.as_object_mut().unwrap().remove("DeviceName");
    tracked.world.ok("ConfirmDevice", without);
    // It can be seen, but it can't prove anything.
    let get = json!({ "AccessToken": tokens["AccessToken"], "DeviceKey": device.key });
    assert_eq!(attribute(&tracked.world.ok("GetDevice", get)["Device"], "device_name"), Value::Null);
    assert!(tracked.start("ann", Some(&device.key))["AuthenticationResult"]["AccessToken"].is_string());
}

#[test]
fn devices_are_listed_in_pages() {
    let tracked = Tracked::new(always());
    let tokens: Vec<Value> = (0..5).map(|_| tracked.sign_in("ann")).collect();
    let keys: BTreeSet<String> = tokens.iter().map(|tokens| tracked.confirm(tokens).key).collect();
    let of_user = json!({ "AccessToken": tokens[0]["AccessToken"] });
    let of_pool = json!({ "UserPoolId": tracked.pool, "Username": "ann" });
    for (operation, asked) in [("ListDevices", of_user), ("AdminListDevices", of_pool)] {
        let page = |limit: u64, after: &Value| {
            let mut body = asked.clone();
            (body["Limit"], body["PaginationToken"]) = (json!(limit), after.clone());
            tracked.world.ok(operation, body)
        };
        let (mut seen, mut after) = (Vec::new(), Value::Null);
        for size in [2, 2, 1] {
            let reply = page(2, &after);
            let devices = reply["Devices"].as_array().unwrap();
            assert_eq!(devices.len(), size, "{operation}");
            seen.extend(devices.iter().map(|device| device["DeviceKey"].as_str().unwrap().to_owned()));
            after = reply["PaginationToken"].clone();
        }
        assert!(after.is_null() && seen.iter().cloned().collect::<BTreeSet<_>>() == keys, "{operation}");
        let all = page(0, &Value::Null);
        assert!(all["Devices"].as_array().unwrap().len() == 5 && all.get("PaginationToken").is_none());
        let mut wrong = asked.clone();
        wrong["PaginationToken"] = json!("!!");
        assert_eq!(tracked.world.err(operation, wrong).0, "InvalidParameterException");
    }
    let ben = tracked.sign_in("ben");
    assert_eq!(tracked.world.ok("ListDevices", json!({ "AccessToken": ben["AccessToken"] })), json!({ "Devices": [] }));
}

#[test]
fn a_forgotten_device_is_gone() {
    let tracked = Tracked::new(always());
    let tokens = tracked.sign_in("ann");
    let device = tracked.confirm(&tokens);
    let theirs = json!({ "AccessToken": tokens["AccessToken"], "DeviceKey": device.key });
    let reply = tracked.world.call("ForgetDevice", theirs.clone());
    assert!(reply.http.status == 200 && reply.http.body.is_empty());
    for operation in ["GetDevice", "ForgetDevice", "UpdateDeviceStatus"] {
        assert_error(tracked.world.err(operation, theirs.clone()), "ResourceNotFoundException", MISSING);
    }
    // The name was this sign-in's, so it may be used again.
    tracked.confirm(&tokens);
    let by_name = json!({ "UserPoolId": tracked.pool, "Username": "ann", "DeviceKey": device.key });
    let mut update = by_name.clone();
    update["DeviceRememberedStatus"] = json!("not_remembered");
    assert_eq!(tracked.world.ok("AdminUpdateDeviceStatus", update), json!({}));
    assert_eq!(status(&tracked, &tokens["AccessToken"], &device.key), "not_remembered");
    assert!(tracked.world.call("AdminForgetDevice", by_name.clone()).http.body.is_empty());
    for operation in ["AdminGetDevice", "AdminForgetDevice", "AdminUpdateDeviceStatus"] {
        assert_error(tracked.world.err(operation, by_name.clone()), "ResourceNotFoundException", MISSING);
    }
}

#[test]
fn another_users_device_does_not_exist() {
    let tracked = Tracked::new(always());
    let (ann, ben) = (tracked.sign_in("ann"), tracked.sign_in("ben"));
    let device = tracked.confirm(&ann);
    let foreign = json!({ "AccessToken": ben["AccessToken"], "DeviceKey": device.key });
    for operation in ["GetDevice", "ForgetDevice", "UpdateDeviceStatus"] {
        assert_error(tracked.world.err(operation, foreign.clone()), "ResourceNotFoundException", MISSING);
    }
    let foreign = json!({ "UserPoolId": tracked.pool, "Username": "ben", "DeviceKey": device.key });
    for operation in ["AdminGetDevice", "AdminForgetDevice", "AdminUpdateDeviceStatus"] {
        assert_error(tracked.world.err(operation, foreign.clone()), "ResourceNotFoundException", MISSING);
    }
}

#[test]
fn unknown_users_and_pools_are_not_found() {
    let tracked = Tracked::new(always());
    let key = "eu-west-1_00000000-0000-4000-8000-000000000000";
    for (operation, kind) in [
        ("AdminForgetDevice", "UserNotFoundException"),
        ("AdminGetDevice", "ResourceNotFoundException"),
        ("AdminListDevices", "ResourceNotFoundException"),
        ("AdminUpdateDeviceStatus", "UserNotFoundException"),
    ] {
        let mut body = json!({ "UserPoolId": tracked.pool, "Username": "nobody" });
        if operation != "AdminListDevices" {
            body["DeviceKey"] = json!(key);
        }
        assert_error(tracked.world.err(operation, body.clone()), kind, "User does not exist.");
        body["UserPoolId"] = json!("eu-west-1_Nowhere");
        assert_eq!(tracked.world.err(operation, body).0, "ResourceNotFoundException", "{operation}");
    }
}

/// Each operation that a token allows, with its own members.
fn by_token(token: &Value) -> Vec<(&'static str, Value)> {
    let key = "eu-west-1_00000000-0000-4000-8000-000000000000";
    let with_key = json!({ "AccessToken": token, "DeviceKey": key });
    let mut operations: Vec<_> = ["ConfirmDevice", "ForgetDevice", "GetDevice", "UpdateDeviceStatus"]
        .into_iter()
        .map(|operation| (operation, with_key.clone()))
        .collect();
    operations.push(("ListDevices", json!({ "AccessToken": token })));
    operations
}

#[test]
fn a_pool_that_does_not_track_devices_says_so() {
    let world = World::new();
    let token = world.sign_in(WEB, "alice", PASSWORD)["AccessToken"].take();
    for (operation, body) in by_token(&token) {
        assert_error(world.err(operation, body), "InvalidParameterException", NOT_TRACKED);
    }
}

#[test]
fn a_token_must_be_good() {
    let tracked = Tracked::new(always());
    let tokens = tracked.sign_in("ann");
    let token = &tokens["AccessToken"];
    for (operation, body) in by_token(&json!("a.b.c")).into_iter().chain(by_token(&tokens["IdToken"])) {
        assert_refused(tracked.world.err(operation, body), "Invalid Access Token");
    }
    for operation in ["ForgetDevice", "GetDevice"] {
        let body = json!({ "DeviceKey": "eu-west-1_00000000-0000-4000-8000-000000000000" });
        assert_refused(tracked.world.err(operation, body), "Invalid Access Token");
    }
    let disable = json!({ "UserPoolId": tracked.pool, "Username": "ann" });
    tracked.world.ok("AdminDisableUser", disable);
    for (operation, body) in by_token(token) {
        assert_refused(tracked.world.err(operation, body), "Access Token has been revoked");
    }
    tracked.world.advance(3600);
    for (operation, body) in by_token(token) {
        assert_refused(tracked.world.err(operation, body), "Access Token has expired");
    }
}

#[test]
fn a_user_who_must_choose_another_password_or_is_gone_has_no_devices() {
    let tracked = Tracked::new(always());
    let tokens = tracked.sign_in("ann");
    tracked.confirm(&tokens);
    let ann = json!({ "UserPoolId": tracked.pool, "Username": "ann" });
    tracked.world.ok("AdminResetUserPassword", ann.clone());
    for (operation, body) in by_token(&tokens["AccessToken"]) {
        assert_eq!(tracked.world.err(operation, body).0, "PasswordResetRequiredException", "{operation}");
    }
    assert_eq!(tracked.world.call("AdminDeleteUser", ann.clone()).http.status, 200);
    for (operation, body) in by_token(&tokens["AccessToken"]) {
        assert_eq!(tracked.world.err(operation, body).0, "UserNotFoundException", "{operation}");
    }
    // Nobody inherits them with the name.
    let create = json!({ "UserPoolId": tracked.pool, "Username": "ann", "MessageAction": "SUPPRESS" });
    tracked.world.ok("AdminCreateUser", create);
    assert_eq!(tracked.world.ok("AdminListDevices", ann), json!({ "Devices": [] }));
}
