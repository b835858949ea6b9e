//! The user's tokens for the app's own servers.

use poolpass::access::Authorized;
#[cfg(not(feature = "aws"))]
use poolpass::access::{Outgoing, SignRequest};
use poolpass::json::Writer;

#[cfg(not(feature = "aws"))]
use crate::fields::Fields;
#[cfg(not(feature = "aws"))]
use crate::operations::Operation;
use crate::output::write_headers;

/// The operation of a method.
#[cfg(not(feature = "aws"))]
pub(crate) fn find(name: &str) -> Option<Operation> {
    Some(match name {
        "authorize" => |client, input| {
            Box::pin(async move {
                let fields = Fields::root(input, &["method", "url", "headers", "payloadHash", "refused"])?;
                let request = SignRequest { url: fields.str("url")?.to_owned(), ..SignRequest::default() };
                let outgoing = Outgoing { request, refused: fields.integer("refused")? };
                client.authorize_with_token(&outgoing).await.map(|found| authorized(&found))
            })
        },
        _ => return None,
    })
}

pub(crate) fn authorized(authorized: &Authorized) -> Writer {
    let mut json = Writer::object();
    json.str("auth", authorized.auth.as_str());
    if let Some(fingerprint) = authorized.fingerprint {
        json.integer("fingerprint", fingerprint);
    }
    json.open("headers");
    write_headers(&mut json, &authorized.headers);
    json.close();
    json
}
