//! `SetRiskConfiguration`.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::core::directory::{Exceptions, RiskConfiguration, UserPool};
use crate::core::service::Context;
use crate::core::wire::error::ServiceError;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    client_id: Option<String>,
    compromised_credentials_risk_configuration: Option<Value>,
    account_takeover_risk_configuration: Option<Value>,
    risk_exception_configuration: Option<Exceptions>,
}

pub(super) fn run(pool: &mut UserPool, context: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    if let Some(client_id) = &input.client_id {
        pool.check_has_client(client_id)?;
    }
    let configuration = RiskConfiguration {
        compromised_credentials_risk_configuration: input.compromised_credentials_risk_configuration,
        account_takeover_risk_configuration: input.account_takeover_risk_configuration,
        risk_exception_configuration: input.risk_exception_configuration,
    };
    pool.set_risk_configuration(input.client_id.clone(), configuration, context.now_ms)?;
    Ok(json!({ "RiskConfiguration": pool.risk_configuration(input.client_id.as_deref()) }))
}
