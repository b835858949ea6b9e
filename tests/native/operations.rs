//! The table of the operations: what is sent for an input, what is refused before, what is made of a reply.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;

use poolpass::error::EmptyField;
use poolpass::flow::sign_up::{ConfirmSignUp, ResendSignUpCode, SignUp};
use poolpass::idp::operations::{ALL, CONFIRM_SIGN_UP, FETCH_USER_ATTRIBUTES, RESEND_SIGN_UP_CODE, SIGN_UP, find};
use poolpass::idp::{Caller, Effect, Field, Kind, Operation, Output};
use poolpass::json::Value;
use poolpass::memory::{MemoryPlatform, World};
use poolpass::platform::{Response, Retry};
use poolpass::{Client, Config, Error};
use serde_json::json;

use crate::stage::{block_on, enter};

const CONFIG: &str = r#"{"userPool": {"userPoolId": "eu-west-1_PoolPass1", "userPoolClientId": "client1"}}"#;

/// A row with a field of each kind.
const OF_ALL_KINDS: Operation = Operation {
    name: "Act",
    method: "act",
    caller: Caller::App,
    effect: Effect::Changes,
    retry: Retry::Never,
    input: &[
        Field::new("username", "Username", Kind::Username),
        Field::new("password", "Password", Kind::Password),
        Field::new("code", "Code", Kind::Code).required(EmptyField::ConfirmSignUpCode),
        Field::new("text", "Text", Kind::Text),
        Field::new("number", "Number", Kind::Number),
        Field::new("texts", "Texts", Kind::Texts),
        Field::new("attribute", "Attribute", Kind::Attribute),
        Field::new("factor", "Factor", Kind::Preference(&["ENABLED", "DISABLED", "PREFERRED", "NOT_PREFERRED"])),
        Field::new("thing.id", "ThingId", Kind::Text),
        Field::new("options.bool", "Bool", Kind::Bool),
        Field::new("options.map", "Map", Kind::Map),
        Field::new("options.attributes", "Attributes", Kind::Attributes),
    ],
    output: &[],
};

/// A row with an object that must not be empty, and no options.
const OF_ATTRIBUTES: Operation = Operation {
    input: &[Field::new("attributes", "Attributes", Kind::Attributes).required(EmptyField::SignUpUsername)],
    output: &[
        Output::text("Given", "given"),
        Output::bool("Flag", "flag"),
        Output::is("isNever", false),
        Output::member("Part", "part", &[Output::text("Inner", "inner")]),
        Output::number("Number", "number"),
        Output::words("Words", "words", &[("WIRE", "OURS")]),
        Output::list("List", "list", &[Output::text("Inner", "inner")]),
        Output::accepted("Status", "SUCCESS"),
    ],
    ..OF_ALL_KINDS
};

/// A client in front of a service that gives one answer, and the bodies that the service has got.
fn answering(body: &str) -> (Client<MemoryPlatform>, Rc<RefCell<Vec<serde_json::Value>>>) {
    let world = World::new();
    enter(&world);
    let seen = Rc::new(RefCell::new(Vec::new()));
    let (sink, body) = (Rc::clone(&seen), body.to_owned());
    world.connect(move |request| {
        sink.borrow_mut().push(serde_json::from_str(request.body.expose_secret()).unwrap());
        Ok(Response { status: 200, headers: Vec::new(), body: body.as_str().into() })
    });
    let config = Config::read(&Value::parse(CONFIG).unwrap()).unwrap();
    (Client::new(config, world.tab()), seen)
}

fn value(json: &serde_json::Value) -> Value {
    Value::parse(&json.to_string()).unwrap()
}

/// What a row sends for an input.
pub(crate) fn sent(row: &Operation, input: &serde_json::Value) -> Result<serde_json::Value, Error> {
    let (client, seen) = answering("{}");
    let result = block_on(client.perform(row, &value(input)));
    let bodies = seen.borrow();
    // A reply that lacks what it must have is no matter of the input.
    result
        .map(drop)
        .or_else(|error| if error.code() == "invalid_response" { Ok(()) } else { Err(error) })
        .inspect_err(|error| assert!(bodies.is_empty(), "{error} after a request"))?;
    Ok(bodies[0].clone())
}

/// What a row returns for a reply.
pub(crate) fn returned(
    row: &Operation,
    input: &serde_json::Value,
    reply: &serde_json::Value,
) -> Result<serde_json::Value, Error> {
    let (client, _) = answering(&reply.to_string());
    let output = block_on(client.perform(row, &value(input)))?;
    Ok(serde_json::from_str(output.to_json().expose_secret()).unwrap())
}

