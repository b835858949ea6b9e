//! AWS STS as a service.

use super::error::StsError;
use super::xml::NAMESPACE;
use super::{assume_role_with_web_identity, get_caller_identity};
use crate::core::service::{Desk, Named, Service};
use crate::core::services::identity::{Context, KeySets};
use crate::core::wire::form::Form;
use crate::core::wire::http::{HttpRequest, HttpResponse};
use crate::core::world::faults::Fault;

const VERSION: &str = "2011-06-15";

/// The parameters of a request to this service: a form, or the query of a presigned URL.
fn parameters(request: &HttpRequest) -> Option<Form> {
    let form = match request.method.as_str() {
        "POST" if request.is_form_post() => Form::parse(&String::from_utf8_lossy(&request.body)),
        "GET" => request.query_form(),
        _ => return None,
    };
    form.get("Action").is_some().then_some(form)
}

/// The action, for the request log.
fn operation_name(form: &Form) -> String {
    form.get("Action").unwrap_or_default().chars().take(100).collect()
}

/// AWS STS.
pub(crate) struct Sts;

impl Service for Sts {
    fn takes(&self, request: &HttpRequest) -> bool {
        request.path() == "/" && parameters(request).is_some()
    }

    fn name(&self, request: &HttpRequest) -> Option<Named> {
        parameters(request).map(|form| Named::new(operation_name(&form)))
    }

    fn answer(&mut self, desk: &mut Desk<'_>, request: &HttpRequest) -> HttpResponse {
        let form = parameters(request).unwrap_or_default();
        answer(&mut Context::new(desk, request, &KeySets::new()), request, &form)
    }

    fn ordered_error(&self, fault: &Fault) -> HttpResponse {
        ordered_error(fault)
    }
}

/// Does the work of a request.
fn answer(context: &mut Context<'_>, request: &HttpRequest, form: &Form) -> HttpResponse {
    match perform(context, request, form) {
        Ok(body) => HttpResponse::new(200, "text/xml", body),
        Err(error) => error.response(),
    }
}

/// The error that a fault of kind `error` asks for.
fn ordered_error(fault: &Fault) -> HttpResponse {
    let code = fault.error_type.as_deref().unwrap_or(match fault.status {
        Some(429) => "Throttling",
        Some(500..) => "InternalFailure",
        _ => "ValidationError",
    });
    let message = fault.message.clone().unwrap_or_else(|| "This fault was ordered.".into());
    StsError::new(fault.status.unwrap_or(400), code, message).response()
}

fn perform(context: &mut Context<'_>, request: &HttpRequest, form: &Form) -> Result<String, StsError> {
    let action = form.get("Action").unwrap_or_default();
    if form.get("Version") != Some(VERSION) {
        return Err(StsError::new(400, "NoSuchVersion", format!("The Version must be {VERSION}.")));
    }
    let result = match action {
        "AssumeRoleWithWebIdentity" => assume_role_with_web_identity::run(context, form)?,
        "GetCallerIdentity" => get_caller_identity::run(context, request)?,
        _ => return Err(StsError::new(400, "InvalidAction", format!("poolpass-local does not support {action} yet."))),
    };
    let id = context.random.uuid();
    Ok(format!(
        "<{action}Response xmlns=\"{NAMESPACE}\"><{action}Result>{result}</{action}Result>\
         <ResponseMetadata><RequestId>{id}</RequestId></ResponseMetadata></{action}Response>"
    ))
}
