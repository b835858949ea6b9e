//! Passkeys, with an authenticator in front of the emulator's core: registering, signing in by dialog and by autofill, and what a
//! user does instead.

use std::cell::RefCell;
use std::rc::Rc;

use futures::future::join;
use poolpass::Client;
use poolpass::error::{Ceremony, Error, PasskeyFault};
use poolpass::flow::redirect::SignOut;
use poolpass::flow::sign_in::{AuthFlow, ConfirmSignIn, FirstFactor, SignIn, SignInStep};
use poolpass::memory::{MemoryPlatform, PasskeyAnswer, PasskeyRequest};
use poolpass::platform::{Clock, Mediation, Platform};
use serde_json::{Value, json};

use crate::authenticator::Authenticator;
use crate::made_pool::{MadePool, PASSWORD};
use crate::stage::{Tab, block_on};

/// A pool with passkeys and its user zoe, who has an authenticator.
pub(crate) struct Scene {
    pool: MadePool,
    pub(crate) user: Rc<User>,
}

pub(crate) struct User {
    authenticator: Authenticator,
    /// What the user does instead of using a passkey.
    instead: RefCell<Option<PasskeyAnswer>>,
    /// The mediations that a tab has asked with.
    asked: RefCell<Vec<Mediation>>,
}

impl Scene {
    pub(crate) fn new() -> Self {
        Self::with(json!({}))
    }

    fn with(mut configuration: Value) -> Self {
        let pool = MadePool::new(json!({
            "Policies": { "SignInPolicy": { "AllowedFirstAuthFactors": ["PASSWORD", "WEB_AUTHN"] } },
        }));
        configuration["RelyingPartyId"] = json!("localhost");
        let settings = json!({
            "MfaConfiguration": "OPTIONAL", "EmailMfaConfiguration": {},
            "WebAuthnConfiguration": configuration,
        });
        pool.administer("SetUserPoolMfaConfig", settings);
        pool.user("zoe");
        let user = Rc::new(User {
            authenticator: Authenticator::new(),
            instead: RefCell::default(),
            asked: RefCell::default(),
        });
        let asked = Rc::clone(&user);
        pool.stage.world.ask_user_with(move |request| asked.answer(request));
        Self { pool, user }
    }

    /// A tab where zoe is signed in by password.
    fn signed_in_tab(&self) -> Tab {
        let tab = self.pool.tab();
        block_on(tab.client.sign_in(&by_password())).unwrap();
        self.look_away(&tab);
        tab
    }

    /// A tab, after zoe has registered a passkey and signed out.
    pub(crate) fn with_passkey(&self) -> Tab {
        let tab = self.signed_in_tab();
        block_on(tab.client.associate_web_authn_credential()).unwrap();
        block_on(tab.client.sign_out(&SignOut::default())).unwrap();
        self.look_away(&tab);
        tab
    }

    fn look_away(&self, tab: &Tab) {
        self.pool.stage.sent();
        self.user.asked.take();
        tab.events();
    }
}

impl User {
    fn answer(&self, request: &PasskeyRequest<'_>) -> PasskeyAnswer {
        self.asked.borrow_mut().push(request.mediation);
        if let Some(instead) = &*self.instead.borrow() {
            return instead.clone();
        }
        let options: Value = serde_json::from_str(request.options).unwrap();
        let credential = match request.ceremony {
            Ceremony::Registration => self.authenticator.create(&options),
            Ceremony::SignIn => self.authenticator.get(&options),
        };
        PasskeyAnswer::Credential(credential.to_string().into())
    }

    pub(crate) fn does(&self, answer: impl Into<Option<PasskeyAnswer>>) {
        self.instead.replace(answer.into());
    }

    pub(crate) fn cancels(&self) {
        self.does(PasskeyAnswer::Fault(PasskeyFault::Cancelled));
    }
}

fn by_password() -> SignIn {
    SignIn { username: "zoe".into(), password: PASSWORD.into(), ..SignIn::default() }
}

pub(crate) async fn by_passkey(client: &Client<MemoryPlatform>) -> Result<SignInStep, Error> {
    client.sign_in_with_passkey(&zoe(), Mediation::Modal).await
}