#[test]
fn every_row_is_found_by_its_method() {
    for row in ALL {
        assert_eq!(find(row.method).unwrap().name, row.name);
    }
    assert!(find("signIn").is_none() && find("").is_none());
    let methods: BTreeSet<&str> = ALL.iter().map(|row| row.method).collect();
    assert_eq!(methods.len(), ALL.len());
}

#[test]
fn each_kind_of_field_has_its_form_on_the_wire() {
    let input = json!({
        "username": "ada", "password": " p ", "code": " 12\u{a0}34 ", "text": "", "number": 60, "texts": ["a", "b"],
        "attribute": {"attributeKey": "email", "value": "a@b.c"}, "factor": "PREFERRED", "thing": {"id": "t", "more": 1},
        "options": {"bool": false, "map": {"m": "1", "n": ""}, "attributes": {"email": "a@b.c", "name": "\"A\""}},
    });
    let expected = json!({
        "ClientId": "client1", "Username": "ada", "Password": " p ", "Code": "1234", "Text": "", "Bool": false,
        "Number": 60, "Texts": ["a", "b"], "Attribute": [{"Name": "email", "Value": "a@b.c"}],
        "Factor": {"Enabled": true, "PreferredMfa": true}, "ThingId": "t", "Map": {"m": "1", "n": ""},
        "Attributes": [{"Name": "email", "Value": "a@b.c"}, {"Name": "name", "Value": "\"A\""}],
    });
    assert_eq!(sent(&OF_ALL_KINDS, &input).unwrap(), expected);
}

#[test]
fn what_is_missing_null_or_an_empty_object_is_not_sent() {
    let expected = json!({"ClientId": "client1", "Code": "1"});
    for input in [
        json!({"code": "1"}),
        json!({"code": "1", "options": null}),
        json!({"code": "1", "options": {}}),
        json!({"code": "1", "username": null, "text": null, "options": {"bool": null, "map": {}, "attributes": {}}}),
    ] {
        assert_eq!(sent(&OF_ALL_KINDS, &input).unwrap(), expected, "{input}");
    }
}

#[test]
fn an_unknown_member_or_a_wrong_type_is_named() {
    let cases = [
        (json!({"code": "1", "Username": "a"}), "Username"),
        (json!({"code": "1", "bool": true}), "bool"),
        (json!({"code": "1", "options.bool": true}), "options.bool"),
        (json!({"code": "1", "options": {"code": "1"}}), "options.code"),
        (json!({"code": "1", "options": {"options": {}}}), "options.options"),
        (json!({"code": 1}), "code"),
        (json!({"code": "1", "text": ["a"]}), "text"),
        (json!({"code": "1", "options": {"bool": "true"}}), "options.bool"),
        (json!({"code": "1", "options": {"map": ["a"]}}), "options.map"),
        (json!({"code": "1", "number": 1.5}), "number"),
        (json!({"code": "1", "texts": "a"}), "texts"),
        (json!({"code": "1", "texts": ["a", 1]}), "texts"),
        (json!({"code": "1", "attribute": {"attributeKey": "email"}}), "attribute"),
        (json!({"code": "1", "attribute": {"attributeKey": "email", "value": "a", "more": "b"}}), "attribute"),
        (json!({"code": "1", "factor": "enabled"}), "factor"),
        (json!({"code": "1", "factor": true}), "factor"),
        (json!({"code": "1", "thing": {"id": 1}}), "thing.id"),
        (json!({"code": "1", "id": "t"}), "id"),
        (json!({"code": "1", "options": {"map": {"a": "b", "c": 1}}}), "options.map.c"),
        (json!({"code": "1", "options": {"attributes": "a"}}), "options.attributes"),
        // Before an empty field: it is the app's mistake.
        (json!({"code": "", "options": {"attributes": {"a": null}}}), "options.attributes.a"),
    ];
    for (input, path) in cases {
        let error = sent(&OF_ALL_KINDS, &input).unwrap_err();
        assert_eq!(error.name(), "InvalidInput", "{input}");
        assert!(error.message().ends_with(&format!(": {path}")), "{input}: {error}");
    }
    for input in [json!([]), json!("a"), json!({"code": "1", "options": []})] {
        assert_eq!(sent(&OF_ALL_KINDS, &input).unwrap_err().message(), "The input must be an object.", "{input}");
    }
    let without_options = json!({"attributes": {"a": "b"}, "options": {}});
    assert!(sent(&OF_ATTRIBUTES, &without_options).unwrap_err().message().ends_with(": options"));
}

