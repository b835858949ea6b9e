//! The error contract: codes, names, what is told and what is not.

use std::collections::BTreeSet;

use poolpass::access::{Outgoing, SignRequest};
use poolpass::error::{
    EmptyField, Error, ErrorKind, FlowFault, Misuse, NetworkFailure, OAuthError, Reason, ServiceError, StorageFailure,
    TokenFault,
};
use poolpass::flow::sign_in::SignIn;
use poolpass::flow::sign_up::{ConfirmSignUp, SignUp};
use poolpass::platform::{Response, SendFailure};

use crate::stage::{Stage, WEB, alice, block_on};

fn service(name: &str, message: &str, status: u16) -> ServiceError {
    ServiceError { name: name.into(), message: message.into(), status, request_id: None, retry_after_ms: None }
}

fn one_of_each() -> Vec<Error> {
    let kinds = vec![
        ErrorKind::Service(service("NotAuthorizedException", "Incorrect username or password.", 400)),
        ErrorKind::OAuth(OAuthError::new("access_denied", "", None)),
        ErrorKind::Flow(FlowFault::Unknown),
        ErrorKind::Token(TokenFault::Nonce),
        ErrorKind::Network(NetworkFailure::Unreachable, "host".into()),
        ErrorKind::Network(NetworkFailure::TimedOut, "host".into()),
        ErrorKind::Network(NetworkFailure::TooLarge, "host".into()),
        ErrorKind::Aborted,
        ErrorKind::InvalidResponse("here"),
        ErrorKind::Challenge("SMS_MFA".into()),
        ErrorKind::Srp("so"),
        ErrorKind::Input(Misuse::Empty(EmptyField::SignInUsername)),
        ErrorKind::Config(poolpass::error::BadSetting { key: "k".into(), problem: "is wrong" }),
        ErrorKind::Storage(StorageFailure::Read),
        ErrorKind::Storage(StorageFailure::Write),
        ErrorKind::LockTimeout,
        ErrorKind::SignedOut,
        ErrorKind::NoCredentials,
        ErrorKind::OriginNotAllowed("https://host".into()),
        ErrorKind::Random,
        ErrorKind::Network(NetworkFailure::NoFetch, "host".into()),
        ErrorKind::NoCrypto,
        ErrorKind::StorageCleared,
    ];
    kinds.into_iter().map(Error::from).collect()
}

#[test]
fn codes_are_unique_and_the_types_list_them() {
    let codes: BTreeSet<&str> = one_of_each().iter().map(Error::code).collect();
    assert_eq!(codes, Error::CODES.into_iter().collect());
    assert_eq!(codes.len(), Error::CODES.len());
    let types = include_str!("../../www/poolpass/index.d.ts");
    let union = types.split("export type PoolpassErrorCode =").nth(1).unwrap().split(';').next().unwrap();
    let listed: BTreeSet<&str> = union.split('\'').skip(1).step_by(2).collect();
    let of_the_wrapper = BTreeSet::from([
        "appsync",
        "internal",
        "disposed",
        "no_window",
        "no_websocket",
        "popup_blocked",
        "popup_closed",
        "popup_unanswered",
        "wasm_load",
    ]);
    assert_eq!(listed, codes.union(&of_the_wrapper).copied().collect());
}

#[test]
fn reasons_are_listed_in_the_types() {
    let types = include_str!("../../www/poolpass/index.d.ts");
    let union = types.split("export type PoolpassErrorReason =").nth(1).unwrap().split(';').next().unwrap();
    let listed: BTreeSet<&str> = union.split('\'').skip(1).step_by(2).collect();
    let of_the_wrapper = [
        "blocked_by_policy",
        "http_error",
        "invalid_wasm",
        "no_browser",
        "no_url",
        "no_webassembly",
        "not_found",
        "unreachable",
    ];
    let ours = Reason::ALL.map(Reason::as_str).into_iter().chain(OAuthError::KNOWN);
    let ours = ours.chain(Error::from(ErrorKind::StorageCleared).reason());
    let ours = ours.chain(FlowFault::ALL.map(FlowFault::as_str)).chain(TokenFault::ALL.map(TokenFault::as_str));
    assert_eq!(listed, ours.chain(of_the_wrapper).collect());
}

#[test]
fn a_network_error_names_the_host_and_nothing_secret() {
    let stage = Stage::new(WEB);
    let tab = stage.signed_in_tab();
    for (failure, code) in [
        (NetworkFailure::Unreachable, "network"),
        (NetworkFailure::TimedOut, "timeout"),
        (NetworkFailure::TooLarge, "reply_too_large"),
    ] {
        stage.world.connect(move |_| Err(SendFailure::Network(failure)));
        let error = block_on(tab.client.fetch_user_attributes()).unwrap_err();
        assert_eq!(error.code(), code);
        assert!(error.message().contains("localhost:9400") && !error.message().contains("9400/"), "{error}");
    }
    // Amplify's sentence stays, for apps that know it.
    stage.world.connect(|_| Err(SendFailure::Network(NetworkFailure::Unreachable)));
    let error = block_on(tab.client.fetch_user_attributes()).unwrap_err();
    assert!(error.message().starts_with("A network error has occurred."), "{error}");
}

