//! The inner loops with wasm's vectors.
#![expect(unsafe_code, reason = "vectors are loaded and stored through pointers")]

use core::arch::wasm32::{
    i64x2_add, u32x4_splat, u64x2_extmul_high_u32x4, u64x2_extmul_low_u32x4, u64x2_extract_lane, u64x2_splat, v128,
    v128_bitselect, v128_load, v128_store,
};

use crate::columns::COLUMNS;
use crate::limbs::Digits;

/// For each column `c` the sum of all `a[i] * b[i + 3 - c]`, of at most 220 products of 28-bit digits. `a`'s length
/// is a multiple of four, and `b` is three longer.
#[inline(always)]
pub(crate) fn sums(a: &[u32], b: &[u32]) -> [u64; COLUMNS] {
    let b_from = |start: usize| b[start..start + a.len()].as_chunks::<4>().0;
    let quads = a.as_chunks::<4>().0.iter().zip(b_from(0)).zip(b_from(1)).zip(b_from(2)).zip(b_from(3));
    // Written out: compiled for size, a loop over an array of sums would keep them in memory.
    let [mut first, mut second, mut third, mut fourth] = [u64x2_splat(0); COLUMNS];
    for ((((a, b0), b1), b2), b3) in quads {
        let a = load(a);
        first = add_products(first, a, load(b3));
        second = add_products(second, a, load(b2));
        third = add_products(third, a, load(b1));
        fourth = add_products(fourth, a, load(b0));
    }
    [total(first), total(second), total(third), total(fourth)]
}

/// Takes `chosen` where `mask` is all ones, keeps `value` where it is zero.
pub(crate) fn select(value: &mut Digits, chosen: &Digits, mask: u32) {
    let mask = u32x4_splat(mask);
    for (digits, others) in value.as_chunks_mut::<4>().0.iter_mut().zip(chosen.as_chunks::<4>().0) {
        store(digits, v128_bitselect(load(others), load(digits), mask));
    }
}

#[inline(always)]
fn load(digits: &[u32; 4]) -> v128 {
    // SAFETY: the pointer is to 16 bytes, and wasm loads vectors at any alignment.
    unsafe { v128_load(digits.as_ptr().cast()) }
}

#[inline(always)]
fn store(digits: &mut [u32; 4], vector: v128) {
    // SAFETY: the pointer is to 16 bytes, and wasm stores vectors at any alignment.
    unsafe { v128_store(digits.as_mut_ptr().cast(), vector) };
}

#[inline(always)]
fn add_products(sum: v128, a: v128, b: v128) -> v128 {
    let sum = i64x2_add(sum, u64x2_extmul_low_u32x4(a, b));
    i64x2_add(sum, u64x2_extmul_high_u32x4(a, b))
}

#[inline(always)]
fn total(sum: v128) -> u64 {
    u64x2_extract_lane::<0>(sum) + u64x2_extract_lane::<1>(sum)
}
