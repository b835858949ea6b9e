//! An operation of a user pool as data: what it takes, sends and returns. The same routine serves them all.
//!
//! Inputs and outputs are JSON in the form of the API. The npm package passes them through. The typed functions of
//! [`crate::Client`] write and read the same members.

use super::field::Field;
use super::output::{self, Output};
use super::{AppCall, TARGET};
use crate::aws_json;
use crate::config::UserPool;
use crate::error::{Error, Misuse};
use crate::json::{Value, Writer};
use crate::platform::{Request, Response, Retry};
use crate::secret::Secret;

/// A row of the table in [`super::operations`].
#[derive(Debug)]
pub struct Operation {
    /// Cognito's name.
    pub name: &'static str,
    /// The API's method.
    pub method: &'static str,
    /// Who calls it.
    pub caller: Caller,
    /// What it does at the service.
    pub effect: Effect,
    /// Which failures are retried.
    pub retry: Retry,
    /// What it takes.
    pub input: &'static [Field],
    /// What it returns.
    pub output: &'static [Output],
}

/// Who calls an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Caller {
    /// The app, identified by its `ClientId`.
    App,
    /// The signed-in user, identified by the session's `AccessToken`.
    User,
    /// Anybody: the call names the user pool, and has its authority in its input.
    Anybody,
}

/// What the [`Caller`] is identified by.
#[derive(Debug)]
pub enum Credential<'a> {
    /// The app.
    App(&'a AppCall<'a>),
    /// The signed-in user: the `AccessToken`.
    User(&'a Secret<String>),
    /// None.
    None,
}

/// What an operation does at the service, which decides what becomes of its result if the user signs out meanwhile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// It returns what belongs to the user. After a sign-out nobody gets that any more: the error is `signed_out`.
    Reads,
    /// It changes something. What the service has done is not reported as failed.
    Changes,
    /// It deletes the user, and with the user the session.
    EndsSession,
    /// It deletes a device of the user. What is stored of it here is of no more use.
    ForgetsDevice,
}

impl Operation {
    /// Checks an input. Nothing has been sent yet.
    ///
    /// # Errors
    /// `bad_input`
    pub fn check(&self, input: &Value) -> Result<(), Error> {
        self.only_known(input, false)?;
        if let Some(options) = input.get("options").filter(|options| !matches!(options, Value::Null)) {
            self.only_known(options, true)?;
        }
        // Types come first: a wrong one is the app's mistake, an empty text the user's.
        self.input.iter().try_for_each(|field| field.check_type(field.of(input)))?;
        self.input.iter().try_for_each(|field| field.check_content(field.of(input)))
    }

    /// An unknown member of the input, or of its options, is an error that names it.
    fn only_known(&self, object: &Value, is_options: bool) -> Result<(), Error> {
        let is_known = |key: &str| self.input.iter().any(|field| field.is(key, is_options));
        let mut members = object.members().ok_or(Misuse::Shape)?.iter();
        match members.find(|(key, _)| !is_known(key)) {
            Some((key, _)) => Err(Misuse::Option([if is_options { "options." } else { "" }, key].concat()).into()),
            None => Ok(()),
        }
    }

    /// Whether it is about a device, and the input leaves it open which.
    pub(crate) fn lacks_device(&self, input: &Value) -> bool {
        self.input.iter().any(|field| field.lacks_device(input))
    }

    /// Builds the request of a checked input.
    pub fn request(&self, pool: &UserPool, credential: &Credential<'_>, input: &Value) -> Request {
        let mut body = Writer::object();
        match credential {
            Credential::App(call) => {
                call.write(&mut body);
                call.write_hash("SecretHash", &mut body);
            }
            Credential::User(access_token) => body.secret("AccessToken", access_token),
            Credential::None => body.str("UserPoolId", pool.id()),
        }
        for field in self.input {
            field.write(field.of(input), &mut body);
        }
        match credential {
            Credential::App(call) => call.request(self.name, body),
            _ => aws_json::request(pool.idp_url(), TARGET, self.name, body),
        }
    }

    /// Whether it returns nothing, and its reply at most says that it was done.
    pub fn is_void(&self) -> bool {
        self.output.iter().all(Output::is_check)
    }

    /// Reads an accepted reply.
    ///
    /// # Errors
    /// `invalid_response`
    pub fn read(&self, response: &Response) -> Result<Value, Error> {
        let mut members = Vec::new();
        // Replies that carry nothing are not parsed.
        if !self.output.is_empty() {
            output::read(self.output, &aws_json::read_json(response)?, &mut members)?;
        }
        Ok(Value::Object(members))
    }
}