#[test]
fn what_is_required_must_be_there_and_texts_must_fit() {
    let long = "x".repeat(257);
    let cases = [
        (&OF_ALL_KINDS, json!({}), "EmptyConfirmSignUpCode"),
        (&OF_ALL_KINDS, json!({"code": null}), "EmptyConfirmSignUpCode"),
        (&OF_ALL_KINDS, json!({"code": " \n"}), "EmptyConfirmSignUpCode"),
        (&OF_ALL_KINDS, json!({"code": "1", "username": "a b"}), "InvalidUsername"),
        (&OF_ALL_KINDS, json!({"code": "1", "username": long[..129]}), "InvalidUsername"),
        (&OF_ALL_KINDS, json!({"code": "1", "password": long}), "InvalidPasswordLength"),
        (&OF_ATTRIBUTES, json!({}), "EmptySignUpUsername"),
        (&OF_ATTRIBUTES, json!({"attributes": {}}), "EmptySignUpUsername"),
        (&SIGN_UP, json!({"password": "p"}), "EmptySignUpUsername"),
        (&SIGN_UP, json!({"username": "ada", "password": ""}), "EmptySignUpPassword"),
        (&CONFIRM_SIGN_UP, json!({"confirmationCode": "1"}), "EmptyConfirmSignUpUsername"),
        (&CONFIRM_SIGN_UP, json!({"username": "ada"}), "EmptyConfirmSignUpCode"),
        (&RESEND_SIGN_UP_CODE, json!({}), "EmptyResendSignUpCodeUsername"),
        (&FETCH_USER_ATTRIBUTES, json!({}), "UserUnAuthenticatedException"),
    ];
    for (row, input, name) in cases {
        assert_eq!(sent(row, &input).unwrap_err().name(), name, "{} {input}", row.method);
    }
    let fits = json!({"code": "1", "username": long[..128], "password": long[..256]});
    assert!(sent(&OF_ALL_KINDS, &fits).is_ok());
}

#[test]
fn the_typed_functions_send_what_the_rows_send_for_json() {
    let pairs = |name: &str| vec![(name.to_owned(), "1".to_owned())];
    let typed = |act: &dyn Fn(&Client<MemoryPlatform>)| {
        let (client, seen) = answering("{}");
        act(&client);
        seen.take().remove(0)
    };
    let up = SignUp {
        username: "ada".into(),
        password: "p".into(),
        attributes: pairs("email"),
        validation_data: pairs("v"),
        client_metadata: pairs("m"),
    };
    let options = json!({"userAttributes": {"email": "1"}, "validationData": {"v": "1"}, "clientMetadata": {"m": "1"}});
    assert_eq!(
        typed(&|client| drop(block_on(client.sign_up(&up)))),
        sent(&SIGN_UP, &json!({"username": "ada", "password": "p", "options": options})).unwrap(),
    );
    for force in [None, Some(true), Some(false)] {
        let confirm = ConfirmSignUp {
            session: Some("s".into()),
            username: "ada".into(),
            code: "1 2".into(),
            force_alias_creation: force,
            client_metadata: pairs("m"),
        };
        let options = json!({"forceAliasCreation": force, "session": "s", "clientMetadata": {"m": "1"}});
        assert_eq!(
            typed(&|client| drop(block_on(client.confirm_sign_up(&confirm)))),
            sent(&CONFIRM_SIGN_UP, &json!({"username": "ada", "confirmationCode": "12", "options": options})).unwrap(),
        );
    }
    let resend = ResendSignUpCode { username: "ada".into(), client_metadata: pairs("m") };
    assert_eq!(
        typed(&|client| drop(block_on(client.resend_sign_up_code(&resend)))),
        sent(&RESEND_SIGN_UP_CODE, &json!({"username": "ada", "options": {"clientMetadata": {"m": "1"}}})).unwrap(),
    );
}

