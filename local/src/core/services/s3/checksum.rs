//! Checksums of objects (Amazon S3 User Guide, "Checking object integrity in Amazon S3").

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use crc::{CRC_32_ISCSI, CRC_32_ISO_HDLC, CRC_64_NVME, Crc};
use md5::Md5;
use sha1::Sha1;
use sha2::{Digest as _, Sha256};

/// What headers with checksums begin with.
pub(super) const PREFIX: &str = "x-amz-checksum-";

/// The ways to make one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Algorithm {
    Crc32,
    Crc32c,
    Crc64Nvme,
    Sha1,
    Sha256,
}

const CRC32: Crc<u32> = Crc::<u32>::new(&CRC_32_ISO_HDLC);
const CRC32C: Crc<u32> = Crc::<u32>::new(&CRC_32_ISCSI);
const CRC64: Crc<u64> = Crc::<u64>::new(&CRC_64_NVME);

impl Algorithm {
    pub(super) const ALL: [Self; 5] = [Self::Crc32, Self::Crc32c, Self::Crc64Nvme, Self::Sha1, Self::Sha256];

    /// As the header ends, and as `x-amz-sdk-checksum-algorithm` names it in upper case.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Crc32 => "crc32",
            Self::Crc32c => "crc32c",
            Self::Crc64Nvme => "crc64nvme",
            Self::Sha1 => "sha1",
            Self::Sha256 => "sha256",
        }
    }

    /// Base64 of the checksum, CRCs with the highest byte first.
    pub(super) fn of(self, bytes: &[u8]) -> String {
        match self {
            Self::Crc32 => STANDARD.encode(CRC32.checksum(bytes).to_be_bytes()),
            Self::Crc32c => STANDARD.encode(CRC32C.checksum(bytes).to_be_bytes()),
            Self::Crc64Nvme => STANDARD.encode(CRC64.checksum(bytes).to_be_bytes()),
            Self::Sha1 => STANDARD.encode(Sha1::digest(bytes)),
            Self::Sha256 => STANDARD.encode(Sha256::digest(bytes)),
        }
    }
}

/// The entity tag of an object that was put as a whole.
pub(super) fn etag(bytes: &[u8]) -> String {
    let digits: String = Md5::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    format!("\"{digits}\"")
}

/// As `Content-MD5` carries it.
pub(super) fn md5(bytes: &[u8]) -> String {
    STANDARD.encode(Md5::digest(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_answers() {
        // The check values of the catalogue of CRC algorithms, over "123456789".
        for (algorithm, expected) in [
            (Algorithm::Crc32, 0xcbf4_3926_u64),
            (Algorithm::Crc32c, 0xe306_9283),
            (Algorithm::Crc64Nvme, 0xae8b_1486_0a79_9888),
        ] {
            let bytes = STANDARD.decode(algorithm.of(b"123456789")).unwrap();
            assert_eq!(bytes.iter().fold(0, |sum, byte| sum << 8 | u64::from(*byte)), expected, "{algorithm:?}");
        }
        assert_eq!(etag(b""), "\"d41d8cd98f00b204e9800998ecf8427e\"");
        assert_eq!(md5(b""), "1B2M2Y8AsgTpgAmY7PhCfg==");
        assert_eq!(Algorithm::Sha1.of(b"abc"), "qZk+NkcGgWq6PiVxeFDCbJzQ2J0=");
        assert_eq!(Algorithm::Sha256.of(b""), "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
    }
}
