//! Secure Remote Password as Cognito speaks it: the password proves itself without being sent.
//!
//! | step | client | server |
//! |---|---|---|
//! | 1 | random `a`; `A = g^a` → | |
//! | 2 | | ← salt, `B = k*v + g^b`, secret block |
//! | 3 | `u = H(pad(A) \| pad(B))` | the same `u` |
//! | 4 | `x = H(pad(salt) \| H(group \| user \| ":" \| password))` | `v = g^x`, stored |
//! | 5 | `S = (B - k * g^x) ^ (a + u*x)` | `S = (A * v^u) ^ b` |
//! | 6 | `K = HKDF(salt = pad(u), ikm = pad(S))`, 16 bytes | the same `K` |
//! | 7 | `HMAC(K, group \| user \| secret block \| timestamp)` → | checks it |
//!
//! All arithmetic is modulo N of RFC 5054's 3072-bit group, `g = 2`, `H` is SHA-256, `group` is the part of
//! the user pool id behind `_`. Where it differs from RFC 5054:
//! - `pad` is the shortest two's complement form (Java's `BigInteger.toByteArray`), not the length of N;
//! - so `k = H(pad(N) | pad(g))` hashes `g` as one byte;
//! - the identity is hashed with the pool's name in front;
//! - `K` comes from HKDF (RFC 5869) with the info text `Caldera Derived Key`;
//! - the proof is an HMAC over Cognito's opaque secret block and a time.
//!
//! Source: AWS "Signing in with user name, password and SRP"; vectors in `tests/vectors/srp_user.json`.

mod client;
pub mod device;
mod pad;
mod steps;
pub mod timestamp;

pub use client::{Challenge, EphemeralKey, Identity, PasswordProof};
pub use pad::pad;
pub use steps::{claim_key, claim_signature, password_exponent, premaster_secret, scrambler};
