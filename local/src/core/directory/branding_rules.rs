//! The rules of a pool about what `branding` holds.

use serde_json::{Value, json};

use super::UserPool;
use super::branding::{ALL, style_not_found};
use crate::core::wire::date::{compact, epoch_seconds};
use crate::core::wire::error::{ServiceError, client_not_found};

impl UserPool {
    /// `UICustomizationType` of a client, else of the pool, else an empty object (`GetUICustomization`).
    pub(crate) fn ui_customization(&self, client_id: &str) -> Value {
        let classic = &self.branding.classic;
        let found = [client_id, ALL].into_iter().find_map(|id| Some((id, classic.get(id)?)));
        let Some((id, customization)) = found else { return json!({}) };
        let version = compact(customization.modified_ms);
        let mut shown = json!({
            "UserPoolId": self.id,
            "ClientId": id,
            "CSSVersion": version,
            "CreationDate": epoch_seconds(customization.created_ms),
            "LastModifiedDate": epoch_seconds(customization.modified_ms),
        });
        if let Some(css) = &customization.css {
            shown["CSS"] = json!(css);
        }
        if customization.has_image {
            // AWS's form; the image is not served.
            let path = format!("{}/{id}/{version}/assets/images/image.jpg", self.id);
            shown["ImageUrl"] = json!(format!("https://d111111abcdef8.cloudfront.net/{path}"));
        }
        shown
    }

    /// `ManagedLoginBrandingType`.
    ///
    /// # Errors
    /// `ResourceNotFoundException`.
    pub(crate) fn describe_style(&self, id: &str) -> Result<Value, ServiceError> {
        let style = self.branding.styles.get(id).ok_or_else(|| style_not_found(id))?;
        let mut shown = json!(style.look);
        shown["ManagedLoginBrandingId"] = json!(id);
        shown["UserPoolId"] = json!(self.id);
        shown["CreationDate"] = json!(epoch_seconds(style.created_ms));
        shown["LastModifiedDate"] = json!(epoch_seconds(style.modified_ms));
        Ok(shown)
    }

    /// # Errors
    /// `ResourceNotFoundException` where the pool has no such client.
    pub(crate) fn check_has_client(&self, client_id: &str) -> Result<(), ServiceError> {
        self.client(client_id).map(drop).ok_or_else(|| client_not_found(client_id))
    }
}
