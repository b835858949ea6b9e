//! Any values, new in each run.

use num_bigint::BigUint;
use poolpass_group::ELEMENT_BYTES;
use proptest::prelude::*;

use crate::edges::edges;
use crate::{check_generator_power, check_power, check_product, element, integer, modulus};

fn any_integer() -> impl Strategy<Value = BigUint> {
    prop_oneof![
        4 => prop::collection::vec(any::<u8>(), 0..=ELEMENT_BYTES + 20).prop_map(|bytes| BigUint::from_bytes_be(&bytes)),
        2 => prop::collection::vec(prop_oneof![Just(0u8), Just(0xff), Just(1), Just(0x80)], 0..=ELEMENT_BYTES)
            .prop_map(|bytes| BigUint::from_bytes_be(&bytes)),
        1 => prop::sample::select(edges()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn reduces(a in any_integer()) {
        prop_assert_eq!(integer(&element(&a)), &a % modulus());
        prop_assert_eq!(element(&a).is_zero(), &a % modulus() == BigUint::ZERO);
    }

    #[test]
    fn multiplies_and_subtracts(a in any_integer(), b in any_integer()) {
        check_product(&a, &b);
    }

    #[test]
    fn raises_to_powers(base in any_integer(), exponent in prop::collection::vec(any::<u8>(), 0..80)) {
        check_power(&base, &exponent);
    }

    #[test]
    fn raises_the_generator(factor in any_integer(), exponent in prop::collection::vec(any::<u8>(), 0..140)) {
        check_generator_power(&factor, &exponent);
    }
}
