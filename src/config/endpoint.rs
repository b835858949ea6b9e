//! The URLs of AWS's services.

use super::partition::dns_suffix;

/// The URL of a service: of `poolpass-local`, or else of the proxy, or else of AWS. `start` is the scheme and the
/// service, such as `https://sts.`.
pub(super) fn service_url(start: &str, region: &str, emulator: Option<&str>, proxy: Option<&str>) -> String {
    match emulator.or(proxy) {
        Some(address) => [address, "/"].concat(),
        None => [start, region, ".", dns_suffix(region), "/"].concat(),
    }
}
