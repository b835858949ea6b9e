//! The operations beside AWS's own model of the service (local/model, from botocore): what is sent and read has the names and types
//! of the model, and every exception of the operations that need no signature is an error with a name, a message and, where the
//! name stands for many things, a reason.

use std::collections::{BTreeMap, BTreeSet};

use poolpass::Error;
use poolpass::aws_json::accept;
use poolpass::error::texts::SUGGESTIONS;
use poolpass::idp::operations::ALL;
use poolpass::idp::{Caller, Operation};
use poolpass::platform::Response;
use serde_json::{Value, json};

use crate::operations::{returned, sent};

fn model() -> Value {
    serde_json::from_str(include_str!("../../local/model/cognito-idp.json")).unwrap()
}

/// For each method: an input with all that it takes, and the members of its output.
fn full() -> BTreeMap<&'static str, (Value, Vec<&'static str>)> {
    let metadata = json!({"clientMetadata": {"a": "b"}});
    let code = vec!["attributeName", "deliveryMedium", "destination"];
    BTreeMap::from([
        (
            "signUp",
            (
                json!({"username": "u", "password": "p", "options": {"userAttributes": {"a": "b"},
                    "validationData": {"a": "b"}, "clientMetadata": {"a": "b"}}}),
                vec!["isSignUpComplete", "nextStep", "session", "userId"],
            ),
        ),
        (
            "confirmSignUp",
            (
                json!({"username": "u", "confirmationCode": "1",
                    "options": {"forceAliasCreation": true, "session": "s", "clientMetadata": {"a": "b"}}}),
                vec!["isSignUpComplete", "nextStep", "session"],
            ),
        ),
        ("resendSignUpCode", (json!({"username": "u", "options": metadata}), code.clone())),
        ("resetPassword", (json!({"username": "u", "options": metadata}), vec!["isPasswordReset", "nextStep"])),
        (
            "confirmResetPassword",
            (json!({"username": "u", "newPassword": "p", "confirmationCode": "1", "options": metadata}), vec![]),
        ),
        ("updatePassword", (json!({"oldPassword": "o", "newPassword": "p"}), vec![])),
        ("fetchUserAttributes", (json!({}), vec!["x"])),
        (
            "updateUserAttributes",
            (json!({"userAttributes": {"a": "b"}, "options": metadata}), vec!["codeDeliveryDetailsList"]),
        ),
        (
            "updateUserAttribute",
            (
                json!({"userAttribute": {"attributeKey": "a", "value": "b"}, "options": metadata}),
                vec!["codeDeliveryDetailsList"],
            ),
        ),
        ("deleteUserAttributes", (json!({"userAttributeKeys": ["a"]}), vec![])),
        ("sendUserAttributeVerificationCode", (json!({"userAttributeKey": "email", "options": metadata}), code)),
        ("confirmUserAttribute", (json!({"userAttributeKey": "email", "confirmationCode": "1"}), vec![])),
        ("deleteUser", (json!({}), vec![])),
        ("setUpTOTP", (json!({}), vec!["sharedSecret"])),
        ("verifyTOTPSetup", (json!({"code": "123456", "options": {"friendlyDeviceName": "n"}}), vec![])),
        ("fetchMFAPreference", (json!({}), vec!["enabled", "preferred"])),
        (
            "updateMFAPreference",
            (json!({"sms": "PREFERRED", "totp": "NOT_PREFERRED", "email": "DISABLED", "passkey": "ENABLED"}), vec![]),
        ),
        ("listSessions", (json!({"nextToken": "n"}), vec!["nextToken", "sessions"])),
        ("revokeSession", (json!({"sessionId": "s", "options": {"revokeAssociatedSessions": "LINKED"}}), vec![])),
        (
            "updateAuthEventFeedback",
            (json!({"username": "u", "eventId": "e", "feedbackToken": "f", "feedbackValue": "Valid"}), vec![]),
        ),
        ("startWebAuthnRegistration", (json!({}), vec!["options"])),
        ("completeWebAuthnRegistration", (json!({"credential": {"id": "i"}}), vec![])),
        ("listWebAuthnCredentials", (json!({"pageSize": 1, "nextToken": "n"}), vec!["credentials", "nextToken"])),
        ("deleteWebAuthnCredential", (json!({"credentialId": "i"}), vec![])),
        ("fetchAuthFactors", (json!({}), vec!["enabled", "factors", "preferred", "username"])),
        ("fetchDevices", (json!({"nextToken": "t"}), vec!["devices", "nextToken"])),
        (
            "getDevice",
            (
                json!({"device": {"id": "k"}}),
                vec!["attributes", "createDate", "id", "lastAuthenticatedDate", "lastModifiedDate"],
            ),
        ),
        ("rememberDevice", (json!({"device": {"id": "k"}}), vec![])),
        ("forgetDevice", (json!({"device": {"id": "k"}}), vec![])),
    ])
}