#[test]
fn an_origin_without_a_rule_is_named_without_its_path() {
    let tab = Stage::new(WEB).tab();
    let request =
        SignRequest { url: "https://api.example.com:8443/notes?token=s3cret".into(), ..SignRequest::default() };
    let error = block_on(tab.client.authorize(&Outgoing { request, refused: None })).err().unwrap();
    assert_eq!((error.code(), error.name()), ("origin_not_allowed", "OriginNotAllowedException"));
    assert!(
        error.message().contains("https://api.example.com:8443.") && !error.to_string().contains("s3cret"),
        "{error}"
    );
}

/// The names are the values of `ChallengeName` in AWS's model (botocore: `cognito-idp`, `ChallengeNameType`).
#[test]
fn an_unsupported_challenge_comes_with_advice() {
    let tab = Stage::new(WEB).tab();
    let dave = SignIn { username: "dave".into(), password: "Temporary-1!".into(), ..SignIn::default() };
    let error = block_on(tab.client.sign_in(&dave)).unwrap_err();
    assert_eq!((error.code(), error.name()), ("unsupported_challenge", "UnsupportedChallengeException"));
    assert!(error.message().contains("NEW_PASSWORD_REQUIRED"), "{error}");
    let advice = error.recovery_suggestion().unwrap();
    for part in ["FORCE_CHANGE_PASSWORD", "signInWithRedirect", "admin-set-user-password --permanent"] {
        assert!(advice.contains(part), "{advice}");
    }
    let names = [
        "SMS_MFA",
        "EMAIL_OTP",
        "SMS_OTP",
        "SOFTWARE_TOKEN_MFA",
        "SELECT_MFA_TYPE",
        "MFA_SETUP",
        "PASSWORD_VERIFIER",
        "CUSTOM_CHALLENGE",
        "SELECT_CHALLENGE",
        "DEVICE_SRP_AUTH",
        "DEVICE_PASSWORD_VERIFIER",
        "ADMIN_NO_SRP_AUTH",
        "NEW_PASSWORD_REQUIRED",
        "PASSWORD",
        "WEB_AUTHN",
        "PASSWORD_SRP",
    ];
    for name in names {
        let error = Error::from(ErrorKind::Challenge(name.into()));
        let advice = error.recovery_suggestion().unwrap();
        assert!(error.message().contains(name), "{error}");
        assert!(advice.contains("hosted UI") != (name == "CUSTOM_CHALLENGE"), "{name}: {advice}");
    }
}

#[test]
fn every_error_has_a_name_and_a_message() {
    for error in one_of_each() {
        assert!(!error.name().is_empty() && error.message().len() > 10, "{error:?}");
        assert_eq!(error.to_string(), format!("{}: {}", error.name(), error.message()));
    }
}

#[test]
fn every_empty_field_has_a_name_and_a_message_of_its_own() {
    let errors = EmptyField::ALL.map(|field| Error::from(ErrorKind::Input(Misuse::Empty(field))));
    let names: BTreeSet<&str> = errors.iter().map(Error::name).collect();
    let messages: BTreeSet<String> = errors.iter().map(|error| error.message().into_owned()).collect();
    assert_eq!((names.len(), messages.len()), (EmptyField::ALL.len(), EmptyField::ALL.len()));
    for name in names {
        let field = name.strip_prefix("Empty").unwrap_or_else(|| panic!("{name}"));
        let method =
            ["SignIn", "SignUp", "ConfirmSignUp", "ResendSignUpCode"].into_iter().find(|m| field.starts_with(m));
        let method = method.unwrap_or_else(|| panic!("{name}"));
        assert!(messages.iter().any(|message| message.to_ascii_lowercase().ends_with(&method.to_ascii_lowercase())));
    }
}

