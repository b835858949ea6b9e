//! The name of the device.

use poolpass::platform::Platform;

use super::Bench;

pub(crate) async fn the_device_has_a_name_of_true_brands<B: Bench>(bench: &B) {
    let (one, other) = (bench.tab().device_name(), bench.tab().device_name());
    assert!(!one.is_empty());
    assert_eq!(one, other);
    // Chromium's made-up brand, such as "Not=A?Brand".
    assert!(!one.contains("Not") && !one.contains("undefined"), "{one}");
}
