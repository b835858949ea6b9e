//! The refresh: once, whoever asks, and no live session is lost.

use futures::future::{join, join_all};
use futures::poll;
use poolpass::flow::redirect::SignOut;
use poolpass::memory::StorageFault;
use proptest::prelude::*;

use crate::stage::{HOUR_MS, ROTATING, Stage, Tab, WEB, alice, block_on, everywhere};

const THROTTLED: &str = r#", "status": 400, "type": "TooManyRequestsException", "message": "Rate exceeded""#;
const BROKEN: &str = r#", "status": 500, "type": "InternalErrorException", "message": "oops""#;
const BY_TRIGGER: &str = r#", "status": 400, "type": "UserLambdaValidationException", "message": "PreTokenGeneration failed with error no.""#;

#[test]
fn a_reload_sends_nothing() {
    let stage = Stage::new(WEB);
    stage.signed_in_tab();
    let reloaded = stage.tab();
    assert!(block_on(reloaded.access_token(false)).unwrap().is_some());
    assert_eq!(block_on(reloaded.client.current_session()).unwrap().username(), "alice");
    assert!(stage.sent().is_empty());
}

#[test]
fn many_calls_in_many_tabs_send_one_refresh() {
    for client in [WEB, ROTATING] {
        let stage = Stage::new(client);
        let old = block_on(stage.signed_in_tab().access_token(false)).unwrap().unwrap();
        stage.world.advance_ms(HOUR_MS);
        let tabs: Vec<Tab> = (0..8).map(|_| stage.tab()).collect();
        let calls = tabs.iter().flat_map(|tab| (0..200).map(|_| tab.access_token(false)));
        let tokens: Vec<String> = block_on(join_all(calls)).into_iter().map(|token| token.unwrap().unwrap()).collect();
        assert_eq!(stage.sent(), ["GetTokensFromRefreshToken"], "{client}");
        assert_ne!(tokens[0], old);
        assert!(tokens.iter().all(|token| *token == tokens[0]));
        let refreshes = tabs.iter().flat_map(Tab::events).filter(|event| event == "tokenRefresh").count();
        assert_eq!(refreshes, 1);
    }
}

#[test]
fn a_forced_refresh_returns_new_tokens() {
    let stage = Stage::new(ROTATING);
    let tab = stage.signed_in_tab();
    let other = stage.tab();
    let mut seen = vec![block_on(tab.access_token(false)).unwrap()];
    for _ in 0..3 {
        stage.world.advance_ms(1_000);
        seen.push(block_on(tab.access_token(true)).unwrap());
    }
    assert_eq!(stage.sent().len(), 3);
    seen.dedup();
    assert_eq!(seen.len(), 4);
    assert_eq!(other.events(), ["tokenRefresh*"; 3]);
}

#[test]
fn network_and_service_errors_keep_the_session() {
    let troubles = [
        (ROTATING, "error", THROTTLED),
        (ROTATING, "error", BROKEN),
        (ROTATING, "error", BY_TRIGGER),
        (ROTATING, "dropBefore", ""),
        (WEB, "dropAfter", ""),
        // With rotation, a reply that cannot be read would have used the token up.
        (WEB, "garbage", ""),
    ];
    for (client, kind, more) in troubles {
        let stage = Stage::new(client);
        let tab = stage.signed_in_tab();
        stage.world.advance_ms(HOUR_MS);
        stage.fault("GetTokensFromRefreshToken", kind, more);
        let error = block_on(tab.access_token(false)).unwrap_err();
        assert_eq!(stage.sent(), ["GetTokensFromRefreshToken"], "never twice");
        assert_eq!(tab.events(), ["tokenRefresh_failure"]);
        assert_eq!(block_on(tab.client.current_session()).unwrap().username(), "alice");
        assert_eq!(error.retryable(), !more.contains("Lambda") && kind != "garbage", "{kind} {more}");
        assert!(block_on(tab.access_token(false)).unwrap().is_some(), "{kind} {more}");
    }
}