async fn by_autofill(client: &Client<MemoryPlatform>) -> Result<SignInStep, Error> {
    client.sign_in_with_passkey(&zoe(), Mediation::Conditional).await
}

async fn again(client: &Client<MemoryPlatform>) -> Result<SignInStep, Error> {
    let step = client.pending_sign_in().await?.expect("the step is kept");
    client.use_passkey(&step).await
}

fn zoe() -> SignIn {
    SignIn { username: "zoe".into(), ..SignIn::default() }
}

fn is_done(step: Result<SignInStep, Error>) -> bool {
    matches!(step.unwrap(), SignInStep::Done { .. })
}

fn why(error: &Error) -> (&str, &str, Option<&str>) {
    (error.code(), error.name(), error.reason())
}

#[test]
fn a_passkey_is_registered_listed_used_and_deleted_in_the_fewest_requests() {
    let scene = Scene::new();
    let tab = scene.signed_in_tab();
    block_on(tab.client.associate_web_authn_credential()).unwrap();
    assert_eq!(scene.pool.stage.sent(), ["StartWebAuthnRegistration", "CompleteWebAuthnRegistration"]);
    let page = block_on(tab.client.list_web_authn_credentials(None)).unwrap();
    assert_eq!((page.passkeys.len(), page.next_token), (1, None));
    let passkey = &page.passkeys[0];
    assert_eq!(passkey.credential_id, scene.user.authenticator.id);
    assert_eq!((&*passkey.relying_party_id, passkey.attachment.as_deref()), ("localhost", Some("platform")));
    assert_eq!(passkey.transports, ["internal"]);
    assert_eq!(passkey.created_at, Some(scene.pool.stage.world.now_ms() / 1000));
    assert!(!passkey.friendly_name.is_empty());

    block_on(tab.client.sign_out(&SignOut::default())).unwrap();
    scene.look_away(&tab);
    assert!(is_done(block_on(by_passkey(&tab.client))));
    assert_eq!(scene.pool.stage.sent(), ["InitiateAuth", "RespondToAuthChallenge"]);
    assert_eq!(tab.events(), ["signedIn"]);
    assert_eq!(block_on(tab.client.current_session()).unwrap().username(), "zoe");

    block_on(tab.client.delete_web_authn_credential(&scene.user.authenticator.id)).unwrap();
    assert_eq!(scene.pool.stage.sent(), ["DeleteWebAuthnCredential"]);
    assert!(block_on(tab.client.list_web_authn_credentials(None)).unwrap().passkeys.is_empty());
    let gone = block_on(tab.client.delete_web_authn_credential(&scene.user.authenticator.id)).unwrap_err();
    assert_eq!(gone.name(), "ResourceNotFoundException");
}

