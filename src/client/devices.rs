//! The devices that the user is remembered on.

use super::Client;
use crate::error::Error;
use crate::flow::devices::UserDevice;
use crate::idp::{Operation, operations};
use crate::json::Value;
use crate::platform::Platform;

impl<P: Platform> Client<P> {
    /// All devices that the user is remembered on (`ListDevices`): one request for each page.
    ///
    /// # Errors
    /// `signed_out`; `service`, such as `InvalidUserPoolConfigurationException`; network errors.
    pub async fn fetch_devices(&self) -> Result<Vec<UserDevice>, Error> {
        let (mut devices, mut input) = (Vec::new(), Value::object([]));
        loop {
            let page = self.perform(&operations::FETCH_DEVICES, &input).await?;
            let elements = page.get("devices").and_then(Value::elements).unwrap_or_default();
            devices.extend(elements.iter().map(UserDevice::from));
            match page.get("nextToken") {
                Some(token) => input = Value::object([("nextToken", token.clone())]),
                None => return Ok(devices),
            }
        }
    }

    /// A device of the user (`GetDevice`), by default the one that the user is at.
    ///
    /// # Errors
    /// `bad_input` if the user is at no device that the pool knows; those of [`Client::fetch_devices`], with the reason
    /// `device_unknown` if the user has no such device.
    pub async fn get_device(&self, id: Option<&str>) -> Result<UserDevice, Error> {
        self.on_device(&operations::GET_DEVICE, id).await.map(|output| (&output).into())
    }

    /// Has the pool remember a device (`UpdateDeviceStatus`), by default the one that the user is at. For pools that let the user
    /// choose: see [`crate::flow::sign_in::SignInStep::Done`].
    ///
    /// # Errors
    /// Those of [`Client::get_device`].
    pub async fn remember_device(&self, id: Option<&str>) -> Result<(), Error> {
        self.on_device(&operations::REMEMBER_DEVICE, id).await.map(drop)
    }

    /// Has the pool forget a device (`ForgetDevice`), by default the one that the user is at. A session of that device ends when
    /// its tokens expire.
    ///
    /// # Errors
    /// Those of [`Client::get_device`].
    pub async fn forget_device(&self, id: Option<&str>) -> Result<(), Error> {
        self.on_device(&operations::FORGET_DEVICE, id).await.map(drop)
    }

    async fn on_device(&self, operation: &Operation, id: Option<&str>) -> Result<Value, Error> {
        let device = id.map(|id| Value::object([("id", id.into())]));
        self.perform(operation, &Value::object([]).with_some("device", device)).await
    }
}
