//! `SetUICustomization`.

use serde::Deserialize;
use serde_json::{Value, json};

use super::css::check;
use crate::core::directory::{ALL, UserPool};
use crate::core::service::Context;
use crate::core::wire::error::{ServiceError, invalid};

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Input {
    client_id: Option<String>,
    #[serde(rename = "CSS")]
    css: Option<String>,
    image_file: Option<String>,
}

/// The text about the domain is reported by users (hashicorp/terraform-provider-aws, documentation of
/// `aws_cognito_user_pool_ui_customization`).
pub(super) fn run(pool: &mut UserPool, context: &mut Context<'_>, input: Input) -> Result<Value, ServiceError> {
    let client_id = input.client_id.as_deref().unwrap_or(ALL);
    if client_id != ALL {
        pool.check_has_client(client_id)?;
    }
    if pool.domain.is_none() && pool.custom_domain.is_none() {
        return Err(invalid("There has to be an existing domain associated with this user pool"));
    }
    let css = input.css.filter(|css| !css.trim().is_empty());
    css.as_deref().map_or(Ok(()), check)?;
    let has_image = input.image_file.is_some_and(|image| !image.is_empty());
    pool.branding.customize(client_id, css, has_image, context.now_ms);
    Ok(json!({ "UICustomization": pool.ui_customization(client_id) }))
}
