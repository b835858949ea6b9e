//! The methods of the npm package, by name: each reads its input, runs, and writes its result.

use std::future::Future;
use std::pin::Pin;

use poolpass::error::Error;
use poolpass::json::{Value, Writer};

use crate::platform::NpmPlatform;

pub(crate) type Client = poolpass::Client<NpmPlatform>;

/// An operation under way. Boxed, so that the code around it is compiled once and not for each operation.
pub(crate) type Work<'a> = Pin<Box<dyn Future<Output = Result<Writer, Error>> + 'a>>;

/// What begins an operation with its input.
pub(crate) type Operation = for<'a> fn(&'a Client, &'a Value) -> Work<'a>;
