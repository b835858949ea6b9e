//! Inputs: the shapes of Amplify v6, read strictly. An option that is not known is an error that names it.

use crate::error::{Error, Misuse};
use crate::flow::sign_in::{AuthFlow, SignIn};
use crate::flow::sign_up::{ConfirmSignUp, ResendSignUpCode, SignUp};
use crate::json::Value;
use crate::secret::Secret;

/// An object and where it stands in the input.
struct Fields<'a> {
    path: &'static str,
    json: &'a Value,
}

static NOTHING: Value = Value::Object(Vec::new());

impl<'a> Fields<'a> {
    fn root(json: &'a Value, known: &[&str]) -> Result<Self, Error> {
        Self { path: "", json }.only(known)
    }

    fn options(&self, known: &[&str]) -> Result<Self, Error> {
        let json = self.json.get("options").filter(|json| !matches!(json, Value::Null)).unwrap_or(&NOTHING);
        Self { path: "options.", json }.only(known)
    }

    fn only(self, known: &[&str]) -> Result<Self, Error> {
        let members = self.json.members().ok_or(Misuse::Shape)?;
        match members.iter().find(|(key, _)| !known.contains(&key.as_str())) {
            Some((key, _)) => Err(self.bad(key)),
            None => Ok(self),
        }
    }

    fn bad(&self, key: &str) -> Error {
        Misuse::Option([self.path, key].concat()).into()
    }

    /// A text; empty if it is missing, which the flow then says in its own words.
    fn text(&self, key: &str) -> Result<&'a str, Error> {
        match self.json.get(key) {
            None | Some(Value::Null) => Ok(""),
            Some(value) => value.as_str().ok_or_else(|| self.bad(key)),
        }
    }

    fn secret(&self, key: &str) -> Result<Secret<String>, Error> {
        self.text(key).map(Secret::from)
    }

    fn truth(&self, key: &str) -> Result<Option<bool>, Error> {
        match self.json.get(key) {
            None | Some(Value::Null) => Ok(None),
            Some(value) => value.as_bool().map(Some).ok_or_else(|| self.bad(key)),
        }
    }

    /// An object of texts.
    fn texts(&self, key: &str) -> Result<Vec<(String, String)>, Error> {
        let members = match self.json.get(key) {
            None | Some(Value::Null) => return Ok(Vec::new()),
            Some(value) => value.members().ok_or_else(|| self.bad(key))?,
        };
        let text = |(name, value): &(String, Value)| match value.as_str() {
            Some(text) => Ok((name.clone(), text.to_owned())),
            None => Err(self.bad(&[key, ".", name].concat())),
        };
        members.iter().map(text).collect()
    }
}

pub(super) fn nothing(json: &Value) -> Result<(), Error> {
    Fields::root(json, &[]).map(drop)
}

pub(super) fn sign_up(json: &Value) -> Result<SignUp, Error> {
    let fields = Fields::root(json, &["username", "password", "options"])?;
    let options = fields.options(&["userAttributes", "validationData", "clientMetadata"])?;
    Ok(SignUp {
        username: fields.text("username")?.to_owned(),
        password: fields.secret("password")?,
        attributes: options.texts("userAttributes")?,
        validation_data: options.texts("validationData")?,
        client_metadata: options.texts("clientMetadata")?,
    })
}

pub(super) fn confirm_sign_up(json: &Value) -> Result<ConfirmSignUp, Error> {
    let fields = Fields::root(json, &["username", "confirmationCode", "options"])?;
    let options = fields.options(&["forceAliasCreation", "clientMetadata"])?;
    Ok(ConfirmSignUp {
        username: fields.text("username")?.to_owned(),
        code: fields.secret("confirmationCode")?,
        force_alias_creation: options.truth("forceAliasCreation")?,
        client_metadata: options.texts("clientMetadata")?,
    })
}

pub(super) fn resend_sign_up_code(json: &Value) -> Result<ResendSignUpCode, Error> {
    let fields = Fields::root(json, &["username", "options"])?;
    let options = fields.options(&["clientMetadata"])?;
    Ok(ResendSignUpCode {
        username: fields.text("username")?.to_owned(),
        client_metadata: options.texts("clientMetadata")?,
    })
}

pub(super) fn sign_in(json: &Value) -> Result<SignIn, Error> {
    let fields = Fields::root(json, &["username", "password", "options"])?;
    let options = fields.options(&["authFlowType", "clientMetadata"])?;
    let flow = match options.text("authFlowType")? {
        "" | "USER_SRP_AUTH" => AuthFlow::UserSrpAuth,
        "USER_PASSWORD_AUTH" => AuthFlow::UserPasswordAuth,
        _ => return Err(options.bad("authFlowType")),
    };
    Ok(SignIn {
        username: fields.text("username")?.to_owned(),
        password: fields.secret("password")?,
        flow,
        client_metadata: options.texts("clientMetadata")?,
    })
}

pub(super) fn force_refresh(json: &Value) -> Result<bool, Error> {
    Ok(Fields::root(json, &["forceRefresh"])?.truth("forceRefresh")?.unwrap_or(false))
}

pub(super) fn global(json: &Value) -> Result<bool, Error> {
    Ok(Fields::root(json, &["global"])?.truth("global")?.unwrap_or(false))
}