#[test]
fn passkeys_are_listed_in_pages() {
    let scene = Scene::new();
    let tab = scene.signed_in_tab();
    for _ in 0..3 {
        let authenticator = Authenticator::new();
        scene.pool.stage.world.ask_user_with(move |request| {
            let options = serde_json::from_str(request.options).unwrap();
            PasskeyAnswer::Credential(authenticator.create(&options).to_string().into())
        });
        block_on(tab.client.associate_web_authn_credential()).unwrap();
    }
    let row = poolpass::idp::operations::find("listWebAuthnCredentials").unwrap();
    let (mut input, mut sizes) = (r#"{"pageSize":2}"#.to_owned(), Vec::new());
    loop {
        let input_ = poolpass::json::Value::parse(&input).unwrap();
        let page = block_on(tab.client.perform(row, &input_)).unwrap();
        sizes.push(page.get("credentials").unwrap().elements().unwrap().len());
        let Some(token) = page.str("nextToken") else { break };
        input = format!(r#"{{"pageSize":2,"nextToken":"{token}"}}"#);
    }
    assert_eq!(sizes, [2, 1]);
}

#[test]
fn a_registration_that_the_user_cancels_registers_nothing() {
    let scene = Scene::new();
    let tab = scene.signed_in_tab();
    for (fault, name, reason) in [
        (PasskeyFault::Cancelled, "PasskeyRegistrationCanceled", "passkey_cancelled"),
        (PasskeyFault::Exists, "PasskeyAlreadyExists", "passkey_exists"),
        (PasskeyFault::NotSupported, "PasskeyNotSupported", "passkey_not_supported"),
        (PasskeyFault::WrongDomain, "RelyingPartyMismatch", "passkey_wrong_domain"),
    ] {
        scene.user.does(PasskeyAnswer::Fault(fault));
        let error = block_on(tab.client.associate_web_authn_credential()).unwrap_err();
        assert_eq!(why(&error), ("passkey", name, Some(reason)));
        assert!(error.recovery_suggestion().is_some());
        assert_eq!(scene.pool.stage.sent(), ["StartWebAuthnRegistration"]);
    }
    // The options say for how long the dialog is open.
    scene.user.does(PasskeyAnswer::Nothing);
    let start_ms = scene.pool.stage.world.now_ms();
    let error = block_on(tab.client.associate_web_authn_credential()).unwrap_err();
    assert_eq!(why(&error), ("passkey", "PasskeyRegistrationCanceled", Some("passkey_timed_out")));
    assert_eq!(scene.pool.stage.world.now_ms() - start_ms, 60_000);
}

#[test]
fn the_completion_of_a_registration_is_never_sent_twice() {
    for kind in ["dropBefore", "dropAfter", "truncate"] {
        let scene = Scene::new();
        let tab = scene.signed_in_tab();
        scene.pool.stage.fault("CompleteWebAuthnRegistration", kind, "");
        let error = block_on(tab.client.associate_web_authn_credential()).unwrap_err();
        assert!(["network", "invalid_response"].contains(&error.code()), "{error:?}");
        assert_eq!(scene.pool.stage.sent(), ["StartWebAuthnRegistration", "CompleteWebAuthnRegistration"], "{kind}");
    }
}

#[test]
fn nothing_is_registered_for_a_user_whose_session_ends_at_the_dialog() {
    let scene = Scene::new();
    let tab = scene.signed_in_tab();
    let (world, authenticator) = (scene.pool.stage.world.clone(), Authenticator::new());
    scene.pool.stage.world.ask_user_with(move |request| {
        for key in world.stored_keys() {
            world.delete(&key);
        }
        let options = serde_json::from_str(request.options).unwrap();
        PasskeyAnswer::Credential(authenticator.create(&options).to_string().into())
    });
    let error = block_on(tab.client.associate_web_authn_credential()).unwrap_err();
    assert_eq!(error.code(), "signed_out");
    assert_eq!(scene.pool.stage.sent(), ["StartWebAuthnRegistration"]);
}

#[test]
fn a_cancelled_sign_in_can_be_tried_again_also_after_a_reload() {
    let scene = Scene::new();
    let mut tab = scene.with_passkey();
    scene.user.cancels();
    let error = block_on(by_passkey(&tab.client)).unwrap_err();
    assert_eq!(why(&error), ("passkey", "PasskeyAuthenticationCanceled", Some("passkey_cancelled")));
    assert!(error.retryable());
    assert_eq!(scene.pool.stage.sent(), ["InitiateAuth"]);
    for _ in 0..2 {
        let error = block_on(again(&tab.client)).unwrap_err();
        assert_eq!(error.reason(), Some("passkey_cancelled"));
        tab = tab.reloaded();
        let step = block_on(tab.client.pending_sign_in()).unwrap().unwrap();
        assert_eq!(step.challenge().name(), "WEB_AUTHN");
    }
    scene.user.does(None);
    assert!(is_done(block_on(again(&tab.client))));
    assert_eq!(scene.pool.stage.sent(), ["RespondToAuthChallenge"]);
    assert!(block_on(tab.client.pending_sign_in()).unwrap().is_none());
}

#[test]
fn an_abort_ends_a_sign_in() {
    let scene = Scene::new();
    let tab = scene.with_passkey();
    scene.user.does(PasskeyAnswer::Nothing);
    for mediation in [Mediation::Modal, Mediation::Conditional] {
        let caller = tab.platform.detached();
        let client = tab.client.on(caller.clone());
        let aborts = async {
            tab.platform.sleep(1_000).await;
            caller.abort();
        };
        let (result, ()) = block_on(join(client.sign_in_with_passkey(&zoe(), mediation), aborts));
        assert_eq!(result.unwrap_err().code(), "aborted", "{mediation:?}");
        // A dialog's step is there for another try, and autofill leaves nothing.
        let step = block_on(tab.client.pending_sign_in()).unwrap();
        assert_eq!(step.is_some(), mediation == Mediation::Modal);
        block_on(tab.client.sign_in(&by_password())).unwrap();
        block_on(tab.client.sign_out(&SignOut::default())).unwrap();
    }
}

#[test]
fn a_passkey_is_chosen_among_the_first_factors() {
    let scene = Scene::new();
    let tab = scene.with_passkey();
    let input = SignIn { flow: AuthFlow::UserAuth, ..zoe() };
    let SignInStep::Challenge(step) = block_on(tab.client.sign_in(&input)).unwrap() else { panic!("no step") };
    assert!(step.challenge().available().iter().any(|name| name == "WEB_AUTHN"));
    let other = block_on(tab.client.use_passkey(&step)).unwrap_err();
    assert_eq!(other.code(), "sign_in", "it asks for a choice");
    let choice = ConfirmSignIn { response: "WEB_AUTHN".into(), ..ConfirmSignIn::default() };
    block_on(tab.client.confirm_sign_in(&choice)).unwrap();
    assert!(is_done(block_on(again(&tab.client))));
    assert_eq!(
        scene.pool.stage.sent(),
        ["InitiateAuth", "RespondToAuthChallenge", "RespondToAuthChallenge"],
        "the choice brings the options"
    );
}

#[test]
fn a_user_without_a_passkey_chooses_another_factor() {
    let scene = Scene::new();
    let tab = scene.pool.tab();
    let error = block_on(by_autofill(&tab.client)).unwrap_err();
    assert_eq!(why(&error), ("passkey", "PasskeyRetrievalFailed", Some("passkey_missing")));
    assert!(block_on(tab.client.pending_sign_in()).unwrap().is_none());
    let SignInStep::Challenge(step) = block_on(by_passkey(&tab.client)).unwrap() else { panic!("no step") };
    assert_eq!(step.challenge().name(), "SELECT_CHALLENGE");
    assert!(scene.user.asked.borrow().is_empty());
}

/// Where the pool counts a passkey with user verification as two factors (`FactorConfiguration`).
#[test]
fn a_passkey_counts_as_two_factors() {
    let scene = Scene::with(json!({
        "UserVerification": "required", "FactorConfiguration": "MULTI_FACTOR_WITH_USER_VERIFICATION",
    }));
    let tab = scene.with_passkey();
    scene.pool.administer(
        "AdminSetUserMFAPreference",
        json!({
            "Username": "zoe", "EmailMfaSettings": { "Enabled": true, "PreferredMfa": true },
            "WebAuthnMfaSettings": { "Enabled": true },
        }),
    );
    assert!(is_done(block_on(by_passkey(&tab.client))));
    assert_eq!(scene.pool.stage.sent(), ["InitiateAuth", "RespondToAuthChallenge"]);
    let SignInStep::Challenge(step) = block_on(tab.client.sign_in(&by_password())).unwrap() else { panic!("no step") };
    assert_eq!(step.challenge().name(), "EMAIL_OTP", "a password is one factor");
}

#[test]
fn autofill_waits_and_begins_anew_before_the_challenge_expires() {
    let scene = Scene::new();
    let tab = scene.with_passkey();
    scene.user.does(PasskeyAnswer::Nothing);
    let (platform, user) = (tab.platform.clone(), Rc::clone(&scene.user));
    let chooses = async {
        // The session of a challenge lives for three minutes.
        platform.sleep(400_000).await;
        user.does(None);
    };
    let (result, ()) = block_on(join(by_autofill(&tab.client), chooses));
    assert!(is_done(result));
    assert_eq!(
        scene.pool.stage.sent(),
        ["InitiateAuth", "InitiateAuth", "InitiateAuth", "InitiateAuth", "RespondToAuthChallenge"]
    );
    assert_eq!(*scene.user.asked.borrow(), [Mediation::Conditional; 4]);
    assert_eq!(tab.events(), ["signedIn"]);
}

#[test]
fn autofill_goes_on_after_a_dialog_that_was_cancelled_and_a_wrong_password() {
    let scene = Scene::new();
    let tab = scene.with_passkey();
    scene.user.does(PasskeyAnswer::Nothing);
    let (platform, user, other) = (tab.platform.clone(), Rc::clone(&scene.user), tab.client.clone());
    let tries = async {
        platform.sleep(1_000).await;
        let wrong = SignIn { password: "Wrong-Horse7!".into(), ..by_password() };
        assert_eq!(other.sign_in(&wrong).await.unwrap_err().reason(), Some("wrong_password"));
        assert_eq!(*user.asked.borrow(), [Mediation::Conditional]);
        user.cancels();
        assert_eq!(by_passkey(&other).await.unwrap_err().reason(), Some("passkey_cancelled"));
        user.does(None);
    };
    user_chooses_after(&scene, &tab, tries);
    assert_eq!(*scene.user.asked.borrow(), [Mediation::Conditional, Mediation::Modal, Mediation::Conditional]);
    // What the dialog left is over.
    assert!(block_on(tab.client.pending_sign_in()).unwrap().is_none());
}

fn user_chooses_after(scene: &Scene, tab: &Tab, acts: impl Future<Output = ()>) {
    let (result, ()) = block_on(join(by_autofill(&tab.client), acts));
    assert!(is_done(result));
    assert_eq!(scene.pool.stage.sent().last().unwrap(), "RespondToAuthChallenge");
}

#[test]
fn autofill_leaves_the_step_of_another_sign_in_alone() {
    let scene = Scene::new();
    scene.pool.user("yann");
    scene.pool.prefer("yann", &["EMAIL_OTP"]);
    let tab = scene.with_passkey();
    scene.user.does(PasskeyAnswer::Nothing);
    let (platform, user, other) = (tab.platform.clone(), Rc::clone(&scene.user), tab.client.clone());
    let begins = async {
        platform.sleep(1_000).await;
        let yann = SignIn { username: "yann".into(), ..by_password() };
        assert!(matches!(other.sign_in(&yann).await.unwrap(), SignInStep::Challenge(_)));
        platform.sleep(200_000).await;
        assert_eq!(user.asked.borrow().len(), 2, "it has begun anew");
        let step = other.pending_sign_in().await.unwrap().unwrap();
        assert_eq!(step.challenge().name(), "EMAIL_OTP");
        user.does(None);
    };
    let (result, ()) = block_on(join(by_autofill(&tab.client), begins));
    assert!(is_done(result));
    assert!(block_on(tab.client.pending_sign_in()).unwrap().is_none());
}

#[test]
fn autofill_ends_when_the_user_signs_in_otherwise() {
    let scene = Scene::new();
    let tab = scene.with_passkey();
    scene.user.does(PasskeyAnswer::Nothing);
    let (platform, other, other_tab) = (tab.platform.clone(), tab.client.clone(), scene.pool.tab());
    for client in [other, other_tab.client] {
        let signs_in = async {
            platform.sleep(1_000).await;
            assert!(is_done(client.sign_in(&by_password()).await));
        };
        let (result, ()) = block_on(join(by_autofill(&tab.client), signs_in));
        assert_eq!(why(&result.unwrap_err()), ("passkey", "PasskeyOperationAborted", Some("passkey_superseded")));
        assert!(block_on(tab.client.current_session()).is_ok(), "the other sign-in's session stays");
    }
}

#[test]
fn autofill_is_for_passkeys_alone() {
    let scene = Scene::new();
    let tab = scene.pool.tab();
    for input in [
        SignIn { autofill: true, ..by_password() },
        SignIn { autofill: true, flow: AuthFlow::UserAuth, ..zoe() },
        SignIn { autofill: true, flow: AuthFlow::UserAuth, preferred: Some(FirstFactor::EmailOtp), ..zoe() },
    ] {
        let error = block_on(tab.client.sign_in(&input)).unwrap_err();
        assert_eq!((error.code(), error.detail()), ("bad_input", Some("options.autofill")));
    }
    assert!(scene.pool.stage.sent().is_empty());
}
