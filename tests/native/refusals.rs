//! Tokens and credentials that a service refuses: renewed once, and not again and again.

use futures::future::join_all;
use poolpass::access::{Authorized, Outgoing, SignRequest};
use poolpass::flow::sign_in::SignIn;

use crate::stage::{Stage, Tab, WEB, alice, block_on};

const API: &str = "https://api.example.com/notes";
const SIGNED: &str = "http://localhost:9400/api/iam/notes";
const PAUSE_MS: i64 = 30_000;

/// A request to either, what renews its credential, and a header that tells one credential from another.
const KINDS: [(&str, &str, &str); 2] = [
    (API, "GetTokensFromRefreshToken", "authorization"),
    (SIGNED, "GetCredentialsForIdentity", "x-amz-security-token"),
];

fn tab(stage: &Stage) -> Tab {
    let config = format!(
        r#"{{"userPool": {{"userPoolId": "eu-west-1_PoolPass1", "userPoolClientId": "{WEB}"}},
            "identityPool": {{"identityPoolId": "eu-west-1:00000000-0000-4000-8000-000000000001"}},
            "origins": [{{"origin": "https://api.example.com", "auth": "access"}},
                {{"origin": "http://localhost:9400", "auth": "iam", "service": "execute-api", "region": "eu-west-1"}}],
            "endpoint": "http://localhost:9400"}}"#
    );
    Tab::open(&config, stage.world.tab())
}

/// A tab where alice has signed in, with credentials at hand.
fn signed_in(stage: &Stage) -> Tab {
    let tab = tab(stage);
    block_on(tab.client.sign_in(&alice())).unwrap();
    for (url, ..) in KINDS {
        authorized(&tab, url, None);
    }
    stage.world.advance_ms(1_000);
    stage.sent();
    tab
}

fn outgoing(url: &str, refused: Option<i64>) -> Outgoing {
    let request = SignRequest { url: url.into(), ..SignRequest::default() };
    Outgoing { request, refused }
}

fn authorized(tab: &Tab, url: &str, refused: Option<i64>) -> Authorized {
    block_on(tab.client.authorize(&outgoing(url, refused))).unwrap()
}

/// The fingerprint of a request's credential, after a service has refused that of the fingerprint given.
fn after(tab: &Tab, url: &str, refused: Option<i64>) -> i64 {
    authorized(tab, url, refused).fingerprint.unwrap()
}

fn header(authorized: &Authorized, name: &str) -> String {
    let found = authorized.headers.iter().find(|(own, _)| *own == name);
    found.unwrap().1.expose_secret().clone()
}

#[test]
fn a_rejected_credential_is_renewed_once_however_often_it_is_rejected() {
    for (url, operation, name) in KINDS {
        let stage = Stage::new(WEB);
        let tab = signed_in(&stage);
        let first = authorized(&tab, url, None);
        let refused = first.fingerprint.unwrap();
        let renewed = authorized(&tab, url, Some(refused));
        assert_eq!(stage.sent(), [operation]);
        assert_ne!(header(&renewed, name), header(&first, name));
        // The answers to the requests that were sent with it come for a while.
        for _ in 0..20 {
            stage.world.advance_ms(5_000);
            assert_eq!(after(&tab, url, Some(refused)), renewed.fingerprint.unwrap());
        }
        assert!(stage.sent().is_empty());
    }
}

#[test]
fn concurrent_callers_share_a_renewal() {
    for (url, operation, _) in KINDS {
        let stage = Stage::new(WEB);
        let tab = signed_in(&stage);
        let refused = after(&tab, url, None);
        let input = outgoing(url, Some(refused));
        let results = block_on(join_all((0..100).map(|_| tab.client.authorize(&input))));
        let first = results[0].as_ref().unwrap().fingerprint;
        assert!(first != Some(refused));
        assert!(results.iter().all(|result| result.as_ref().unwrap().fingerprint == first));
        assert_eq!(stage.sent(), [operation]);
    }
}

