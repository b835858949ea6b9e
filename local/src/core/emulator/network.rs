//! Asking other servers: the emulator itself where the address is one of its stand-ins, the network otherwise.

use super::Emulator;
use crate::core::stand_ins;
use crate::core::wire::http::{Delivery, FORWARDED_SCHEME, HttpRequest, HttpResponse};
use crate::core::world::outbound::{OutboundError, OutboundRequest, PATIENCE, is_allowed};

impl Emulator {
    /// Gets a reply. `base` is the emulator's own address, as the caller knows it.
    pub(super) fn fetch(&self, base: &str, request: &OutboundRequest) -> Result<HttpResponse, OutboundError> {
        let own = request.url.strip_prefix(base).filter(|path| path.starts_with(stand_ins::PREFIX));
        if let Some(target) = own {
            let (scheme, host) = base.split_once("://").unwrap_or(("http", base));
            let mut headers = request.headers.clone();
            headers.extend([("Host".into(), host.into()), (FORWARDED_SCHEME.into(), scheme.into())]);
            let (method, body) = (request.method.into(), request.body.clone());
            return arrived(self.handle(HttpRequest { method, target: target.into(), headers, body }));
        }
        if is_allowed(&request.url) { self.outbound.fetch(request) } else { Err(OutboundError::Forbidden) }
    }
}

/// A reply of a stand-in as the network would bring it.
fn arrived(mut reply: HttpResponse) -> Result<HttpResponse, OutboundError> {
    match reply.delivery {
        Delivery::Drop | Delivery::Truncate(_) => Err(OutboundError::Connection),
        Delivery::Late(wait) if wait >= PATIENCE => Err(OutboundError::Timeout),
        Delivery::Late(_) | Delivery::Whole => {
            reply.delivery = Delivery::Whole;
            Ok(reply)
        }
    }
}
