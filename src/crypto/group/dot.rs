//! The inner loop of all arithmetic here: a sum of products of digits.

/// The sum of `a[i] * b[i]`, for digits of 28 bits and at most 220 of them. The lengths are equal.
#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
pub(super) fn dot(a: &[u32], b: &[u32]) -> u64 {
    a.iter().zip(b).map(|(&a, &b)| u64::from(a) * u64::from(b)).sum()
}

/// The sum of `a[i] * b[i]`, for digits of 28 bits and at most 220 of them. The lengths are equal.
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
#[expect(unsafe_code, reason = "a vector is loaded through a pointer")]
pub(super) fn dot(a: &[u32], b: &[u32]) -> u64 {
    use core::arch::wasm32::{
        i64x2_add, u64x2_extmul_high_u32x4, u64x2_extmul_low_u32x4, u64x2_extract_lane, u64x2_splat, v128_load,
    };
    let (quads_of_a, rest_of_a) = a.as_chunks::<4>();
    let (quads_of_b, rest_of_b) = b.as_chunks::<4>();
    let (mut low, mut high) = (u64x2_splat(0), u64x2_splat(0));
    for (a, b) in quads_of_a.iter().zip(quads_of_b) {
        // SAFETY: both point to arrays of 16 bytes, and wasm loads vectors at any alignment.
        let (a, b) = unsafe { (v128_load(a.as_ptr().cast()), v128_load(b.as_ptr().cast())) };
        low = i64x2_add(low, u64x2_extmul_low_u32x4(a, b));
        high = i64x2_add(high, u64x2_extmul_high_u32x4(a, b));
    }
    let both = i64x2_add(low, high);
    let rest: u64 = rest_of_a.iter().zip(rest_of_b).map(|(&a, &b)| u64::from(a) * u64::from(b)).sum();
    u64x2_extract_lane::<0>(both) + u64x2_extract_lane::<1>(both) + rest
}
