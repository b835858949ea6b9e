//! Whatever the server answers: an error, never a panic, and nothing is believed that is not ours.

use poolpass::flow::sign_in::{AuthFlow, SignIn};
use poolpass::flow::sign_up::{ConfirmSignUp, ResendSignUpCode, SignUp};
use poolpass::json::Value;
use poolpass::memory::World;
use poolpass::platform::Response;
use poolpass::{Client, Config};
use proptest::prelude::*;

use crate::stage::{block_on, enter};

const CONFIG: &str = r#"{"userPool": {"userPoolId": "eu-west-1_PoolPass1", "userPoolClientId": "client1"}}"#;

/// A world whose network gives one answer to everything.
fn answering(status: u16, body: &str) -> (World, Client<poolpass::memory::MemoryPlatform>) {
    let world = World::new();
    enter(&world);
    let body = body.to_owned();
    world.connect(move |_| Ok(Response { status, headers: Vec::new(), body: body.as_str().into() }));
    let config = Config::read(&Value::parse(CONFIG).unwrap()).unwrap();
    (world.clone(), Client::new(config, world.tab()))
}

fn call_everything(client: &Client<poolpass::memory::MemoryPlatform>) -> usize {
    let username = || "alice".to_owned();
    let sign_in = |flow| SignIn { username: username(), password: "p".into(), flow, ..SignIn::default() };
    let up = SignUp { username: username(), password: "p".into(), ..SignUp::default() };
    let confirm = ConfirmSignUp { username: username(), code: "1".into(), ..ConfirmSignUp::default() };
    let resend = ResendSignUpCode { username: username(), ..ResendSignUpCode::default() };
    [
        block_on(client.sign_in(&sign_in(AuthFlow::UserSrpAuth))).is_ok(),
        block_on(client.sign_in(&sign_in(AuthFlow::UserPasswordAuth))).is_ok(),
        block_on(client.sign_up(&up)).is_ok(),
        block_on(client.confirm_sign_up(&confirm)).is_ok(),
        block_on(client.resend_sign_up_code(&resend)).is_ok(),
        block_on(client.fetch_user_attributes()).is_ok(),
    ]
    .into_iter()
    .filter(|accepted| *accepted)
    .count()
}

