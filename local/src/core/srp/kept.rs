//! Large numbers as they are kept: in hexadecimal digits.

use num_bigint::BigUint;
use serde::de::Error as _;
use serde::{Deserialize as _, Deserializer, Serializer};

pub(crate) fn serialize<S: Serializer>(number: &BigUint, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&number.to_str_radix(16))
}

pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<BigUint, D::Error> {
    let text = String::deserialize(deserializer)?;
    BigUint::parse_bytes(text.as_bytes(), 16).ok_or_else(|| D::Error::custom("not a number in hexadecimal digits"))
}
