//! SRP's integer product against num-bigint.

use num_bigint::BigUint;
use poolpass::crypto::product::multiply_add;
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn adds_a_product(
        a in prop::collection::vec(any::<u8>(), 0..140),
        b in prop::collection::vec(any::<u8>(), 0..40),
        c in prop::collection::vec(any::<u8>(), 0..40),
    ) {
        let [x, y, z] = [&a, &b, &c].map(|bytes| BigUint::from_bytes_be(bytes));
        prop_assert_eq!(BigUint::from_bytes_be(multiply_add(&a, &b, &c).expose_secret()), x + y * z);
    }
}
