//! The user's claims by the userInfo endpoint.

use crate::redirect::{arrive, come_back};
use crate::stage::{Stage, WEB, block_on};

#[test]
fn user_info_returns_the_users_claims() {
    let stage = Stage::new(WEB);
    let tab = stage.tab();
    arrive(&tab, &come_back(&stage, &tab)).outcome.unwrap();
    let claims = block_on(tab.client.user_info()).unwrap();
    assert_eq!((claims.str("username"), claims.str("email")), (Some("alice"), Some("alice@example.com")));
    let session = block_on(tab.client.current_session()).unwrap();
    assert_eq!(claims.str("sub"), Some(session.user_id()));
}

#[test]
fn claims_of_another_user_are_refused() {
    let stage = Stage::new(WEB);
    let tab = stage.tab();
    arrive(&tab, &come_back(&stage, &tab)).outcome.unwrap();
    for order in [r#", "claims": {"sub": "somebody-else"}"#, r#", "remove": ["sub"]"#] {
        stage.fault("/oauth2/userInfo", "forge", order);
        let error = block_on(tab.client.user_info()).err().unwrap();
        assert_eq!((error.code(), error.reason()), ("token_invalid", Some("wrong_subject")));
    }
}

#[test]
fn without_the_openid_scope_user_info_fails_before_any_request() {
    let stage = Stage::new(WEB);
    let tab = stage.signed_in_tab();
    let error = block_on(tab.client.user_info()).err().unwrap();
    assert_eq!((error.code(), error.reason()), ("oauth", Some("insufficient_scope")));
    assert!(stage.sent().is_empty());
    let nobody = block_on(Stage::new(WEB).tab().client.user_info()).err().unwrap();
    assert_eq!(nobody.code(), "signed_out");
}

#[test]
fn a_rejected_token_is_renewed_once() {
    let stage = Stage::new(WEB);
    let tab = stage.tab();
    arrive(&tab, &come_back(&stage, &tab)).outcome.unwrap();
    stage.sent();
    stage.fault("/oauth2/userInfo", "error", r#", "status": 401, "type": "invalid_token""#);
    assert!(block_on(tab.client.user_info()).is_ok());
    assert_eq!(stage.sent(), ["/oauth2/userInfo", "GetTokensFromRefreshToken", "/oauth2/userInfo"]);
}
