//! A call of an operation with its options.

use std::fmt;
use std::marker::PhantomData;
use std::pin::Pin;
use std::rc::Rc;

use crate::client::Client;
use crate::error::Error;
use crate::idp::Operation;
use crate::json::Value;
use crate::platform::Platform;

/// The type of a call.
pub trait Kind {
    /// Its row of the table.
    const ROW: &'static Operation;

    /// What it returns.
    type Output: 'static;

    /// Reads the output, which has the form of the JavaScript API.
    fn read(output: &Value) -> Self::Output;
}

/// A call that takes data for the pool's triggers.
pub trait TakesClientMetadata: Kind {}

/// What performs operations: a client, or an app's view of one.
pub trait Perform {
    /// Performs an operation of the table.
    fn perform(self: Rc<Self>, operation: &'static Operation, input: Value) -> Performing<Value>;
}

/// An operation under way.
pub type Performing<T> = Pin<Box<dyn Future<Output = Result<T, Error>>>>;

type Members = Vec<(String, Value)>;

/// A call of an operation, which is sent by `.await`.
#[must_use = "a request is sent by .await"]
pub struct AccountRequest<K> {
    performer: Rc<dyn Perform>,
    input: Members,
    options: Members,
    pub(super) attributes: Members,
    client_metadata: Members,
    kind: PhantomData<fn() -> K>,
}

impl<K> AccountRequest<K> {
    pub(super) fn new(performer: Rc<dyn Perform>) -> Self {
        let [input, options, attributes, client_metadata] = [const { Vec::new() }; 4];
        Self { performer, input, options, attributes, client_metadata, kind: PhantomData }
    }

    /// The request with a member of the input.
    pub(super) fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.input.push((name.to_owned(), value.into()));
        self
    }

    /// The request with an option.
    pub(super) fn with_option(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.options.push((name.to_owned(), value.into()));
        self
    }

    fn into_input(self) -> Value {
        let Self { mut input, mut options, attributes, client_metadata, .. } = self;
        let add = |into: &mut Members, name: &str, members: Members| {
            if !members.is_empty() {
                into.push((name.to_owned(), Value::Object(members)));
            }
        };
        add(&mut options, "clientMetadata", client_metadata);
        add(&mut input, "userAttributes", attributes);
        add(&mut input, "options", options);
        Value::Object(input)
    }
}

impl<K: TakesClientMetadata> AccountRequest<K> {
    /// Data for the pool's triggers.
    pub fn client_metadata(mut self, name: &str, value: &str) -> Self {
        self.client_metadata.push((name.to_owned(), value.into()));
        self
    }
}

impl<K: Kind + 'static> IntoFuture for AccountRequest<K> {
    type Output = Result<K::Output, Error>;
    type IntoFuture = Performing<K::Output>;

    fn into_future(self) -> Self::IntoFuture {
        let performing = Rc::clone(&self.performer).perform(K::ROW, self.into_input());
        Box::pin(async move { performing.await.map(|output| K::read(&output)) })
    }
}

/// Without its input, which may be secret.
impl<K: Kind> fmt::Debug for AccountRequest<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(K::ROW.method)
    }
}

impl<P: Platform> Perform for Client<P> {
    fn perform(self: Rc<Self>, operation: &'static Operation, input: Value) -> Performing<Value> {
        Box::pin(async move { Self::perform(&self, operation, &input).await })
    }
}
