//! SRP in wasm, where the group arithmetic has other inner loops than natively.

use poolpass::crypto::group::{ELEMENT_BYTES, Element};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::srp_vectors;

#[wasm_bindgen_test]
fn every_case_step_by_step() {
    srp_vectors::every_case_step_by_step();
}

#[wasm_bindgen_test]
fn every_device_case_step_by_step() {
    srp_vectors::every_device_case_step_by_step();
}

#[wasm_bindgen_test]
fn every_case_in_one_call() {
    srp_vectors::every_case_in_one_call();
}

#[wasm_bindgen_test]
fn server_values_that_break_srp_are_refused() {
    srp_vectors::server_values_that_break_srp_are_refused();
}

/// Values at the edges, checked by identities.
#[wasm_bindgen_test]
fn edges_keep_the_laws_of_arithmetic() {
    let zero = Element::reduce(&[]);
    let one = Element::reduce(&[1]);
    let minus_one = zero.minus(&one);
    let same = |a: &Element, b: &Element| a.minus(b).is_zero();
    let mut edges = vec![zero.clone(), one.clone(), minus_one.clone(), Element::reduce(&[0xff; ELEMENT_BYTES])];
    edges.extend([31, 32, 33, 63, 64, 1535, 3071].map(|bit: u16| Element::generator_power(&bit.to_be_bytes())));
    for a in &edges {
        assert!(same(&a.times(&one), a));
        assert!(same(&a.times(&minus_one), &zero.minus(a)));
        assert!(same(&a.power(&[3]), &a.times(a).times(a)));
        for b in &edges {
            assert!(same(&a.times(b), &b.times(a)));
            let difference = a.minus(b);
            assert!(same(
                &difference.times(&difference),
                &a.times(a).minus(&a.times(b)).minus(&a.times(b).minus(&b.times(b)))
            ));
        }
    }
    // Fermat: a^(N-1) = 1.
    let exponent = minus_one.to_be_bytes();
    assert!(same(&Element::reduce(&[3]).power(&exponent), &one));
    assert!(same(&Element::generator_power(&exponent), &one));
}
