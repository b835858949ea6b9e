//! Sessions under real timing: tabs that see each other's writes late, storages that fail or take their time, sign-outs and
//! sign-ins in the middle of a refresh.

use futures::future::join;
use poolpass::flow::redirect::SignOut;
use poolpass::flow::sign_in::SignIn;
use poolpass::jwt::TokenUse;
use poolpass::memory::{Access, StorageFault};
use poolpass::platform::Request;

use crate::identity::{plain, tab as tab_with_identity};
use crate::stage::{HOUR_MS, ROTATING, Stage, WEB, alice, block_on, everywhere};

fn bob() -> SignIn {
    SignIn { username: "bob".into(), password: "Battery-Staple8?".into(), ..SignIn::default() }
}

fn is(request: &Request, operation: &str) -> bool {
    request.headers.iter().any(|(_, value)| value.rsplit('.').next() == Some(operation))
}

/// Whether anything stored looks like a token or a key.
fn holds_secrets(stage: &Stage) -> bool {
    let mut texts = stage.world.stored_keys().into_iter().filter_map(|key| stage.world.stored(&key));
    texts.any(|text| text.contains("Token") || text.contains("secretAccessKey"))
}

#[test]
fn a_sign_out_during_another_tabs_refresh_leaves_nothing() {
    for client in [WEB, ROTATING] {
        for (lag_ms, operation_ms) in [(0, 0), (25, 0), (100, 0), (0, 3)] {
            for delay_ms in [0, 1, 10, 29, 30, 31, 60] {
                let stage = Stage::new(client);
                stage.world.set_storage_lag_ms(lag_ms);
                stage.world.set_storage_operation_ms(operation_ms);
                let tab = stage.signed_in_tab();
                stage.world.settle();
                let other = stage.tab();
                stage.world.set_latency(|_| (15, 15));
                let signing_out = async {
                    stage.world.sleep_ms(delay_ms).await;
                    other.client.sign_out(&SignOut::default()).await.unwrap();
                    // At once, in both tabs.
                    let found =
                        (tab.client.current_session().await.is_ok(), other.client.current_session().await.is_ok());
                    assert_eq!(found, (false, false), "lag {lag_ms}, after {delay_ms}");
                };
                let _ = block_on(join(tab.access_token(true), signing_out));
                stage.world.settle();
                assert!(!holds_secrets(&stage), "lag {lag_ms}, after {delay_ms}");
            }
        }
    }
}

#[test]
fn a_tab_that_sees_another_tabs_write_late_does_not_send_the_used_token() {
    for lag_ms in [5, 10, 25, 50, 100] {
        let stage = Stage::new(ROTATING);
        stage.world.set_storage_lag_ms(lag_ms);
        let first = stage.signed_in_tab();
        stage.world.settle();
        let second = stage.tab();
        stage.world.advance_ms(HOUR_MS);
        block_on(first.access_token(false)).unwrap();
        // The lock of the refresh was let go just now, and the write has not arrived.
        stage.world.advance_ms(1);
        assert!(block_on(second.access_token(false)).unwrap().is_some(), "lag {lag_ms}");
        assert_eq!(stage.sent(), ["GetTokensFromRefreshToken"], "lag {lag_ms}");
    }
}

#[test]
fn a_later_sign_in_replaces_a_session_that_was_never_stored() {
    for signs_out in [false, true] {
        let stage = Stage::new(WEB);
        let (first, second) = (stage.tab(), stage.tab());
        stage.world.set_storage_fault(Some(StorageFault::WritesFail));
        block_on(first.client.sign_in(&alice())).unwrap();
        stage.world.set_storage_fault(None);
        stage.world.advance_ms(1_000);
        block_on(second.client.sign_in(&bob())).unwrap();
        if signs_out {
            block_on(second.client.sign_out(&SignOut::default())).unwrap();
        }
        stage.world.advance_ms(HOUR_MS);
        let _ = block_on(first.access_token(true));
        let found = block_on(second.client.current_session()).map(|record| record.username().to_owned()).ok();
        assert_eq!(found.as_deref(), (!signs_out).then_some("bob"));
        let found = block_on(first.client.current_session()).map(|record| record.username().to_owned()).ok();
        assert_eq!(found.as_deref(), (!signs_out).then_some("bob"));
    }
}

