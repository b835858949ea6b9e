//! Passkeys.

use std::cell::Cell;

use poolpass::error::Error;
use poolpass::event::{Event, User};
use poolpass::json::Value;
use poolpass::platform::{Channel, Clock, Mediation, Passkeys};
use poolpass::secret::Secret;

use super::{Bench, Habit, Part, both, until};

const REQUEST: &str = r#"{"challenge":"AP-_","timeout":60000,"rpId":"localhost","hints":null,
    "allowCredentials":[{"type":"public-key","id":"aWQ_","transports":["internal"]}],"userVerification":"preferred"}"#;
const CREATION: &str = r#"{"challenge":"_wA-","timeout":60000,"rp":{"id":"localhost","name":"p"},
    "user":{"id":"dXNlcg","name":"ada","displayName":"ada"},"pubKeyCredParams":[{"type":"public-key","alg":-7}],
    "excludeCredentials":[{"type":"public-key","id":"aWQ_"}],"authenticatorSelection":{"residentKey":"required"}}"#;
const SHORT: &str = r#"{"challenge":"AP-_","timeout":30}"#;

fn read(credential: Result<Secret<String>, Error>) -> Value {
    Value::parse(credential.unwrap().expose_secret()).unwrap()
}

fn reason(result: Result<Secret<String>, Error>) -> &'static str {
    let error = result.err().unwrap();
    error.reason().unwrap_or(error.code())
}

/// What the bench's authenticator makes of the options.
fn check(credential: &Value, challenge: &str, member: &str, id: &str) {
    assert_eq!(credential.str("type"), Some("public-key"));
    assert_eq!(credential.str("rawId"), Some(challenge));
    assert_eq!(credential.get("response").unwrap().str(member), Some(id));
}

async fn both_ceremonies<B: Bench>(bench: &B) {
    let tab = bench.tab();
    bench.habit(Mediation::Modal, Habit::Agrees);
    let used = read(tab.get_passkey(REQUEST, Mediation::Modal).await);
    check(&used, "AP-_", "signature", "aWQ_");
    let made = read(tab.create_passkey(CREATION).await);
    check(&made, "_wA-", "attestationObject", "dXNlcg");
    bench.habit(Mediation::Conditional, Habit::Agrees);
    let filled = read(tab.get_passkey(REQUEST, Mediation::Conditional).await);
    check(&filled, "AP-_", "signature", "aWQ_");
    assert_eq!(bench.asked(), ["get", "create", "get by autofill"]);
}

pub(crate) async fn passkeys_are_made_and_used<B: Bench>(bench: &B) {
    both_ceremonies(bench).await;
}

pub(crate) async fn an_older_browser_gets_its_form_of_the_options<B: Bench>(bench: &B) {
    bench.take_away(Part::PasskeyJson);
    both_ceremonies(bench).await;
}

pub(crate) async fn each_refusal_has_its_reason<B: Bench>(bench: &B) {
    let tab = bench.tab();
    for (name, is) in [
        ("AbortError", "passkey_interrupted"),
        ("ConstraintError", "passkey_not_supported"),
        ("EncodingError", "passkey_bad_options"),
        ("InvalidStateError", "passkey_exists"),
        ("NotAllowedError", "passkey_cancelled"),
        ("NotSupportedError", "passkey_not_supported"),
        ("OperationError", "passkey_interrupted"),
        ("SecurityError", "passkey_wrong_domain"),
        ("UnknownError", "passkey_failed"),
    ] {
        bench.habit(Mediation::Modal, Habit::Throws(name));
        bench.habit(Mediation::Conditional, Habit::Throws(name));
        assert_eq!(reason(tab.get_passkey(REQUEST, Mediation::Modal).await), is, "{name}");
        assert_eq!(reason(tab.get_passkey(REQUEST, Mediation::Conditional).await), is, "{name}");
        assert_eq!(reason(tab.create_passkey(CREATION).await), is, "{name}");
    }
}

pub(crate) async fn a_dialog_that_was_open_for_its_time_has_timed_out<B: Bench>(bench: &B) {
    bench.habit(Mediation::Modal, Habit::Leaves);
    let result = bench.tab().get_passkey(SHORT, Mediation::Modal).await;
    assert_eq!(reason(result), "passkey_timed_out");
}