/// Replies that begin right and go wrong somewhere.
fn nearly_right() -> impl Strategy<Value = String> {
    let templates = [
        r#"{"ChallengeName":"PASSWORD_VERIFIER","ChallengeParameters":{"SALT":"1f","SRP_B":"2a","SECRET_BLOCK":"AAAA","USER_ID_FOR_SRP":"u"}}"#,
        r#"{"AuthenticationResult":{"AccessToken":"a.e30.c","IdToken":"a.e30.c","RefreshToken":"r","ExpiresIn":3600}}"#,
        r#"{"UserConfirmed":false,"UserSub":"s","CodeDeliveryDetails":{"Destination":"d","DeliveryMedium":"EMAIL"}}"#,
        r#"{"UserAttributes":[{"Name":"n","Value":"v"}],"Username":"u"}"#,
        r#"{"__type":"NotAuthorizedException","message":"m"}"#,
    ];
    (prop::sample::select(templates.to_vec()), any::<prop::sample::Index>(), ".{0,6}", 0usize..12).prop_map(
        |(template, place, noise, cut)| {
            let start = place.index(template.len());
            let end = (start + cut).min(template.len());
            [&template[..start], &noise, &template[end..]].concat()
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_text_is_an_error_or_an_answer(status in prop::sample::select(vec![200u16, 200, 400, 429, 500, 302]), body in prop_oneof![any::<String>(), nearly_right()]) {
        let (world, client) = answering(status, &body);
        call_everything(&client);
        prop_assert!(world.stored_keys().is_empty(), "believed: {}", body);
    }

    #[test]
    fn any_stored_text_is_a_session_or_none(text in prop_oneof![any::<String>(), nearly_right()]) {
        let (world, client) = answering(500, "");
        world.put("poolpass.v1.client1.session", &text);
        prop_assert!(block_on(client.fetch_auth_session(false)).unwrap().is_none());
        prop_assert_eq!(world.stored("poolpass.v1.client1.session.corrupt"), Some(text));
    }
}

/// A token with these claims and no signature to speak of.
fn token(claims: &str) -> String {
    let encode = |text: &str| {
        poolpass::encode::base64::encode(text.as_bytes()).replace('=', "").replace('+', "-").replace('/', "_")
    };
    [encode(r#"{"alg":"RS256"}"#), encode(claims), "c2ln".to_owned()].join(".")
}

#[test]
fn tokens_must_be_of_this_pool_client_and_user() {
    let pool = "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_PoolPass1";
    let access = |iss: &str, client: &str, kind: &str| {
        token(&format!(
            r#"{{"iss":"{iss}","client_id":"{client}","token_use":"{kind}","sub":"s","username":"u","iat":1767225600,"exp":1767229200}}"#
        ))
    };
    let id = |aud: &str, sub: &str| {
        token(&format!(
            r#"{{"iss":"{pool}","aud":"{aud}","token_use":"id","sub":"{sub}","iat":1767225600,"exp":1767229200}}"#
        ))
    };
    let cases = [
        (access(pool, "client1", "access"), id("client1", "s"), true),
        (access("https://evil.example/eu-west-1_Other", "client1", "access"), id("client1", "s"), false),
        (access(pool, "client2", "access"), id("client1", "s"), false),
        (access(pool, "client1", "id"), id("client1", "s"), false),
        (access(pool, "client1", "access"), id("client2", "s"), false),
        (access(pool, "client1", "access"), id("client1", "somebody else"), false),
        (token("{}"), id("client1", "s"), false),
        ("not a token".to_owned(), id("client1", "s"), false),
    ];
    for (access, id, accepted) in cases {
        let body =
            format!(r#"{{"AuthenticationResult":{{"AccessToken":"{access}","IdToken":"{id}","RefreshToken":"r"}}}}"#);
        let (_, client) = answering(200, &body);
        let input = SignIn {
            username: "u".into(),
            password: "p".into(),
            flow: AuthFlow::UserPasswordAuth,
            ..SignIn::default()
        };
        let result = block_on(client.sign_in(&input));
        assert_eq!(result.is_ok(), accepted, "{body}");
        assert!(accepted || result.is_err_and(|error| error.code() == "invalid_response"));
        let without = body.replace(r#","RefreshToken":"r""#, "");
        let (_, client) = answering(200, &without);
        assert!(block_on(client.sign_in(&input)).is_err(), "a sign-in without a refresh token");
    }
}

#[test]
fn the_token_request_has_cognitos_form_and_its_errors_are_returned() {
    let (world, client) = answering(400, "");
    let seen = std::rc::Rc::new(std::cell::RefCell::new(Vec::new()));
    let sink = std::rc::Rc::clone(&seen);
    world.connect(move |request| {
        sink.borrow_mut().push((request.url.clone(), request.headers.clone(), request.body.expose_secret().clone()));
        Ok(Response {
            status: 400,
            headers: Vec::new(),
            body: r#"{"__type":"UsernameExistsException","message":"User already exists"}"#.into(),
        })
    });
    let input = SignUp {
        username: "ada \u{1f600}".replace(' ', "_"),
        password: "pass\"word\\".into(),
        attributes: vec![("email".into(), "a@b.c".into())],
        validation_data: vec![("v".into(), "1".into())],
        client_metadata: vec![("m".into(), "2".into())],
    };
    let error = block_on(client.sign_up(&input)).unwrap_err();
    assert_eq!((error.name(), &*error.message()), ("UsernameExistsException", "User already exists"));
    let (url, headers, body) = seen.borrow()[0].clone();
    assert_eq!(url, "https://cognito-idp.eu-west-1.amazonaws.com/");
    assert!(headers.contains(&("content-type", "application/x-amz-json-1.1".into())));
    assert!(headers.contains(&("x-amz-target", "AWSCognitoIdentityProviderService.SignUp".into())));
    let json: serde_json::Value = serde_json::from_str(&body).unwrap();
    assert_eq!(
        json,
        serde_json::json!({"ClientId": "client1", "Username": "ada_\u{1f600}", "Password": "pass\"word\\",
            "UserAttributes": [{"Name": "email", "Value": "a@b.c"}], "ValidationData": [{"Name": "v", "Value": "1"}],
            "ClientMetadata": {"m": "2"}})
    );
}