#[test]
fn a_service_that_rejects_everything_causes_one_renewal_in_30_seconds() {
    for (url, operation, _) in KINDS {
        let stage = Stage::new(WEB);
        let tab = signed_in(&stage);
        let first = after(&tab, url, None);
        let second = after(&tab, url, Some(first));
        stage.sent();
        for _ in 0..29 {
            stage.world.advance_ms(1_000);
            // The same again: there is no other for now.
            assert_eq!(after(&tab, url, Some(second)), second);
        }
        assert!(stage.sent().is_empty());
        stage.world.advance_ms(1_000);
        assert_ne!(after(&tab, url, Some(second)), second);
        assert_eq!(stage.sent(), [operation]);
    }
}

#[test]
fn a_renewal_that_fails_is_not_tried_again_at_once() {
    for (url, operation, _) in KINDS {
        let stage = Stage::new(WEB);
        let tab = signed_in(&stage);
        let refused = after(&tab, url, None);
        stage.control(
            "POST",
            "faults",
            &format!(r#"{{"operation": "{operation}", "kind": "dropBefore", "times": 9}}"#),
        );
        let error = block_on(tab.client.authorize(&outgoing(url, Some(refused)))).err().unwrap();
        assert_eq!(error.code(), "network");
        stage.sent();
        assert_eq!(after(&tab, url, Some(refused)), refused);
        assert!(stage.sent().is_empty());
        stage.control("DELETE", "faults", "");
        stage.world.advance_ms(PAUSE_MS);
        assert_ne!(after(&tab, url, Some(refused)), refused);
        assert_eq!(stage.sent(), [operation]);
    }
}

#[test]
fn a_clock_that_is_set_back_does_not_stop_renewals() {
    let stage = Stage::new(WEB);
    let tab = signed_in(&stage);
    let first = after(&tab, API, None);
    let second = after(&tab, API, Some(first));
    tab.platform.set_clock_error_ms(-4_000);
    assert_ne!(after(&tab, API, Some(second)), second);
}

#[test]
fn a_credential_renewed_in_another_tab_is_not_renewed_again() {
    for (url, ..) in KINDS {
        let stage = Stage::new(WEB);
        let (here, there) = (signed_in(&stage), tab(&stage));
        let refused = after(&here, url, None);
        let renewed = after(&there, url, Some(refused));
        stage.sent();
        assert_eq!(after(&here, url, Some(refused)), renewed);
        assert!(stage.sent().is_empty());
    }
}

#[test]
fn a_user_who_signs_in_meanwhile_is_not_refreshed() {
    let stage = Stage::new(WEB);
    let tab = signed_in(&stage);
    let refused = after(&tab, API, None);
    let bob = SignIn { username: "bob".into(), password: "Battery-Staple8?".into(), ..SignIn::default() };
    block_on(tab.client.sign_in(&bob)).unwrap();
    stage.sent();
    assert_ne!(after(&tab, API, Some(refused)), refused);
    assert!(stage.sent().is_empty());
}

#[test]
fn the_kits_own_requests_renew_a_rejected_token_once() {
    let stage = Stage::new(WEB);
    let tab = signed_in(&stage);
    let refusal =
        r#""kind": "error", "status": 400, "type": "NotAuthorizedException", "message": "Access Token has expired""#;
    stage.control("POST", "faults", &format!(r#"{{"operation": "GetUser", "times": 9, {refusal}}}"#));
    for _ in 0..3 {
        let error = block_on(tab.client.fetch_user_attributes()).err().unwrap();
        assert_eq!(error.reason(), Some("access_expired"));
    }
    let sent = stage.sent();
    assert_eq!(sent.iter().filter(|operation| *operation == "GetTokensFromRefreshToken").count(), 1, "{sent:?}");
    stage.control("DELETE", "faults", "");
    assert!(block_on(tab.client.fetch_user_attributes()).is_ok());
}
