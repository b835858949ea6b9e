//! The user pool: sign-in, the session, sign-out.

use poolpass::error::Error;
use poolpass::flow::sign_in::{AuthFlow, FirstFactor, SignIn, SignInStep};
use poolpass::flow::sign_out::SignedOut;
use poolpass::json::{Value, Writer};
use poolpass::jwt::Claims;
use poolpass::secret::Secret;
use poolpass::session::Session;

use crate::fields::{Fields, nothing};
use crate::operations::Operation;
use crate::output::{write_error_member, write_sign_in_details, write_user};

/// The operation of a method.
pub(crate) fn find(name: &str) -> Option<Operation> {
    Some(match name {
        "signIn" => |client, input| Box::pin(async move { client.sign_in(&sign_in_input(input)?).await.map(sign_in) }),
        "pendingSignIn" => |client, input| {
            Box::pin(async move {
                nothing(input)?;
                let step = client.pending_sign_in().await?.map(SignInStep::Challenge);
                Ok(step.map(sign_in).unwrap_or_default())
            })
        },
        "warmUp" => |client, input| {
            Box::pin(async move {
                nothing(input)?;
                client.warm_up().map(|()| Writer::object())
            })
        },
        "recheck" => |client, _| Box::pin(async move { client.recheck().await.map(|()| Writer::object()) }),
        "getCurrentUser" => |client, input| {
            Box::pin(async move {
                nothing(input)?;
                client.current_session().await.map(|session| user(&session))
            })
        },
        "fetchAuthSession" => |client, input| {
            Box::pin(async move {
                let fields = Fields::root(input, &["forceRefresh", "clientMetadata"])?;
                let force = fields.bool("forceRefresh")?.unwrap_or(false);
                let session = client.fetch_auth_session_with(force, fields.string_map("clientMetadata")?).await?;
                Ok(auth_session(session.as_deref()))
            })
        },
        #[cfg(not(feature = "hosted-ui"))]
        "signOut" => |client, input| {
            Box::pin(async move {
                let global = Fields::root(input, &["global", "pageUrl"])?.bool("global")?.unwrap_or(false);
                client.sign_out_here(global).await.map(|result| signed_out(&result))
            })
        },
        _ => return None,
    })
}

fn sign_in_input(json: &Value) -> Result<SignIn, Error> {
    let fields = Fields::root(json, &["username", "password", "options"])?;
    let options = fields.options(&["authFlowType", "preferredChallenge", "session", "autofill", "clientMetadata"])?;
    let flow = match options.str("authFlowType")? {
        "" => AuthFlow::default(),
        name => AuthFlow::from_name(name).ok_or_else(|| options.bad("authFlowType"))?,
    };
    Ok(SignIn {
        username: fields.str("username")?.to_owned(),
        password: fields.secret("password")?,
        flow,
        preferred: preferred(&options)?,
        session: options.str_if("session")?.map(Secret::from),
        autofill: options.bool("autofill")?.unwrap_or_default(),
        client_metadata: options.string_map("clientMetadata")?,
        parameters: Vec::new(),
    })
}

pub(crate) fn preferred(options: &Fields<'_>) -> Result<Option<FirstFactor>, Error> {
    match options.str("preferredChallenge")? {
        "" => Ok(None),
        name => FirstFactor::from_name(name).map(Some).ok_or_else(|| options.bad("preferredChallenge")),
    }
}

/// The step. `www/poolpass/steps.js` gives a challenge the form of the API.
pub(crate) fn sign_in(step: SignInStep) -> Writer {
    let mut json = Writer::object();
    json.bool("isSignedIn", matches!(step, SignInStep::Done { .. }));
    let name = match step {
        SignInStep::Done { can_remember_device } => {
            if can_remember_device {
                json.bool("canRememberDevice", true);
            }
            "DONE"
        }
        SignInStep::ConfirmSignUp => "CONFIRM_SIGN_UP",
        SignInStep::ResetPassword => "RESET_PASSWORD",
        SignInStep::Challenge(pending) => {
            json.value("step", pending.json());
            return json;
        }
    };
    json.open("nextStep");
    json.str("signInStep", name);
    json.close();
    json
}

/// The user of a record.
fn user(session: &Session) -> Writer {
    let mut json = Writer::object();
    write_user(&mut json, &session.user());
    json
}

/// The session; nothing if there is none.
fn auth_session(session: Option<&Session>) -> Writer {
    let mut json = Writer::object();
    let Some(session) = session else { return json };
    json.open("tokens");
    token(&mut json, "accessToken", session.access_token(), session.access_claims());
    if let (Some(text), Some(claims)) = (session.id_token(), session.id_claims()) {
        token(&mut json, "idToken", text, claims);
    }
    if let Some(details) = session.sign_in_details() {
        write_sign_in_details(&mut json, details);
    }
    json.close();
    json.str("userSub", session.user_id());
    json
}

pub(crate) fn token(json: &mut Writer, key: &str, text: &Secret<String>, claims: &Claims) {
    json.open(key);
    json.secret("token", text);
    json.value("payload", claims.json());
    json.close();
}

pub(crate) fn signed_out(result: &SignedOut) -> Writer {
    let mut json = Writer::object();
    json.bool("isRevoked", result.not_revoked.is_none());
    if let Some(error) = &result.not_revoked {
        write_error_member(&mut json, error);
    }
    json.secret_if("goTo", result.go_to.as_ref());
    json
}
