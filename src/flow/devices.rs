//! The devices that a user is remembered on: their type in Rust.

use crate::json::Value;

/// A device that a user is remembered on.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct UserDevice {
    /// `DeviceKey`
    pub id: String,
    /// `DeviceAttributes`, such as `device_name` and `dev:device_remembered_status`.
    pub attributes: Vec<(String, String)>,
    /// `DeviceCreateDate`, in seconds since 1970.
    pub created_s: Option<i64>,
    /// `DeviceLastModifiedDate`, in seconds since 1970.
    pub last_modified_s: Option<i64>,
    /// `DeviceLastAuthenticatedDate`, in seconds since 1970.
    pub last_authenticated_s: Option<i64>,
}

impl UserDevice {
    /// The name that the device was confirmed with: what its browser calls itself.
    pub fn name(&self) -> Option<&str> {
        self.attributes.iter().find_map(|(name, value)| (name == "device_name").then_some(value.as_str()))
    }
}

impl From<&Value> for UserDevice {
    fn from(output: &Value) -> Self {
        let attributes = output.get("attributes").and_then(Value::members).unwrap_or_default().iter();
        Self {
            id: output.string("id").unwrap_or_default(),
            attributes: attributes
                .filter_map(|(name, value)| Some((name.clone(), value.as_str()?.to_owned())))
                .collect(),
            created_s: output.integer("createDate"),
            last_modified_s: output.integer("lastModifiedDate"),
            last_authenticated_s: output.integer("lastAuthenticatedDate"),
        }
    }
}
