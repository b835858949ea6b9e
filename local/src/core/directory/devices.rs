//! The devices of one user (Developer Guide, "Working with user devices in your user pool").

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeMap;

use crate::core::iam::ACCOUNT;
use crate::core::srp::Verifier;
use crate::core::wire::date::epoch_seconds;
use crate::core::wire::error::{ServiceError, device_not_found, invalid};
use crate::core::world::random::Random;

/// The names that a user pool gives to a device at sign-in: `NewDeviceMetadataType`.
#[derive(Clone, Deserialize, Serialize)]
pub(crate) struct DeviceName {
    pub(crate) key: String,
    /// What device SRP takes for the name of the pool.
    pub(crate) group_key: String,
}

impl DeviceName {
    /// Names for a new device: "in the format Region_UUID" (Developer Guide, "Working with user devices in your user pool").
    pub(crate) fn new(region: &str, random: &mut Random) -> Self {
        Self { key: format!("{region}_{}", random.uuid()), group_key: format!("-{}", random.base64url::<6>()) }
    }

    /// `NewDeviceMetadataType`.
    pub(crate) fn metadata(&self) -> Value {
        json!({ "DeviceKey": self.key, "DeviceGroupKey": self.group_key })
    }
}

/// A device that was confirmed.
#[derive(Clone, Deserialize, Serialize)]
pub(crate) struct Device {
    pub(crate) name: DeviceName,
    pub(super) friendly_name: Option<String>,
    /// All that is kept of the device's password. Without it the device can't prove what it is.
    pub(super) verifier: Option<Verifier>,
    pub(super) remembered: bool,
    pub(super) created_ms: u64,
    pub(super) modified_ms: u64,
    pub(super) authenticated_ms: u64,
    /// The `Session` under which a sign-in last asked for the device's proof.
    pub(super) challenge: Option<String>,
}

/// `DeviceRememberedStatusType`.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq)]
#[serde(rename_all = "snake_case")]
pub(crate) enum RememberedStatus {
    NotRemembered,
    Remembered,
}

/// `DeviceSecretVerifierConfigType`, both in base64.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct SecretVerifier {
    pub(super) password_verifier: Option<String>,
    pub(super) salt: Option<String>,
}

impl SecretVerifier {
    /// # Errors
    /// `InvalidParameterException` when salt or verifier is missing, is not base64, or can't be what SRP makes of a password.
    pub(crate) fn read(&self) -> Result<Verifier, ServiceError> {
        let bytes = |text: &Option<String>| STANDARD.decode(text.as_deref().unwrap_or_default()).ok();
        let salt = bytes(&self.salt).filter(|salt| !salt.is_empty());
        let verifier = salt.zip(bytes(&self.password_verifier)).and_then(|(salt, v)| Verifier::from_bytes(&salt, &v));
        verifier.ok_or_else(|| invalid("Invalid device secret verifier given."))
    }
}

impl Device {
    /// The verifier of a device that a sign-in must prove by device SRP: "Amazon Cognito stores the association but proceeds with
    /// non-device sign-in" where it is not remembered.
    pub(crate) fn verifier(&self) -> Option<&Verifier> {
        self.verifier.as_ref().filter(|_| self.remembered)
    }

    /// In few words, for people.
    pub(crate) fn summary(&self) -> Value {
        json!({ "deviceKey": self.name.key, "name": self.friendly_name, "remembered": self.remembered })
    }

    /// The `Session` under which a sign-in last asked for the device's proof.
    pub(crate) fn challenge(&self) -> Option<&str> {
        self.challenge.as_deref()
    }

