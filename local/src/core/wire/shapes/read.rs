//! From checked JSON to the typed input of an operation.

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::Model;
use super::validate::validate;
use crate::core::wire::error::{ServiceError, unsupported};

/// Members that no operation reads: the dispatcher passes some to Lambda triggers, the rest are for analytics and threat protection, which
/// don't run here.
const BESIDE_THE_INPUT: [&str; 5] =
    ["AnalyticsMetadata", "ClientMetadata", "ContextData", "UserContextData", "ValidationData"];

impl Model {
    /// Checks a value against a shape and reads it. A member that AWS knows and `T` does not is refused by name.
    ///
    /// # Errors
    /// `SerializationException`, `InvalidParameterException` or `ValidationException`.
    pub(crate) fn read<T: DeserializeOwned>(&self, shape_name: &str, value: Value) -> Result<T, ServiceError> {
        self.read_rest(shape_name, value, &[])
    }

    /// As [`Self::read`], where members that say what the operation is about were read before: `T` need not have them.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub(crate) fn read_rest<T: DeserializeOwned>(
        &self,
        shape_name: &str,
        mut value: Value,
        known: &[&str],
    ) -> Result<T, ServiceError> {
        validate(self, shape_name, &mut value)?;
        if let Value::Object(members) = &mut value {
            members.retain(|name, _| !BESIDE_THE_INPUT.contains(&name.as_str()));
        }
        let mut ignored = Vec::new();
        let read = serde_ignored::deserialize(value, |path| ignored.push(path.to_string()));
        if let Some(path) = ignored.iter().find(|path| !known.contains(&path.as_str())) {
            return Err(unsupported(format_args!("the member {path} of {shape_name} yet")));
        }
        read.map_err(|error| ServiceError::new(self.constraint_error, format!("{shape_name}: {error}")))
    }

    /// Checks a value against a shape.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub(crate) fn check(&self, shape_name: &str, mut value: Value) -> Result<(), ServiceError> {
        validate(self, shape_name, &mut value)
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;
    use serde_json::json;

    use crate::core::wire::shapes::USER_POOLS;

    #[derive(Deserialize)]
    struct Nothing {}

    /// A member is never accepted in silence.
    #[test]
    fn members_that_aws_knows_and_the_operation_does_not_are_refused_by_name() {
        let read = |known: &[&str]| {
            USER_POOLS.read_rest::<Nothing>("GetUserRequest", json!({ "AccessToken": "x" }), known).map(drop)
        };
        let error = read(&[]).unwrap_err();
        assert_eq!(error.kind, "InvalidParameterException");
        assert_eq!(error.message, "poolpass-local does not support the member AccessToken of GetUserRequest yet");
        assert!(read(&["AccessToken"]).is_ok());
    }
}