#[test]
fn outputs_have_the_form_of_the_api() {
    let user = json!({"username": "ada", "password": "p"});
    let sent_to = json!({"Destination": "a***@e***", "DeliveryMedium": "EMAIL", "AttributeName": "email", "New": "x"});
    let to = json!({"destination": "a***@e***", "deliveryMedium": "EMAIL", "attributeName": "email"});
    assert_eq!(
        returned(&SIGN_UP, &user, &json!({"UserSub": "s", "UserConfirmed": false, "CodeDeliveryDetails": sent_to}))
            .unwrap(),
        json!({"isSignUpComplete": false, "userId": "s",
            "nextStep": {"signUpStep": "CONFIRM_SIGN_UP", "codeDeliveryDetails": to}}),
    );
    assert_eq!(
        returned(&SIGN_UP, &user, &json!({"UserSub": "s", "UserConfirmed": true, "CodeDeliveryDetails": null}))
            .unwrap(),
        json!({"isSignUpComplete": true, "userId": "s", "nextStep": {"signUpStep": "DONE"}}),
    );
    assert_eq!(
        returned(&CONFIRM_SIGN_UP, &json!({"username": "ada", "confirmationCode": "1"}), &json!({})).unwrap(),
        json!({"isSignUpComplete": true, "nextStep": {"signUpStep": "DONE"}}),
    );
    let ada = json!({"username": "ada"});
    assert_eq!(returned(&RESEND_SIGN_UP_CODE, &ada, &json!({"CodeDeliveryDetails": sent_to})).unwrap(), to);
    assert_eq!(
        returned(&RESEND_SIGN_UP_CODE, &ada, &json!({"CodeDeliveryDetails": {"DeliveryMedium": "SMS"}})).unwrap(),
        json!({"deliveryMedium": "SMS"}),
    );
    let attributes = json!({"attributes": {"a": "b"}});
    assert_eq!(
        returned(&OF_ATTRIBUTES, &attributes, &json!({"Given": "g", "Flag": true, "Part": {"Inner": "i"}})).unwrap(),
        json!({"given": "g", "flag": true, "isNever": false, "part": {"inner": "i"}}),
    );
    let reply = json!({"Number": 1.5e9, "Words": ["WIRE", "NEW", 1], "List": [{"Inner": "i", "New": 1}, {}], "Status": "SUCCESS"});
    assert_eq!(
        returned(&OF_ATTRIBUTES, &attributes, &reply).unwrap(),
        json!({"flag": false, "isNever": false, "number": 1.5e9, "words": ["OURS", "NEW"], "list": [{"inner": "i"}, {}]}),
    );
    let reply = json!({"Number": "1", "Words": "WIRE", "List": {}});
    assert_eq!(
        returned(&OF_ATTRIBUTES, &attributes, &reply).unwrap(),
        json!({"flag": false, "isNever": false, "words": "OURS"}),
    );
    let refused = returned(&OF_ATTRIBUTES, &attributes, &json!({"Status": "ERROR"})).unwrap_err();
    assert_eq!((refused.name(), refused.retryable()), ("EnableSoftwareTokenMFAException", true));
    assert_eq!(
        returned(&OF_ATTRIBUTES, &attributes, &json!({"Given": 1, "Flag": "true", "Part": "p"})).unwrap(),
        json!({"flag": false, "isNever": false}),
    );
}

#[test]
fn a_reply_that_lacks_what_it_must_have_is_malformed() {
    let cases = [
        (&SIGN_UP, json!({"username": "ada", "password": "p"}), json!({"UserConfirmed": true}), "UserSub"),
        (&RESEND_SIGN_UP_CODE, json!({"username": "ada"}), json!({}), "CodeDeliveryDetails"),
        (&RESEND_SIGN_UP_CODE, json!({"username": "ada"}), json!({"CodeDeliveryDetails": "x"}), "CodeDeliveryDetails"),
    ];
    for (row, input, reply, member) in cases {
        let error = returned(row, &input, &reply).unwrap_err();
        assert_eq!(error.code(), "invalid_response");
        assert!(error.message().contains(member), "{error}");
    }
}

/// `GetUser`'s list, read without a session.
#[test]
fn attributes_are_read_by_name() {
    let row = Operation { caller: Caller::App, ..FETCH_USER_ATTRIBUTES };
    let list = json!([{"Name": "sub", "Value": "s"}, {"Name": "email"}]);
    let read = |reply| returned(&row, &json!({}), &reply);
    assert_eq!(read(json!({"UserAttributes": list, "Username": "u"})).unwrap(), json!({"sub": "s", "email": ""}));
    assert!(read(json!({})).unwrap_err().message().contains("UserAttributes is missing"));
    assert!(read(json!({"UserAttributes": [{"Value": "s"}]})).unwrap_err().message().contains("has no name"));
}