/// What a value has that its shape has not.
fn misfit(model: &Value, shape: &str, value: &Value, path: &str) -> Option<String> {
    let found = &model["shapes"][shape];
    let is_right = match found["type"].as_str().unwrap() {
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64(),
        "list" => {
            let element = found["member"].as_str().unwrap();
            return match value.as_array() {
                Some(values) => values.iter().find_map(|value| misfit(model, element, value, path)),
                None => Some(format!("{path} is no list")),
            };
        }
        "map" => value.as_object().is_some_and(|map| map.values().all(Value::is_string)),
        "structure" if found["document"] == json!(true) => value.is_object(),
        "structure" => {
            let Some(members) = value.as_object() else { return Some(format!("{path} is no object")) };
            let required = found["required"].as_array().into_iter().flatten().map(|name| name.as_str().unwrap());
            if let Some(name) = required.into_iter().find(|name| !members.contains_key(*name)) {
                return Some(format!("{path}.{name} is missing"));
            }
            return members.iter().find_map(|(name, value)| match found["members"][name].as_str() {
                Some(shape) => misfit(model, shape, value, &format!("{path}.{name}")),
                None => Some(format!("{path}.{name} is unknown")),
            });
        }
        other => panic!("{shape} is a {other}"),
    };
    (!is_right).then(|| format!("{path} is {value}"))
}

/// A value of a shape, with all that it may have.
fn sample(model: &Value, shape: &str) -> Value {
    let found = &model["shapes"][shape];
    match found["type"].as_str().unwrap() {
        "string" => match found["enum"].as_array() {
            Some(words) => words[0].clone(),
            None => json!("x"),
        },
        "boolean" => json!(true),
        "integer" | "timestamp" => json!(1),
        "list" => json!([sample(model, found["member"].as_str().unwrap())]),
        "map" => json!({"x": "x"}),
        "structure" => {
            let members = found["members"].as_object().unwrap().iter();
            members.map(|(name, shape)| (name.clone(), sample(model, shape.as_str().unwrap()))).collect()
        }
        other => panic!("{shape} is a {other}"),
    }
}

#[test]
fn what_a_row_sends_and_reads_has_the_names_and_types_of_the_model() {
    let (model, full) = (model(), full());
    for row in ALL {
        let (input, members) = full.get(row.method).unwrap_or_else(|| panic!("{} has no full input here", row.method));
        let operation = &model["operations"][row.name];
        assert_eq!(operation["signed"], json!(false), "{}", row.name);
        let mut body = sent(&Operation { caller: Caller::App, ..*row }, input).unwrap();
        if row.caller != Caller::App {
            let body = body.as_object_mut().unwrap();
            body.remove("ClientId");
            let (name, value) = if row.caller == Caller::User { ("AccessToken", "t") } else { ("UserPoolId", "p") };
            body.insert(name.into(), json!(value));
        }
        assert_eq!(misfit(&model, operation["input"].as_str().unwrap(), &body, row.name), None);
        let reply = operation["output"].as_str().map_or(json!({}), |shape| sample(&model, shape));
        let output = returned(&Operation { caller: Caller::App, ..*row }, input, &reply).unwrap();
        let found: Vec<&str> = output.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(found, *members, "{}", row.method);
    }
}

/// The error of a response with this exception.
fn error(name: &str, message: &str) -> Error {
    let body = json!({"__type": name, "message": message}).to_string();
    let status = if name == "InternalErrorException" { 500 } else { 400 };
    accept(Response { status, headers: Vec::new(), body: body.as_str().into() }).err().unwrap()
}

