//! `CodeDeliveryDetails`: where a confirmation code went.

use crate::json::Value;

/// Where a code was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeDelivery {
    /// `Destination`, masked by the service: `a***@e***`.
    pub destination: Option<String>,
    /// `DeliveryMedium`: `EMAIL` or `SMS`.
    pub medium: Option<String>,
    /// `AttributeName`, such as `email`.
    pub attribute: Option<String>,
}

/// Reads `CodeDeliveryDetails` of a reply, if it has them.
pub(super) fn read(body: &Value) -> Option<CodeDelivery> {
    let details = body.get("CodeDeliveryDetails").filter(|details| details.members().is_some())?;
    Some(CodeDelivery {
        destination: details.string("Destination"),
        medium: details.string("DeliveryMedium"),
        attribute: details.string("AttributeName"),
    })
}
