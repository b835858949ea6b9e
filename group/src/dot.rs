//! The inner loop of all arithmetic here: sums of products of digits, four at a time.

/// Digits with zeros behind them, so that four can be read from every place.
pub(crate) type Padded = [u32; crate::limbs::DIGITS + 6];

/// A sum of products of 28-bit digits, at most 220 of them.
#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
pub(crate) struct Sum(u64);

#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
impl Sum {
    /// Nothing yet.
    pub(crate) const fn new() -> Self {
        Self(0)
    }

    /// Adds `a[i] * b[i]`. The lengths are equal, and multiples of four.
    pub(crate) fn add(&mut self, a: &[u32], b: &[u32]) {
        self.0 += a.iter().zip(b).map(|(&a, &b)| u64::from(a) * u64::from(b)).sum::<u64>();
    }

    /// Doubles the sum.
    pub(crate) const fn double(&mut self) {
        self.0 *= 2;
    }

    /// The sum.
    pub(crate) const fn total(&self) -> u64 {
        self.0
    }
}

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
pub(crate) use simd::Sum;

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
#[expect(unsafe_code, reason = "vectors are loaded through a pointer")]
mod simd {
    use core::arch::wasm32::{
        i64x2_add, u64x2_extmul_high_u32x4, u64x2_extmul_low_u32x4, u64x2_extract_lane, u64x2_splat, v128, v128_load,
    };

    /// A sum of products of 28-bit digits, at most 220 of them.
    pub(crate) struct Sum([v128; 2]);

    impl Sum {
        /// Nothing yet.
        #[inline(always)]
        pub(crate) fn new() -> Self {
            Self([u64x2_splat(0); 2])
        }

        /// Adds `a[i] * b[i]`. The lengths are equal, and multiples of four.
        #[inline(always)]
        pub(crate) fn add(&mut self, a: &[u32], b: &[u32]) {
            let [mut low, mut high] = self.0;
            for (a, b) in a.as_chunks::<4>().0.iter().zip(b.as_chunks::<4>().0) {
                // SAFETY: both point to arrays of 16 bytes, and wasm loads vectors at any alignment.
                let (a, b) = unsafe { (v128_load(a.as_ptr().cast()), v128_load(b.as_ptr().cast())) };
                low = i64x2_add(low, u64x2_extmul_low_u32x4(a, b));
                high = i64x2_add(high, u64x2_extmul_high_u32x4(a, b));
            }
            self.0 = [low, high];
        }

        /// Doubles the sum.
        #[inline(always)]
        pub(crate) fn double(&mut self) {
            self.0 = self.0.map(|half| i64x2_add(half, half));
        }

        /// The sum.
        #[inline(always)]
        pub(crate) fn total(&self) -> u64 {
            let both = i64x2_add(self.0[0], self.0[1]);
            u64x2_extract_lane::<0>(both) + u64x2_extract_lane::<1>(both)
        }
    }
}