#[test]
fn every_exception_of_the_operations_without_signature_is_a_typed_error() {
    let model = model();
    let operations: Vec<&Value> =
        model["operations"].as_object().unwrap().values().filter(|operation| operation["signed"] == false).collect();
    assert_eq!(operations.len(), 34);
    let names = operations.iter().flat_map(|operation| operation["errors"].as_array().unwrap());
    let names: BTreeSet<&str> = names.map(|name| name.as_str().unwrap()).collect();
    assert!(names.len() > 40, "{names:?}");
    for name in names {
        let error = error(name, "The text of the service.");
        assert_eq!(
            (error.code(), error.name(), error.message().as_ref()),
            ("service", name, "The text of the service.")
        );
        let is_retryable = [
            "CodeMismatchException",
            "EnableSoftwareTokenMFAException",
            "InternalErrorException",
            "TooManyRequestsException",
        ];
        assert_eq!(error.retryable(), is_retryable.contains(&name), "{name}");
        // The service, a setting or the app must change, and the service's own text says which: nothing for the user to do.
        let says_all = [
            "ConcurrentModificationException",
            "DeviceKeyExistsException",
            "FeatureUnavailableInTierException",
            "InternalErrorException",
            "InvalidEmailRoleAccessPolicyException",
            "InvalidLambdaResponseException",
            "InvalidParameterException",
            "InvalidSmsRoleAccessPolicyException",
            "InvalidSmsRoleTrustRelationshipException",
            "InvalidUserPoolConfigurationException",
            "MFAMethodNotFoundException",
            "NotAuthorizedException",
            "TooManyRequestsException",
            "UnauthorizedException",
            "UnexpectedLambdaException",
            "UnsupportedOperationException",
            "UnsupportedTokenTypeException",
            "UserNotFoundException",
            "UserPoolAddOnNotEnabledException",
        ];
        assert_eq!(error.recovery_suggestion().is_none(), says_all.contains(&name), "{name}");
    }
}

/// AWS's texts, as they were seen or documented: "Known error texts" of the service.
#[test]
fn where_a_name_stands_for_many_things_the_text_gives_the_reason() {
    const NOT: &str = "NotAuthorizedException";
    const INVALID: &str = "InvalidParameterException";
    let cases = [
        (NOT, "Incorrect username or password.", "wrong_password"),
        (NOT, "Password attempts exceeded", "attempt_limit"),
        (NOT, "User is disabled.", "user_disabled"),
        (NOT, "Invalid session for the user.", "session_expired"),
        (NOT, "Invalid session for the user, session is expired.", "session_expired"),
        (NOT, "Invalid session for the user, session can only be used once.", "session_used"),
        (NOT, "Access Token has expired", "access_expired"),
        (NOT, "Access Token has been revoked", "access_revoked"),
        (NOT, "Access Token does not have required scopes", "insufficient_scope"),
        (NOT, "Refresh Token has expired", "refresh_expired"),
        (NOT, "Refresh Token has been revoked", "refresh_revoked"),
        (NOT, "Invalid Refresh Token", "refresh_invalid"),
        (NOT, "Client 1h57 is configured with secret but SECRET_HASH was not received", "client_has_secret"),
        (NOT, "Unable to verify secret hash for client 1h57", "client_has_secret"),
        (NOT, "User cannot be confirmed. Current status is CONFIRMED", "already_confirmed"),
        (NOT, "User password cannot be reset in the current state.", "temporary_password"),
        (NOT, "Temporary password has expired and must be reset by an administrator.", "temporary_password_expired"),
        (NOT, "Contact administrator to reset password.", "recovery_by_admin_only"),
        (NOT, "SignUp is not permitted for this user pool", "sign_up_closed"),
        (NOT, "A client attempted to write unauthorized attribute", "attribute_not_writable"),
        (
            INVALID,
            "Cannot reset password for the user as there is no registered/verified email or phone_number",
            "no_verified_address",
        ),
        (INVALID, "USER_AUTH flow not enabled for this client", "flow_not_enabled"),
        (INVALID, "User is already confirmed.", "already_confirmed"),
        (INVALID, "User does not have delivery config set to turn on SMS_MFA", "factor_not_set_up"),
        (INVALID, "User has not verified software token mfa", "factor_not_set_up"),
        ("ResourceNotFoundException", "Device does not exist.", "device_unknown"),
        ("ExpiredCodeException", "Your software token has already been used once.", "code_used"),
        ("LimitExceededException", "Attempt limit exceeded, please try after some time.", "attempt_limit"),
        ("TooManyFailedAttemptsException", "Too many failed attempts.", "attempt_limit"),
        ("RefreshTokenReuseException", "Refresh token reuse detected.", "refresh_reused"),
    ];
    for (name, text, reason) in cases {
        let error = error(name, text);
        assert_eq!((error.name(), error.reason()), (name, Some(reason)), "{text}");
        // The user learns what to do, unless the session goes on by itself or the text has said it.
        let is_silent = ["access_expired", "refresh_expired", "refresh_revoked", "refresh_invalid", "wrong_password"];
        let has_advice = SUGGESTIONS.iter().any(|row| (row.0, row.1) == ("service", reason));
        assert_eq!(has_advice, !is_silent.contains(&reason), "{reason}");
    }
    for (name, text) in [
        (NOT, "Something new"),
        (INVALID, "Invalid email address format."),
        ("ExpiredCodeException", "Invalid code provided, please request a code again."),
    ] {
        assert_eq!(error(name, text).reason(), None, "{text}");
    }
}
