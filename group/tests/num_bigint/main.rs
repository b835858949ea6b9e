//! The group's arithmetic against num-bigint. `cargo xtask test wasm` runs what is not random in headless Chromium
//! too, since wasm's inner loops are others.

mod edges;
#[cfg(not(target_arch = "wasm32"))]
mod random;
mod seeded;

use num_bigint::BigUint;
use poolpass_group::Element;

#[cfg(target_arch = "wasm32")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

fn modulus() -> BigUint {
    let minus_one = Element::reduce(&[]).minus(&Element::reduce(&[1]));
    BigUint::from_bytes_be(&minus_one.to_be_bytes()) + 1u32
}

fn integer(element: &Element) -> BigUint {
    BigUint::from_bytes_be(&element.to_be_bytes())
}

fn element(value: &BigUint) -> Element {
    Element::reduce(&value.to_bytes_be())
}

fn check_product(a: &BigUint, b: &BigUint) {
    let n = modulus();
    assert_eq!(integer(&element(a).times(&element(b))), a * b % &n, "{a} * {b}");
    assert_eq!(integer(&element(a).minus(&element(b))), (a % &n + &n - b % &n) % &n, "{a} - {b}");
}

fn check_power(base: &BigUint, exponent: &[u8]) {
    let expected = base.modpow(&BigUint::from_bytes_be(exponent), &modulus());
    assert_eq!(integer(&element(base).power(exponent)), expected, "{base} ^ {exponent:?}");
}

fn check_generator_power(factor: &BigUint, exponent: &[u8]) {
    let power = BigUint::from(2u32).modpow(&BigUint::from_bytes_be(exponent), &modulus());
    assert_eq!(integer(&Element::generator_power(exponent)), power, "2 ^ {exponent:?}");
    let product = element(factor).times_generator_power(exponent);
    assert_eq!(integer(&product), factor * power % modulus(), "{factor} * 2 ^ {exponent:?}");
}
