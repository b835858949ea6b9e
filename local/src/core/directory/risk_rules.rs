//! The rules of a pool about what `risk` holds.

use serde_json::{Value, json};
use std::net::IpAddr;

use super::UserPool;
use super::risk::RiskConfiguration;
use crate::core::wire::date::epoch_seconds;
use crate::core::wire::error::{ServiceError, invalid};

impl UserPool {
    /// Puts another configuration in place of the one that there was. An empty one means AWS's defaults, or those of the pool.
    ///
    /// # Errors
    /// `UserPoolAddOnNotEnabledException` for automated responses without threat protection; IP ranges do without (Terraform's
    /// acceptance test of `aws_cognito_risk_configuration`). `InvalidParameterException` for ranges that are none.
    pub(crate) fn set_risk_configuration(
        &mut self,
        client_id: Option<String>,
        configuration: RiskConfiguration,
        now_ms: u64,
    ) -> Result<(), ServiceError> {
        let responds = configuration.compromised_credentials_risk_configuration.is_some()
            || configuration.account_takeover_risk_configuration.is_some();
        if responds {
            self.check_threat_protection()?;
        }
        let exceptions = configuration.risk_exception_configuration.iter();
        let mut ranges = exceptions.flat_map(|lists| lists.blocked.iter().chain(&lists.skipped));
        if let Some(range) = ranges.find(|range| !is_range(range)) {
            return Err(invalid(format!("{range} is not an IP range in CIDR notation.")));
        }
        self.risks.0.insert(client_id, (configuration.with_defaults(), now_ms));
        Ok(())
    }

    /// `RiskConfigurationType` of the pool or of one client.
    pub(crate) fn risk_configuration(&self, client_id: Option<&str>) -> Value {
        let found = self.risks.0.get(&client_id.map(str::to_owned));
        let mut shown = found.map_or_else(|| json!({}), |(configuration, _)| json!(configuration));
        shown["UserPoolId"] = json!(self.id);
        if let Some(client_id) = client_id {
            shown["ClientId"] = json!(client_id);
        }
        if let Some((_, modified_ms)) = found {
            shown["LastModifiedDate"] = json!(epoch_seconds(*modified_ms));
        }
        shown
    }
}

/// Whether a text is an address with the length of its prefix, such as `10.0.0.0/8` or `2001:db8::/32`.
pub(super) fn is_range(text: &str) -> bool {
    let Some((address, length)) = text.split_once('/') else { return false };
    let most = match address.parse() {
        Ok(IpAddr::V4(_)) => 32,
        Ok(IpAddr::V6(_)) => 128,
        Err(_) => return false,
    };
    length.parse::<u8>().is_ok_and(|length| length <= most)
}

#[cfg(test)]
mod tests {
    use super::is_range;

    #[test]
    fn ranges_are_told_from_other_text() {
        for good in ["10.10.10.10/32", "0.0.0.0/0", "2001:db8::/32"] {
            assert!(is_range(good), "{good}");
        }
        for bad in ["", "10.0.0.1", "10.0.0.0/33", "10.0.0/8", "2001:db8::/129", "example.com/8", "10.0.0.0/-1"] {
            assert!(!is_range(bad), "{bad}");
        }
    }
}
