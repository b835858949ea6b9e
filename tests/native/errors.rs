//! The error contract: codes, names, what is told and what is not.

use std::collections::BTreeSet;

use poolpass::access::{Outgoing, SignRequest};
use poolpass::error::{
    BadSetting, Ceremony, EmptyField, Error, ErrorKind, FlowFault, Misuse, NetworkFailure, OAuthError, PasskeyFault,
    Reason, ResponseProblem, ServiceError, SettingProblem, SignInFault, SrpProblem, StorageFailure, TokenFault,
    ValueProblem, texts,
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
        ErrorKind::InvalidResponse(ResponseProblem::Salt),
        ErrorKind::SignIn(SignInFault::NotBegun),
        ErrorKind::Srp(SrpProblem::ScramblingZero),
        ErrorKind::Callback("the server of the app is away".into()),
        ErrorKind::Input(Misuse::Empty(EmptyField::SignInUsername)),
        ErrorKind::Config(BadSetting { key: "k".into(), problem: SettingProblem::Required }),
        ErrorKind::Storage(StorageFailure::Read),
        ErrorKind::Storage(StorageFailure::Write),
        ErrorKind::LockTimeout,
        ErrorKind::SignedOut,
        ErrorKind::NoCredentials,
        ErrorKind::OriginNotAllowed("https://host".into()),
        ErrorKind::Random,
        ErrorKind::Network(NetworkFailure::NoFetch, "host".into()),
        ErrorKind::NoCrypto,
        ErrorKind::Passkey(PasskeyFault::Cancelled, Ceremony::SignIn),
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
    let ours = Reason::ALL.iter().map(|reason| reason.as_str()).chain(OAuthError::KNOWN);
    let ours = ours.chain(Error::from(ErrorKind::StorageCleared).reason());
    let ours = ours.chain(FlowFault::ALL.map(FlowFault::as_str)).chain(TokenFault::ALL.map(TokenFault::as_str));
    let ours = ours.chain(PasskeyFault::ALL.map(PasskeyFault::as_str)).chain(SignInFault::ALL.map(SignInFault::as_str));
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

#[test]
fn every_error_has_a_name_and_a_message() {
    for error in one_of_each() {
        assert!(!error.name().is_empty() && error.message().len() > 10, "{error:?}");
        assert_eq!(error.to_string(), format!("{}: {}", error.name(), error.message()));
    }
}

/// The messages as they were before they had a table, of which each kind reads another row.
#[test]
fn each_kind_reads_its_own_row() {
    let value = |problem| Misuse::Value { path: "url".into(), problem };
    let setting = |problem| ErrorKind::Config(BadSetting { key: "region".into(), problem });
    let cases: Vec<(Error, &str)> = vec![
        (Misuse::Empty(EmptyField::SignInUsername).into(), "username is required to signIn"),
        (Misuse::Empty(EmptyField::ResendSignUpCodeUsername).into(), "username is required to resendSignUpCode"),
        (Misuse::Username.into(), "A user name has 1 to 128 characters and no white space."),
        (Misuse::PasswordLength.into(), "A password has at most 256 characters."),
        (
            Misuse::RedirectUrl("oauth.redirectSignIn").into(),
            "oauth.redirectSignIn has no URL of this page's origin, or lacks the requested URL.",
        ),
        (
            Misuse::Option("options.a".into()).into(),
            "The input has an option that is unknown or of the wrong type: options.a",
        ),
        (Misuse::Shape.into(), "The input must be an object."),
        (
            value(ValueProblem::DotSegment).into(),
            "url has a dot segment in its path, which browsers resolve and S3 does not.",
        ),
        (value(ValueProblem::Used).into(), "url has a body that has been used."),
        (setting(SettingProblem::NoAppClientId).into(), "Configuration: region is not an app client id."),
        (setting(SettingProblem::NoAwsRegion).into(), "Configuration: region is not an AWS region."),
        (
            setting(SettingProblem::WithoutOpenId).into(),
            "Configuration: region must have openid: there is no ID token for the identity pool.",
        ),
        (
            ErrorKind::InvalidResponse(ResponseProblem::UserSub).into(),
            "The service sent an invalid answer: UserSub is missing.",
        ),
        (
            ErrorKind::Srp(SrpProblem::ServerPublicZero).into(),
            "The SRP exchange failed: the server's public value is zero modulo N.",
        ),
        (FlowFault::Cancelled.into(), "The user came back without signing in."),
        (FlowFault::Used.into(), "This sign-in is already finished."),
        (TokenFault::Nonce.into(), "The token failed verification: wrong_nonce."),
        (ErrorKind::SignedOut.into(), "User needs to be authenticated to call this API."),
        (ErrorKind::StorageCleared.into(), "The stored session was removed, but not by signOut()."),
        (
            ErrorKind::OAuth(OAuthError::new("access_denied", "", None)).into(),
            "The sign-in was refused: access_denied.",
        ),
        (ErrorKind::OAuth(OAuthError::new("access_denied", "No.", None)).into(), "No."),
        (
            ErrorKind::OAuth(OAuthError::new("insufficient_scope", "", None)).into(),
            "The session lacks the openid scope: sign in through the hosted UI with it.",
        ),
    ];
    for (error, message) in cases {
        assert_eq!(error.message(), message);
    }
}

/// A placeholder stands once in a message, and only where the kind has a detail.
#[test]
fn each_code_has_messages_and_each_suggestion_belongs_to_a_code() {
    let with_texts: BTreeSet<&str> = texts::MESSAGES.iter().map(|(code, _)| *code).chain(["service"]).collect();
    assert_eq!(with_texts, Error::CODES.into_iter().collect());
    for (code, messages) in texts::MESSAGES {
        for message in *messages {
            assert!(message.len() > 10 && message.matches(['{', '}']).count() <= 2, "{code}: {message}");
        }
    }
    let keys: BTreeSet<(&str, &str)> = texts::SUGGESTIONS.iter().map(|(code, word, _)| (*code, *word)).collect();
    assert_eq!(keys.len(), texts::SUGGESTIONS.len(), "a suggestion is there twice");
    assert!(keys.iter().all(|(code, _)| Error::CODES.contains(code)));
    for error in one_of_each() {
        assert!(!error.message().contains("{}"), "{error}");
    }
}

/// The reason counts first, then the name, then the detail, then the code.
#[test]
fn the_most_exact_word_chooses_the_suggestion() {
    let suggestion = |kind: ErrorKind| Error::from(kind).recovery_suggestion();
    let limit = service("LimitExceededException", "Attempt limit exceeded", 400);
    assert!(suggestion(ErrorKind::Service(limit)).unwrap().starts_with("Wait a few minutes"));
    let mismatch = service("CodeMismatchException", "", 400);
    assert!(suggestion(ErrorKind::Service(mismatch)).unwrap().starts_with("Enter the latest code"));
    let wrong = service("NotAuthorizedException", "Incorrect username or password.", 400);
    assert_eq!(suggestion(ErrorKind::Service(wrong)), None);
    assert!(suggestion(ErrorKind::OAuth(OAuthError::new("invalid_scope", "", None))).unwrap().contains("oauth.scopes"));
    assert_eq!(suggestion(ErrorKind::OAuth(OAuthError::new("new", "", None))), Some("Start the sign-in again."));
    assert!(suggestion(ErrorKind::Flow(FlowFault::OtherCallback)).unwrap().starts_with("Register"));
    assert!(suggestion(ErrorKind::StorageCleared).unwrap().contains("cleared"));
    assert_eq!(suggestion(ErrorKind::SignedOut), Some("Sign in before calling this API."));
    assert_eq!(suggestion(ErrorKind::Input(Misuse::Shape)), None);
}

#[test]
fn every_empty_field_has_a_name_and_a_message_of_its_own() {
    let error = |&field: &EmptyField| Error::from(ErrorKind::Input(Misuse::Empty(field)));
    let errors: Vec<Error> = EmptyField::ALL.iter().map(error).collect();
    let names: BTreeSet<&str> = errors.iter().map(Error::name).collect();
    let messages: BTreeSet<String> = errors.iter().map(|error| error.message().into_owned()).collect();
    assert_eq!((names.len(), messages.len()), (EmptyField::ALL.len(), EmptyField::ALL.len()));
    for name in names {
        if name == "EmptyChallengeResponse" {
            // Amplify's name has the field's name alone.
            continue;
        }
        let field = name.strip_prefix("Empty").unwrap_or_else(|| panic!("{name}"));
        let methods = [
            "SignIn",
            "SignUp",
            "ConfirmSignUp",
            "ResendSignUpCode",
            "ResetPassword",
            "ConfirmResetPassword",
            "UpdatePassword",
            "ConfirmUserAttribute",
            "VerifyTOTPSetup",
        ];
        let method = methods.into_iter().find(|method| field.starts_with(method));
        let method = method.unwrap_or_else(|| panic!("{name}"));
        assert!(messages.iter().any(|message| message.to_ascii_lowercase().contains(&method.to_ascii_lowercase())));
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
