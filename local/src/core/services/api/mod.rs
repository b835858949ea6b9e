//! APIs as API Gateway serves them, under `/api/<name>/`: authorisers of every kind before routes that echo what they were told.

mod call;
mod cognito_authorizer;
mod echo;
mod iam_authorizer;
mod jwt_authorizer;
mod lambda_authorizer;
mod lambda_hook;
mod refusal;
mod route;
mod service;
mod settings;
mod token;

pub(crate) use service::Apis;
pub(crate) use settings::Api;