    /// `DeviceType`. AWS also shows the address that the device was last seen at (`last_ip_used`), which is not known here.
    pub(crate) fn shown(&self, pool_id: &str, username: &str) -> Value {
        let region = pool_id.split_once('_').map_or("", |(region, _)| region);
        let owner = format!("{username}.{pool_id}");
        let arn = format!("arn:aws:cognito-idp:{region}:{ACCOUNT}:owner/{owner}/device/{}", self.name.key);
        let status = if self.remembered { "remembered" } else { "not_remembered" };
        // Names as in the examples of GetDevice and AdminListDevices.
        let attributes = [
            ("device_status", Some("valid")),
            ("device_name", self.friendly_name.as_deref()),
            ("dev:device_arn", Some(&arn)),
            ("dev:device_owner", Some(&owner)),
            ("dev:device_remembered_status", Some(status)),
            ("dev:device_sdk", Some("aws-sdk-unknown-unknown")),
        ];
        let attributes =
            attributes.into_iter().filter_map(|(name, value)| Some(json!({ "Name": name, "Value": value? })));
        json!({
            "DeviceKey": self.name.key,
            "DeviceAttributes": attributes.collect::<Vec<_>>(),
            "DeviceCreateDate": epoch_seconds(self.created_ms),
            "DeviceLastModifiedDate": epoch_seconds(self.modified_ms),
            "DeviceLastAuthenticatedDate": epoch_seconds(self.authenticated_ms),
        })
    }
}

/// All confirmed devices of one user, by their keys.
#[derive(Clone, Default, Deserialize, Serialize)]
pub(crate) struct Devices(pub(super) BTreeMap<String, Device>);

impl Devices {
    /// # Errors
    /// `ResourceNotFoundException`.
    pub(crate) fn get(&self, key: &str) -> Result<&Device, ServiceError> {
        self.0.get(key).ok_or_else(device_not_found)
    }

    /// Adds a device.
    ///
    /// # Errors
    /// `DeviceKeyExistsException`.
    pub(crate) fn confirm(
        &mut self,
        name: DeviceName,
        friendly_name: Option<String>,
        verifier: Option<Verifier>,
        remembered: bool,
        now_ms: u64,
    ) -> Result<(), ServiceError> {
        if self.0.contains_key(&name.key) {
            return Err(ServiceError::new("DeviceKeyExistsException", "The device key already exists."));
        }
        let (created_ms, modified_ms, authenticated_ms) = (now_ms, now_ms, now_ms);
        let key = name.key.clone();
        let device = Device {
            name,
            friendly_name,
            verifier,
            remembered,
            created_ms,
            modified_ms,
            authenticated_ms,
            challenge: None,
        };
        self.0.insert(key, device);
        Ok(())
    }

    /// Forgets a device.
    ///
    /// # Errors
    /// `ResourceNotFoundException`.
    pub(crate) fn forget(&mut self, key: &str) -> Result<(), ServiceError> {
        self.0.remove(key).map(drop).ok_or_else(device_not_found)
    }

    /// Says whether a device is remembered. Without a status, nothing changes.
    ///
    /// # Errors
    /// `ResourceNotFoundException`.
    pub(crate) fn remember(
        &mut self,
        key: &str,
        status: Option<RememberedStatus>,
        now_ms: u64,
    ) -> Result<(), ServiceError> {
        let device = self.0.get_mut(key).ok_or_else(device_not_found)?;
        if let Some(status) = status {
            device.remembered = status == RememberedStatus::Remembered;
            device.modified_ms = now_ms;
        }
        Ok(())
    }

    /// Notes that a sign-in asks for a device's proof.
    pub(crate) fn challenged(&mut self, key: &str, session: String) {
        if let Some(device) = self.0.get_mut(key) {
            device.challenge = Some(session);
        }
    }

    /// Notes a sign-in with a device.
    pub(crate) fn signed_in(&mut self, key: &str, now_ms: u64) {
        if let Some(device) = self.0.get_mut(key) {
            device.authenticated_ms = now_ms;
        }
    }

    /// Those whose keys come after one, in order.
    pub(crate) fn after<'a>(&'a self, key: &'a str) -> impl Iterator<Item = &'a Device> {
        self.0.values().filter(move |device| device.name.key.as_str() > key)
    }
}
