//! The group and the number forms of Cognito's SRP: the 3072-bit group of RFC 5054, appendix A, with g = 2 and SHA-256.

use num_bigint::BigUint;
use sha2::{Digest as _, Sha256};
use std::sync::LazyLock;

const N_HEX: &[u8] = b"\
    FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74\
    020BBEA63B139B22514A08798E3404DDEF9519B3CD3A431B302B0A6DF25F1437\
    4FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7ED\
    EE386BFB5A899FA5AE9F24117C4B1FE649286651ECE45B3DC2007CB8A163BF05\
    98DA48361C55D39A69163FA8FD24CF5F83655D23DCA3AD961C62F356208552BB\
    9ED529077096966D670C354E4ABC9804F1746C08CA18217C32905E462E36CE3B\
    E39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF695581718\
    3995497CEA956AE515D2261898FA051015728E5A8AAAC42DAD33170D04507A33\
    A85521ABDF1CBA64ECFB850458DBEF0A8AEA71575D060C7DB3970F85A6E1E4C7\
    ABF5AE8CDB0933D71E8C94E04A25619DCEE3D2261AD2EE6BF12FFA06D98A0864\
    D87602733EC86A64521F2B18177B200CBBE117577A615D6C770988C0BAD946E2\
    08E24FA074E5AB3143DB5BFCE0FD108E4B82D120A93AD2CAFFFFFFFFFFFFFFFF";

/// The prime.
pub(super) static N: LazyLock<BigUint> = LazyLock::new(|| BigUint::parse_bytes(N_HEX, 16).unwrap_or_default());

/// k = H(pad(N) || pad(g)). RFC 5054 would pad g to the length of N; Cognito does not.
pub(super) static K: LazyLock<BigUint> = LazyLock::new(|| hash(&[&pad(&N), &pad(&g())]));

/// The generator.
pub(super) fn g() -> BigUint {
    BigUint::from(2_u8)
}

/// The shortest big-endian two's complement form, as Java's `BigInteger.toByteArray`: a zero byte comes first when the top bit is set.
pub(super) fn pad(number: &BigUint) -> Vec<u8> {
    let mut bytes = number.to_bytes_be();
    if bytes.first().is_some_and(|first| first & 0x80 != 0) {
        bytes.insert(0, 0);
    }
    bytes
}

/// SHA-256 over all parts, as a number.
pub(super) fn hash(parts: &[&[u8]]) -> BigUint {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(part);
    }
    BigUint::from_bytes_be(&hasher.finalize())
}

/// Shortest lower-case hexadecimal form.
pub(crate) fn hex(number: &BigUint) -> String {
    number.to_str_radix(16)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_group_is_the_published_one() {
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/vectors/srp_user.json");
        let vectors: serde_json::Value = serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
        let group = vectors["group"].as_object().unwrap();
        let text = |key: &str| group[key].as_str().unwrap().to_lowercase();
        assert_eq!(hex(&N), text("N_hex"));
        assert_eq!(hex(&K), text("k_hex"));
    }

    proptest! {
        #[test]
        fn pad_is_the_shortest_form_with_a_clear_top_bit(bytes in prop::collection::vec(any::<u8>(), 0..40)) {
            let number = BigUint::from_bytes_be(&bytes);
            let padded = pad(&number);
            prop_assert_eq!(BigUint::from_bytes_be(&padded), number);
            prop_assert!(padded[0] & 0x80 == 0);
            prop_assert!(padded.len() == 1 || padded[0] != 0 || padded[1] & 0x80 != 0);
        }
    }
}