#[test]
fn the_text_tells_the_causes_of_not_authorized_apart() {
    let cases = [
        ("Incorrect username or password.", Some("wrong_password"), false),
        ("Password attempts exceeded", Some("attempt_limit"), false),
        ("User cannot be confirmed. Current status is CONFIRMED", Some("already_confirmed"), false),
        ("User is disabled.", Some("user_disabled"), true),
        ("Invalid session for the user, session is expired.", Some("session_expired"), false),
        ("Invalid session for the user, session can only be used once.", Some("session_used"), false),
        ("Access Token has expired", Some("access_expired"), false),
        ("Refresh Token has expired", Some("refresh_expired"), true),
        ("Refresh Token has been revoked", Some("refresh_revoked"), true),
        ("Invalid Refresh Token", Some("refresh_invalid"), true),
        ("Client abc is configured with secret but SECRET_HASH was not received", Some("client_has_secret"), false),
        ("Unauthenticated access is not supported for this identity pool.", Some("guests_not_allowed"), false),
        ("Access to Identity 'eu-west-1:7a3f' is forbidden.", Some("identity_forbidden"), false),
        ("Invalid login token. Token expired: 1762419900 >= 1762419903", Some("login_expired"), false),
        ("Invalid login token. Incorrect token audience.", Some("login_invalid"), false),
        ("Token is not from a supported provider of this identity pool.", Some("login_invalid"), false),
        ("Logins don't match. Please include at least one valid login.", Some("logins_mismatch"), false),
        (
            "The ambiguous role mapping rules for: accounts.google.com denied this request.",
            Some("role_ambiguous"),
            false,
        ),
        ("PreTokenGeneration failed with error no entry.", None, false),
        // Not known to mean a dead token.
        ("Something new", None, false),
    ];
    for (message, reason, ends_session) in cases {
        let error = service("NotAuthorizedException", message, 400);
        assert_eq!(error.reason().map(Reason::as_str), reason, "{message}");
        assert_eq!(error.ends_session(), ends_session, "{message}");
    }
}

#[test]
fn only_known_exceptions_end_a_session() {
    let ends = [
        "UserNotFoundException",
        "UserNotConfirmedException",
        "PasswordResetRequiredException",
        "RefreshTokenReuseException",
        "TokenRevokedException",
    ];
    let goes_on = [
        "TooManyRequestsException",
        "InternalErrorException",
        "UserLambdaValidationException",
        "UnexpectedLambdaException",
        "InvalidLambdaResponseException",
        "ForbiddenException",
        "ResourceNotFoundException",
        "InvalidParameterException",
        "LimitExceededException",
    ];
    for name in ends {
        assert!(service(name, "", 400).ends_session(), "{name}");
    }
    for name in goes_on {
        assert!(!service(name, "", 400).ends_session(), "{name}");
    }
}

#[test]
fn the_exception_name_is_read_from_the_body_or_the_header() {
    let read = |status: u16, header: Option<&str>, body: &str| {
        let headers = header.map(|value| ("x-amzn-errortype", value.to_owned())).into_iter().collect();
        let response = Response { status, headers, body: body.into() };
        poolpass::aws_json::accept(response).err().map(|error| error.name().to_owned()).unwrap()
    };
    assert_eq!(
        read(400, None, r#"{"__type":"com.amazonaws.x#CodeMismatchException","message":"m"}"#),
        "CodeMismatchException"
    );
    assert_eq!(read(400, None, r#"{"code":"CodeMismatchException","Message":"m"}"#), "CodeMismatchException");
    assert_eq!(read(400, Some("CodeMismatchException:http://x/"), ""), "CodeMismatchException");
    assert_eq!(read(400, Some("CodeMismatchException,other"), "<html>"), "CodeMismatchException");
    assert_eq!(read(429, None, "busy"), "TooManyRequestsException");
    assert_eq!(read(503, None, "<html>"), "InternalErrorException");
    assert_eq!(read(403, None, "<html>"), "InvalidResponseException");
    assert_eq!(read(302, None, ""), "InvalidResponseException");
}

#[test]
fn no_secret_is_in_debug_or_error_texts() {
    let marker = "Xq7-marker!";
    let sign_in = SignIn { username: "alice".into(), password: marker.into(), ..SignIn::default() };
    let sign_up = SignUp { username: "u1".into(), password: marker.into(), ..SignUp::default() };
    let confirm = ConfirmSignUp { username: "carol".into(), code: marker.into(), ..ConfirmSignUp::default() };
    for text in [format!("{sign_in:?}"), format!("{sign_up:?}"), format!("{confirm:?}")] {
        assert!(!text.contains(marker), "{text}");
    }
    let stage = Stage::new(WEB);
    let tab = stage.tab();
    let errors = [
        block_on(tab.client.sign_in(&sign_in)).unwrap_err(),
        block_on(tab.client.sign_up(&SignUp { username: "alice".into(), ..sign_up })).unwrap_err(),
        block_on(tab.client.confirm_sign_up(&confirm)).unwrap_err(),
    ];
    for error in errors {
        assert!(!format!("{error:?} {error}").contains(marker), "{error:?}");
    }
    block_on(tab.client.sign_in(&alice())).unwrap();
    let session = block_on(tab.client.current_session()).unwrap();
    assert_eq!(format!("{:?}", session.access_token()), "Secret(..)");
}