#[test]
fn the_old_tokens_are_used_if_an_early_refresh_fails() {
    let stage = Stage::new(WEB);
    let tab = stage.signed_in_tab();
    let old = block_on(tab.access_token(false)).unwrap();
    stage.world.advance_ms(HOUR_MS - 30_000);
    stage.fault("GetTokensFromRefreshToken", "dropBefore", "");
    assert_eq!(block_on(tab.access_token(false)).unwrap(), old);
    assert_eq!(stage.sent(), ["GetTokensFromRefreshToken"]);
    stage.fault("GetTokensFromRefreshToken", "dropBefore", "");
    assert_eq!(block_on(tab.access_token(true)).unwrap_err().name(), "NetworkError", "forced, it must say so");
}

#[test]
fn a_lost_response_with_rotation_is_recovered_in_the_grace_period() {
    let stage = Stage::new(ROTATING);
    let made = stage.administer(
        "CreateUserPoolClient",
        r#"{"UserPoolId": "eu-west-1_PoolPass1", "ClientName": "grace", "ExplicitAuthFlows": ["ALLOW_USER_SRP_AUTH"],
            "RefreshTokenRotation": {"Feature": "ENABLED", "RetryGracePeriodSeconds": 60}}"#,
    );
    let stage = stage.with_client(made["UserPoolClient"]["ClientId"].as_str().unwrap());
    let tab = stage.signed_in_tab();
    stage.world.advance_ms(HOUR_MS);
    stage.fault("GetTokensFromRefreshToken", "dropAfter", "");
    assert_eq!(block_on(tab.access_token(false)).unwrap_err().name(), "NetworkError");
    stage.world.advance_ms(30_000);
    assert!(block_on(tab.access_token(false)).unwrap().is_some());
    assert_eq!(stage.sent(), ["GetTokensFromRefreshToken"; 2]);
}

#[test]
fn without_a_grace_period_a_reused_token_ends_the_session_in_every_tab() {
    let stage = Stage::new(ROTATING);
    let tab = stage.signed_in_tab();
    let other = stage.tab();
    stage.world.advance_ms(HOUR_MS);
    stage.fault("GetTokensFromRefreshToken", "dropAfter", "");
    assert_eq!(block_on(tab.access_token(false)).unwrap_err().name(), "NetworkError");
    assert!(stage.stored().is_some());
    tab.events();
    assert!(block_on(tab.access_token(false)).unwrap().is_none());
    assert_eq!(stage.stored(), None);
    assert_eq!(tab.events(), ["tokenRefresh_failure", "signedOut"]);
    assert_eq!(other.events(), ["signedOut*"]);
}