pub(crate) async fn without_passkeys_the_error_says_so<B: Bench>(bench: &B) {
    let tab = bench.tab();
    bench.take_away(Part::Passkeys);
    for mediation in [Mediation::Modal, Mediation::Conditional] {
        assert_eq!(reason(tab.get_passkey(REQUEST, mediation).await), "passkey_not_supported");
    }
    assert_eq!(reason(tab.create_passkey(CREATION).await), "passkey_not_supported");
}

pub(crate) async fn without_autofill_there_are_dialogs<B: Bench>(bench: &B) {
    let tab = bench.tab();
    bench.habit(Mediation::Modal, Habit::Agrees);
    bench.take_away(Part::Autofill);
    assert_eq!(reason(tab.get_passkey(REQUEST, Mediation::Conditional).await), "passkey_not_supported");
    check(&read(tab.get_passkey(REQUEST, Mediation::Modal).await), "AP-_", "signature", "aWQ_");
}

pub(crate) async fn an_abort_ends_a_request_for_a_passkey<B: Bench>(bench: &B) {
    let tab = bench.tab();
    for mediation in [Mediation::Modal, Mediation::Conditional] {
        bench.habit(mediation, Habit::Leaves);
        let asked = bench.asked().len();
        let (caller, abort) = bench.abortable(&tab);
        let abort = async {
            until(&tab, || bench.asked().len() > asked).await;
            abort();
        };
        let (result, ()) = both(caller.get_passkey(REQUEST, mediation), abort).await;
        assert_eq!(reason(result), "aborted", "{mediation:?}");
        // The browser's request has ended too.
        bench.habit(mediation, Habit::Agrees);
        check(&read(tab.get_passkey(REQUEST, mediation).await), "AP-_", "signature", "aWQ_");
    }
    let asked = bench.asked();
    let (caller, abort) = bench.abortable(&tab);
    abort();
    for mediation in [Mediation::Modal, Mediation::Conditional] {
        assert_eq!(reason(caller.get_passkey(REQUEST, mediation).await), "aborted");
    }
    assert_eq!(reason(caller.create_passkey(CREATION).await), "aborted");
    assert_eq!(bench.asked(), asked, "the user was not asked");
}

pub(crate) async fn autofill_goes_on_after_a_dialog_that_failed<B: Bench>(bench: &B) {
    let tab = bench.tab();
    bench.habit(Mediation::Conditional, Habit::Leaves);
    bench.habit(Mediation::Modal, Habit::Throws("NotAllowedError"));
    let dialog = async {
        until(&tab, || bench.asked().len() == 1).await;
        bench.habit(Mediation::Conditional, Habit::Agrees);
        assert_eq!(reason(tab.get_passkey(REQUEST, Mediation::Modal).await), "passkey_cancelled");
    };
    let (result, ()) = both(tab.get_passkey(REQUEST, Mediation::Conditional), dialog).await;
    check(&read(result), "AP-_", "signature", "aWQ_");
    assert_eq!(bench.asked(), ["get by autofill", "get", "get by autofill"]);
}

pub(crate) async fn autofill_ends_when_the_user_signs_in<B: Bench>(bench: &B) {
    let (tab, _heard) = bench.listening_tab();
    bench.habit(Mediation::Conditional, Habit::Leaves);
    let sign_in = async {
        until(&tab, || bench.asked().len() == 1).await;
        tab.notify(&Event::TokenRefresh);
        let user = User { username: "ada".into(), user_id: "1".into(), sign_in_details: None };
        tab.notify(&Event::SignedIn(user));
    };
    let (result, ()) = both(tab.get_passkey(REQUEST, Mediation::Conditional), sign_in).await;
    assert_eq!(reason(result), "passkey_superseded");
}

pub(crate) async fn one_wait_for_autofill_takes_the_place_of_another<B: Bench>(bench: &B) {
    let tab = bench.tab();
    bench.habit(Mediation::Conditional, Habit::Leaves);
    let is_over = Cell::new(false);
    let first = async {
        assert_eq!(reason(tab.get_passkey(REQUEST, Mediation::Conditional).await), "passkey_interrupted");
        is_over.set(true);
    };
    let second = async {
        until(&tab, || bench.asked().len() == 1).await;
        bench.habit(Mediation::Conditional, Habit::Agrees);
        check(&read(tab.get_passkey(REQUEST, Mediation::Conditional).await), "AP-_", "signature", "aWQ_");
        tab.sleep(0).await;
        assert!(is_over.get());
    };
    both(first, second).await;
}
