//! The account of the user: the methods of [`Account`], and devices.

use std::rc::Rc;

use poolpass::client::account::{Account, Perform, Performing};
use poolpass::error::Error;
use poolpass::flow::devices::UserDevice;
use poolpass::idp;
use poolpass::json::Value;

use crate::{Auth, Operation};

impl Account for Auth {
    fn performer(&self) -> Rc<dyn Perform> {
        Rc::new(self.clone())
    }
}

impl Perform for Auth {
    fn perform(self: Rc<Self>, operation: &'static idp::Operation, input: Value) -> Performing<Value> {
        let client = self.client.clone();
        Box::pin(self.run::<_, Error>(async move { client.perform(operation, &input).await }))
    }
}

impl Auth {
    /// All devices that the user is remembered on (`ListDevices`).
    ///
    /// # Errors
    /// `signed_out`; `service`, such as `InvalidUserPoolConfigurationException`; network errors.
    pub fn fetch_devices(&self) -> Operation<Vec<UserDevice>> {
        let client = self.client.clone();
        self.run(async move { client.fetch_devices().await })
    }

    /// A device of the user (`GetDevice`), by default the one that the user is at.
    ///
    /// # Errors
    /// `bad_input` if the user is at no device that the pool knows; those of [`Auth::fetch_devices`], with the reason
    /// `device_unknown` if the user has no such device.
    pub fn get_device(&self, id: Option<&str>) -> Operation<UserDevice> {
        let (client, id) = (self.client.clone(), id.map(str::to_owned));
        self.run(async move { client.get_device(id.as_deref()).await })
    }

    /// Has the pool remember a device (`UpdateDeviceStatus`), by default the one that the user is at. For pools that let the user
    /// choose: [`SignIn::Done`](crate::SignIn::Done) says so.
    ///
    /// # Errors
    /// Those of [`Auth::get_device`].
    pub fn remember_device(&self, id: Option<&str>) -> Operation<()> {
        let (client, id) = (self.client.clone(), id.map(str::to_owned));
        self.run(async move { client.remember_device(id.as_deref()).await })
    }

    /// Has the pool forget a device (`ForgetDevice`), by default the one that the user is at. A session of that device ends when
    /// its tokens expire.
    ///
    /// # Errors
    /// Those of [`Auth::get_device`].
    pub fn forget_device(&self, id: Option<&str>) -> Operation<()> {
        let (client, id) = (self.client.clone(), id.map(str::to_owned));
        self.run(async move { client.forget_device(id.as_deref()).await })
    }
}
