//! `GetCallerIdentity`: needs a signature, but no permission.

use super::error::StsError;
use super::xml::element;
use crate::core::iam::signed;
use crate::core::services::identity::Context;
use crate::core::sigv4::Rules;
use crate::core::wire::http::HttpRequest;

pub(super) fn run(context: &mut Context<'_>, request: &HttpRequest) -> Result<String, StsError> {
    let rules = Rules::of("sts", &context.region);
    let caller = signed::caller(request, &rules, context.access_keys, context.now_ms)?;
    let account = &caller.session().role.account;
    Ok(element("Arn", &caller.arn()) + &element("UserId", &caller.user_id()) + &element("Account", account))
}