#[test]
fn an_asynchronous_storage_neither_restores_nor_replaces_a_session() {
    for delay_ms in 0..40 {
        let stage = Stage::new(WEB);
        stage.world.set_storage_operation_ms(3);
        let tab = stage.signed_in_tab();
        stage.world.settle();
        let signing_out = async {
            stage.world.sleep_ms(delay_ms).await;
            tab.client.sign_out(&SignOut::default()).await.unwrap();
        };
        let _ = block_on(join(tab.access_token(true), signing_out));
        stage.world.settle();
        assert!(!holds_secrets(&stage), "signed out after {delay_ms}");

        let tab = stage.signed_in_tab();
        let other = stage.tab();
        stage.world.settle();
        let signing_in = async {
            stage.world.sleep_ms(delay_ms).await;
            other.client.sign_in(&bob()).await.unwrap();
        };
        let _ = block_on(join(tab.access_token(true), signing_in));
        stage.world.settle();
        assert_eq!(block_on(tab.client.current_session()).unwrap().username(), "bob", "signed in after {delay_ms}");
    }
}

#[test]
fn a_failed_read_after_the_response_ends_and_overwrites_nothing() {
    for is_refused in [false, true] {
        let stage = Stage::new(ROTATING);
        let tab = stage.signed_in_tab();
        stage.world.settle();
        let other = stage.tab();
        if is_refused {
            stage.administer("AdminDisableUser", r#"{"UserPoolId": "eu-west-1_PoolPass1", "Username": "alice"}"#);
        }
        stage.world.set_latency(|request| if is(request, "GetTokensFromRefreshToken") { (500, 0) } else { (0, 0) });
        let signing_in = async {
            stage.world.sleep_ms(100).await;
            other.client.sign_in(&bob()).await.unwrap();
            stage.world.sleep_ms(200).await;
            let mut failures = 1;
            let number = tab.platform.number();
            stage.world.fail_storage_when(move |tab, access, _| {
                let fails = tab == number && access == Access::Read && failures > 0;
                failures -= i32::from(fails);
                fails
            });
        };
        let _ = block_on(join(tab.access_token(true), signing_in));
        stage.world.settle();
        for tab in [&tab, &other] {
            assert_eq!(block_on(tab.client.current_session()).unwrap().username(), "bob", "refused: {is_refused}");
        }
    }
}

#[test]
fn a_sign_out_removes_a_corrupt_record_and_revokes_its_token() {
    for (input, signs_in) in [(SignOut::default(), false), (everywhere(), false), (SignOut::default(), true)] {
        let stage = Stage::new(WEB);
        let tab = stage.signed_in_tab();
        let corrupt = stage.stored().unwrap().replace("accessToken", "x");
        stage.world.put(&stage.storage_key(), &corrupt);
        assert!(block_on(tab.access_token(false)).unwrap().is_none());
        assert_eq!(stage.world.stored(&stage.corrupt_key()), Some(corrupt));
        if signs_in {
            block_on(tab.client.sign_in(&bob())).unwrap();
        }
        stage.sent();
        assert!(block_on(tab.client.sign_out(&input)).unwrap().not_revoked.is_none());
        assert_eq!(stage.sent(), vec!["RevokeToken"; 1 + usize::from(signs_in)]);
        assert!(!holds_secrets(&stage));
    }
}

#[test]
fn credentials_that_arrive_after_a_sign_out_are_not_stored_for_the_next_user() {
    let stage = Stage::new(WEB);
    let tab = tab_with_identity(&stage, "");
    block_on(tab.client.sign_in(&alice())).unwrap();
    stage.world.settle();
    stage.world.set_latency(|request| if is(request, "GetCredentialsForIdentity") { (500, 0) } else { (0, 0) });
    let input = plain();
    let next_user = async {
        stage.world.sleep_ms(100).await;
        tab.client.sign_out(&SignOut::default()).await.unwrap();
        tab.client.sign_in(&bob()).await.unwrap();
        stage.world.stored_keys()
    };
    let (credentials, _) = block_on(join(tab.client.aws_session(&input), next_user));
    stage.world.settle();
    let bobs = block_on(tab.client.aws_session(&input)).unwrap();
    assert_eq!(credentials.unwrap().identity_id, bobs.identity_id, "the call's user is bob by now");
    let stored: Vec<String> =
        stage.world.stored_keys().into_iter().filter(|key| key.contains(".credentials.")).collect();
    assert_eq!(stored.len(), 1, "{stored:?}");
    assert!(stage.world.stored(&stored[0]).unwrap().contains(&bobs.identity_id));
}

#[test]
fn without_web_locks_tabs_take_turns_by_a_lease() {
    for lag_ms in [0, 10, 50, 100] {
        let stage = Stage::new(ROTATING);
        stage.world.set_locks(false);
        stage.world.set_storage_lag_ms(lag_ms);
        stage.signed_in_tab();
        stage.world.settle();
        let tabs: Vec<_> = (0..5).map(|_| stage.tab()).collect();
        stage.world.advance_ms(HOUR_MS);
        let calls = tabs.iter().enumerate().map(|(position, tab)| {
            let world = stage.world.clone();
            async move {
                world.sleep_ms(7 * position as u32).await;
                tab.access_token(false).await.unwrap().unwrap()
            }
        });
        let tokens = block_on(futures::future::join_all(calls));
        assert_eq!(stage.sent(), ["GetTokensFromRefreshToken"], "lag {lag_ms}");
        assert!(tokens.iter().all(|token| *token == tokens[0]));
    }
}

#[test]
fn an_unknown_rejection_ends_nothing_and_is_reported() {
    let stage = Stage::new(WEB);
    let tab = stage.signed_in_tab();
    stage.world.advance_ms(HOUR_MS);
    let refusal = r#", "status": 400, "type": "NotAuthorizedException", "message": "Something that nobody has seen""#;
    stage.fault("GetTokensFromRefreshToken", "error", refusal);
    assert_eq!(block_on(tab.access_token(false)).unwrap_err().name(), "NotAuthorizedException");
    assert_eq!(tab.events(), ["tokenRefresh_failure"]);
    assert!(block_on(tab.access_token(false)).unwrap().is_some());
}

#[test]
fn a_cleared_storage_emits_signed_out_in_every_tab() {
    let stage = Stage::new(WEB);
    let tabs = [stage.signed_in_tab(), stage.tab()];
    block_on(tabs[1].client.current_session()).unwrap();
    stage.world.settle();
    for key in stage.world.stored_keys() {
        stage.world.delete(&key);
    }
    for tab in &tabs {
        block_on(tab.client.recheck()).unwrap();
        let told = tab.platform.take_messages();
        assert_eq!(told.len(), 1, "once");
        assert_eq!(told[0].event.name(), "signedOut");
        assert_eq!(told[0].event.error().unwrap().reason(), Some("storage_cleared"));
        block_on(tab.client.recheck()).unwrap();
        assert!(tab.events().is_empty());
    }
}

#[test]
fn a_sign_out_does_not_wait_for_another_tabs_network() {
    for input in [SignOut::default(), everywhere()] {
        let stage = Stage::new(ROTATING);
        let tab = stage.signed_in_tab();
        let other = stage.tab();
        stage.world.advance_ms(HOUR_MS);
        stage
            .world
            .set_latency(|request| if is(request, "GetTokensFromRefreshToken") { (7_000, 7_000) } else { (5, 5) });
        let (world, global) = (stage.world.clone(), input.global);
        let signing_out = async {
            world.sleep_ms(1_000).await;
            let start_ms = world.now_ms();
            let signed_out = other.client.sign_out(&input).await.unwrap();
            assert!(world.now_ms() - start_ms < 1_000);
            // An access token that has expired can't end the sessions on other devices, and only the other tab may refresh.
            assert_eq!(signed_out.not_revoked.is_some(), global);
        };
        let (refreshed, ()) = block_on(join(tab.access_token(false), signing_out));
        assert!(refreshed.ok().flatten().is_none());
        stage.world.settle();
        assert!(!holds_secrets(&stage));
    }
}

#[test]
fn tokens_are_verified_by_the_servers_clock_if_a_session_knows_it() {
    for clock_error_ms in [-400_000, 2 * HOUR_MS] {
        let stage = Stage::new(WEB);
        let tab = stage.tab();
        tab.platform.set_clock_error_ms(clock_error_ms);
        block_on(tab.client.sign_in(&alice())).unwrap();
        let session = block_on(tab.client.current_session()).unwrap();
        let verified = block_on(tab.client.verify_token(session.access_token(), TokenUse::Access));
        assert!(verified.is_ok(), "{clock_error_ms}: {:?}", verified.err());
        // A token that came later is good as well; one that has expired is not.
        stage.world.advance_ms(10_000);
        let newer = block_on(tab.access_token(true)).unwrap().unwrap();
        assert!(block_on(tab.client.verify_token(&newer.into(), TokenUse::Access)).is_ok());
        stage.world.advance_ms(HOUR_MS);
        block_on(tab.access_token(false)).unwrap();
        let error = block_on(tab.client.verify_token(session.access_token(), TokenUse::Access)).err().unwrap();
        assert_eq!(error.reason(), Some("token_expired"));
        assert!(error.recovery_suggestion().unwrap().contains("clock"));
    }
}

#[test]
fn a_storage_that_drops_leases_does_not_keep_a_refresh_waiting() {
    let stage = Stage::new(ROTATING);
    stage.world.set_locks(false);
    let tab = stage.signed_in_tab();
    stage.world.settle();
    stage.world.set_storage_fault(Some(StorageFault::WritesAreLost));
    let start_ms = stage.world.now_ms();
    assert!(block_on(tab.access_token(true)).unwrap().is_some());
    assert!(stage.world.now_ms() - start_ms < 20_000);
}

#[test]
fn a_sign_out_ends_the_session_even_if_the_corrupt_record_cannot_be_read() {
    let stage = Stage::new(WEB);
    let tab = stage.signed_in_tab();
    let corrupt = stage.corrupt_key();
    stage.world.fail_storage_when(move |_, access, key| access == Access::Read && key == corrupt);
    assert_eq!(block_on(tab.client.sign_out(&SignOut::default())).unwrap_err().code(), "storage_read");
    assert!(block_on(tab.client.current_session()).is_err());
    assert!(!holds_secrets(&stage));
    assert!(stage.sent().contains(&"RevokeToken".to_owned()));
}

#[test]
fn a_session_that_another_one_replaced_was_not_cleared() {
    let stage = Stage::new(WEB);
    let (tab, other) = (stage.signed_in_tab(), stage.tab());
    block_on(tab.client.current_session()).unwrap();
    block_on(other.client.sign_in(&bob())).unwrap();
    block_on(other.client.sign_out(&SignOut::default())).unwrap();
    stage.world.settle();
    assert!(block_on(tab.client.current_session()).is_err());
    assert_eq!(tab.events(), ["signedIn*", "signedOut*"]);
}

#[test]
fn credentials_that_arrive_in_another_tab_are_not_stored_after_a_sign_out() {
    let stage = Stage::new(WEB);
    let (tab, other) = (tab_with_identity(&stage, ""), tab_with_identity(&stage, ""));
    stage.world.set_latency(|request| if is(request, "GetCredentialsForIdentity") { (500, 0) } else { (0, 0) });
    let input = plain();
    let signing_out = async {
        stage.world.sleep_ms(100).await;
        other.client.sign_out(&SignOut::default()).await.unwrap();
    };
    let (credentials, ()) = block_on(join(tab.client.aws_session(&input), signing_out));
    stage.world.settle();
    // The call went on for the next guest, who has another identity.
    assert_eq!(stage.sent().iter().filter(|operation| *operation == "GetId").count(), 2);
    let again = block_on(other.client.aws_session(&input)).unwrap();
    assert_eq!(credentials.unwrap().identity_id, again.identity_id);
}

#[test]
fn two_concurrent_sign_outs_emit_signed_out_once() {
    let stage = Stage::new(WEB);
    stage.world.set_storage_operation_ms(3);
    let tab = stage.signed_in_tab();
    let input = SignOut::default();
    let (one, two) = block_on(join(tab.client.sign_out(&input), tab.client.sign_out(&input)));
    assert!(one.is_ok() && two.is_ok());
    assert_eq!(tab.events(), ["signedOut"]);
}

#[test]
fn a_token_that_another_tab_stored_during_the_sign_out_is_revoked_too() {
    let stage = Stage::new(ROTATING);
    stage.world.set_storage_operation_ms(3);
    let (tab, other) = (stage.signed_in_tab(), stage.tab());
    stage.world.settle();
    stage.sent();
    let signing_out = async {
        // The other tab's refresh ends between this tab's look and its removal.
        stage.world.sleep_ms(4).await;
        tab.client.sign_out(&SignOut::default()).await.unwrap();
    };
    let _ = block_on(join(other.access_token(true), signing_out));
    stage.world.settle();
    assert!(!holds_secrets(&stage));
    let sent = stage.sent();
    assert!(sent.iter().filter(|operation| *operation == "RevokeToken").count() >= 1, "{sent:?}");
}