#[test]
fn a_session_ended_elsewhere_ends_here() {
    let stage = Stage::new(WEB);
    let tab = stage.signed_in_tab();
    let elsewhere = Stage::tab(&stage);
    assert!(block_on(elsewhere.client.sign_out(&everywhere())).unwrap().not_revoked.is_none());
    assert_eq!(stage.sent(), ["GlobalSignOut"]);
    assert!(block_on(tab.access_token(false)).unwrap().is_none());
    assert_eq!(tab.events(), ["signedOut*"]);

    // On another device, whose storage is its own: the access token is refused, the refresh token dead.
    let stage = Stage::new(WEB);
    let tab = stage.signed_in_tab();
    stage.administer("AdminDisableUser", r#"{"UserPoolId": "eu-west-1_PoolPass1", "Username": "alice"}"#);
    let error = block_on(tab.client.fetch_user_attributes()).unwrap_err();
    assert_eq!(error.name(), "NotAuthorizedException");
    stage.world.advance_ms(HOUR_MS);
    assert!(block_on(tab.access_token(false)).unwrap().is_none());
    assert_eq!(stage.stored(), None);
}

#[test]
fn a_refresh_does_not_restore_a_signed_out_session() {
    let stage = Stage::new(WEB);
    let tab = stage.signed_in_tab();
    let other = stage.tab();
    stage.world.advance_ms(HOUR_MS);
    let (refreshed, signed_out) = block_on(join(tab.access_token(false), other.client.sign_out(&SignOut::default())));
    assert!(signed_out.is_ok());
    assert!(refreshed.is_err() || refreshed.is_ok_and(|token| token.is_none()));
    assert_eq!(stage.stored(), None);
}

#[test]
fn a_session_that_another_tab_stored_meanwhile_is_adopted() {
    let stage = Stage::new(ROTATING);
    let tab = stage.signed_in_tab();
    let before = stage.stored().unwrap();
    stage.world.advance_ms(HOUR_MS);
    // A sibling that knows nothing of locks has refreshed: this tab's token is dead, the stored one is not.
    let sibling = stage.tab();
    block_on(sibling.access_token(false)).unwrap();
    let after = stage.stored().unwrap();
    stage.world.put(&stage.storage_key(), &before);
    let world = stage.world.clone();
    let (key, newer) = (stage.storage_key(), after.clone());
    stage.on_next_request(move || world.put(&key, &newer));
    assert!(block_on(tab.access_token(false)).unwrap().is_some());
    assert_eq!(stage.stored().unwrap(), after);
}

#[test]
fn a_lock_that_is_never_released_times_out_and_the_session_continues() {
    let stage = Stage::new(WEB);
    let tab = stage.signed_in_tab();
    stage.world.advance_ms(HOUR_MS);
    let frozen = block_on(stage.world.lock(&format!("{}.refresh", stage.storage_key()), 0)).unwrap();
    let error = block_on(tab.access_token(false)).unwrap_err();
    assert_eq!(error.code(), "lock_timeout");
    assert!(stage.sent().is_empty());
    drop(frozen);
    assert!(block_on(tab.access_token(false)).unwrap().is_some());
}

#[test]
fn dropping_one_caller_does_not_fail_the_others() {
    let stage = Stage::new(WEB);
    let tab = stage.signed_in_tab();
    stage.world.advance_ms(HOUR_MS);
    let (mut first, second) = (Box::pin(tab.access_token(false)), tab.access_token(false));
    block_on(async {
        // Polled far enough to have started the refresh, then dropped.
        assert!(poll!(&mut first).is_pending());
        drop(first);
        assert!(second.await.unwrap().is_some());
    });
    assert_eq!(stage.sent(), ["GetTokensFromRefreshToken"]);
}

#[test]
fn the_session_stays_in_memory_if_the_storage_cannot_be_written() {
    let stage = Stage::new(ROTATING);
    let tab = stage.tab();
    stage.world.set_storage_fault(Some(StorageFault::WritesFail));
    block_on(tab.client.sign_in(&alice())).unwrap();
    assert_eq!(tab.events(), ["sessionPersistFailed", "signedIn"]);
    for _ in 0..2 {
        stage.world.advance_ms(HOUR_MS);
        assert!(block_on(tab.access_token(false)).unwrap().is_some());
    }
    stage.world.set_storage_fault(None);
    stage.world.advance_ms(HOUR_MS);
    assert!(block_on(tab.access_token(false)).unwrap().is_some());
    assert!(stage.stored().is_some(), "written as soon as that works again");
    block_on(tab.client.sign_out(&SignOut::default())).unwrap();
    assert!(block_on(tab.access_token(false)).unwrap().is_none());
}

#[test]
fn a_storage_that_cannot_be_read_is_an_error_and_not_a_sign_out() {
    let stage = Stage::new(WEB);
    let tab = stage.signed_in_tab();
    stage.world.set_storage_fault(Some(StorageFault::ReadsFail));
    assert_eq!(block_on(tab.access_token(false)).unwrap_err().code(), "storage_read");
    stage.world.set_storage_fault(None);
    assert!(block_on(tab.access_token(false)).unwrap().is_some());
}

#[test]
fn a_storage_that_fails_during_a_refresh_does_not_cost_the_new_tokens() {
    let stage = Stage::new(ROTATING);
    let tab = stage.signed_in_tab();
    stage.world.advance_ms(HOUR_MS);
    let world = stage.world.clone();
    stage.on_next_request(move || world.set_storage_fault(Some(StorageFault::Fails)));
    // Whether the session still stands is unknown.
    assert_eq!(block_on(tab.access_token(false)).unwrap_err().code(), "storage_read");
    stage.world.set_storage_fault(None);
    assert_eq!(stage.sent(), ["GetTokensFromRefreshToken"]);
    assert!(block_on(tab.access_token(false)).unwrap().is_some());
    assert!(stage.sent().is_empty(), "the tab has kept the tokens");
    stage.world.advance_ms(HOUR_MS);
    let other = stage.tab();
    assert!(block_on(other.access_token(false)).unwrap().is_some(), "and has stored them");
}

#[test]
fn a_corrupt_record_is_moved_aside_and_reported() {
    let good = {
        let stage = Stage::new(WEB);
        stage.signed_in_tab();
        stage.stored().unwrap()
    };
    for corrupt in
        ["", "{", "[]", "{\"v\":1}", "{\"v\":0}", "null", &good.replace("accessToken", "x"), &good[..good.len() - 9]]
    {
        let stage = Stage::new(WEB);
        stage.world.put(&stage.storage_key(), corrupt);
        let tab = stage.tab();
        assert!(block_on(tab.access_token(false)).unwrap().is_none());
        assert_eq!(tab.events(), ["sessionCorrupted"]);
        assert_eq!(stage.stored(), None);
        assert_eq!(stage.world.stored(&stage.corrupt_key()).as_deref(), Some(corrupt));
        block_on(tab.client.sign_in(&alice())).unwrap();
        block_on(tab.client.sign_out(&SignOut::default())).unwrap();
        assert_eq!(stage.world.stored(&stage.corrupt_key()), None, "it may hold tokens");
    }
}

#[test]
fn a_global_sign_out_of_an_ended_session_emits_signed_out_once() {
    let stage = Stage::new(WEB);
    let tab = stage.signed_in_tab();
    stage.administer("AdminDisableUser", r#"{"UserPoolId": "eu-west-1_PoolPass1", "Username": "alice"}"#);
    stage.world.advance_ms(HOUR_MS);
    let signed_out = block_on(tab.client.sign_out(&everywhere())).unwrap();
    assert!(signed_out.not_revoked.is_some());
    // At once, and not by the word of the refresh that follows.
    assert_eq!(tab.events(), ["signedOut"]);
    assert_eq!(stage.stored(), None);
}

#[test]
fn a_record_of_a_later_version_is_left_alone() {
    let stage = Stage::new(WEB);
    stage.world.put(&stage.storage_key(), r#"{"v":2,"something":"new"}"#);
    let tab = stage.tab();
    assert!(block_on(tab.access_token(false)).unwrap().is_none());
    assert_eq!(stage.stored().as_deref(), Some(r#"{"v":2,"something":"new"}"#));
    assert!(tab.events().is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Whatever the tabs do and in whatever order, with trouble that loses no reply, the session lives and at
    /// most one refresh is sent for each time the tokens expire.
    #[test]
    fn no_schedule_of_tabs_and_failures_loses_a_live_session(
        rounds in prop::collection::vec((1usize..6, prop::sample::select(vec!["", THROTTLED, BROKEN, BY_TRIGGER, "drop"]), any::<u64>()), 1..6),
    ) {
        let stage = Stage::new(ROTATING);
        stage.signed_in_tab();
        for (tabs, trouble, order) in rounds {
            stage.world.advance_ms(HOUR_MS);
            match trouble {
                "" => {}
                "drop" => stage.fault("GetTokensFromRefreshToken", "dropBefore", ""),
                error => stage.fault("GetTokensFromRefreshToken", "error", error),
            }
            let tabs: Vec<Tab> = (0..tabs).map(|_| stage.tab()).collect();
            block_on(join_all(tabs.iter().enumerate().map(|(position, tab)| {
                let late_ms = (order >> (4 * position) & 15) as u32;
                let world = stage.world.clone();
                async move {
                    world.sleep_ms(late_ms).await;
                    let _ = tab.client.fetch_auth_session(false).await;
                }
            })));
            prop_assert!(stage.stored().is_some());
            prop_assert!(block_on(tabs[0].access_token(false)).unwrap().is_some());
            let sent = stage.sent().len();
            let most = if trouble.is_empty() { 1 } else { 2 + tabs.len() };
            prop_assert!((1..=most).contains(&sent), "{} refreshes for {} tabs", sent, tabs.len());
        }
    }
}
