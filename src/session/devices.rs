//! The devices that users are remembered on: what this browser proves itself with at the next sign-in, so that the user is not
//! asked for a second factor again.
//!
//! | key, after `poolpass.v1.<clientId>.` | content |
//! |---|---|
//! | `device.<user name>` | the user's device: `{"v": 1, "key", "group", "password"}` |
//! | `device-of.<hash of what was typed>` | the user whom it last meant: `{"v": 1, "user"}` |
//!
//! The user name is the service's own, never what was typed, which may mean another user tomorrow. Where a request has to name
//! the device before the service has named the user, the second key is a hint, and the replies show whether it was right.
//!
//! The keys outlive a sign-out. A storage that can't be read, or a record of a later version, means a sign-in without the device.

use super::{Core, Session, storage};
use crate::crypto::sha256::sha256;
use crate::encode::base64;
use crate::error::Error;
use crate::idp::auth::NewDevice;
use crate::idp::confirm_device;
use crate::json::{Value, Writer};
use crate::platform::Platform;
use crate::retry::{Retry, send_with_retry};
use crate::secret::Secret;
use crate::srp::Identity;
use crate::srp::device::{DeviceVerifier, PASSWORD_BYTES, SALT_BYTES};

const VERSION: i64 = 1;

/// A device that a user is remembered on.
#[derive(Clone)]
pub(crate) struct Device {
    /// `DeviceKey`
    pub(crate) key: String,
    /// `DeviceGroupKey`
    pub(crate) group: String,
    /// What it proves itself with.
    pub(crate) password: Secret<String>,
}

impl Core {
    /// Whether something is stored of a device, by the service's name of the user, or by what the user has typed.
    pub(crate) async fn may_have_device<P: Platform>(&self, platform: &P, user: &str, is_named: bool) -> bool {
        let key = if is_named { self.record_key(user) } else { self.hint_key(user) };
        matches!(storage::get(platform, key).await, Ok(Some(_)))
    }

    /// The device of a user, by the service's name of the user.
    pub(crate) async fn device_of<P: Platform>(&self, platform: &P, user: &str) -> Option<Device> {
        let json = self.read_device(platform, self.record_key(user)).await.ok()??;
        if json.integer("v") != Some(VERSION) {
            return None;
        }
        Some(Device { key: json.string("key")?, group: json.string("group")?, password: json.secret("password")? })
    }

    /// The device of the user whom `login_id` meant at the last sign-in. It may mean another user now.
    pub(crate) async fn device_of_login<P: Platform>(&self, platform: &P, login_id: &str) -> Option<Device> {
        let hint = self.read_device(platform, self.hint_key(login_id)).await.ok()??;
        self.device_of(platform, hint.str("user")?).await
    }

    /// Confirms the device that a sign-in has got a key for, and keeps what it will prove itself with. Returns whether the user
    /// has to be asked first whether to remember it.
    ///
    /// # Errors
    /// Those of `ConfirmDevice`; `no_random`; network errors; `storage_write`, `storage_read`. The user is signed in anyway.
    pub(crate) async fn confirm_device<P: Platform>(
        &self,
        platform: &P,
        session: &Session,
        device: &NewDevice,
        login_id: &str,
    ) -> Result<bool, Error> {
        let mut password = Secret::new([0; PASSWORD_BYTES]);
        let mut salt = [0; SALT_BYTES];
        platform.fill_random(password.expose_secret_mut())?;
        platform.fill_random(&mut salt)?;
        let identity = Identity { group: &device.group, user: &device.key };
        let verifier = DeviceVerifier::new(&identity, &password, &salt);
        let name = platform.device_name();
        let url = session.pool().idp_url();
        let request = confirm_device::request(url, session.access_token(), &device.key, &name, &verifier);
        let reply = send_with_retry(platform, request, Retry::Transient).await;
        let asks = match reply.and_then(|response| confirm_device::read(&response)) {
            // The first copy was accepted and its reply lost. What it said of the user is unknown, so the app may ask.
            Err(error) if error.is_exception("DeviceKeyExistsException") => Ok(true),
            Err(error) if error.service().is_some() => return Err(error),
            // Without a reply it may have been accepted. If not, the next sign-in finds out.
            asks => asks,
        };
        let user = session.username();
        let kept = self.keep_device(platform, user, device, &verifier.password).await;
        self.remember_login(platform, login_id, user).await;
        kept.and(asks)
    }

    async fn keep_device<P: Platform>(
        &self,
        platform: &P,
        user: &str,
        device: &NewDevice,
        password: &Secret<String>,
    ) -> Result<(), Error> {
        let stored = self.read_device(platform, self.record_key(user)).await?;
        if stored.and_then(|json| json.integer("v")).is_some_and(|version| version > VERSION) {
            return Ok(());
        }
        let mut json = Writer::object();
        json.integer("v", VERSION);
        json.str("key", &device.key);
        json.str("group", &device.group);
        json.secret("password", password);
        storage::set(platform, self.record_key(user), json.finish()).await
    }

    /// Notes which user something typed has meant. Best effort: it saves a second device.
    pub(crate) async fn remember_login<P: Platform>(&self, platform: &P, login_id: &str, user: &str) {
        let mut json = Writer::object();
        json.integer("v", VERSION);
        json.str("user", user);
        let _ = storage::set(platform, self.hint_key(login_id), json.finish()).await;
    }

    /// Forgets which user something typed has meant.
    pub(crate) async fn forget_login<P: Platform>(&self, platform: &P, login_id: &str) {
        let _ = storage::remove(platform, self.hint_key(login_id)).await;
    }

    /// Forgets a user's device, unless it has another key by now. What stays behind can't be used: the service knows it no more.
    pub(crate) async fn forget_device<P: Platform>(&self, platform: &P, user: &str, key: &str) {
        if self.device_of(platform, user).await.is_some_and(|device| device.key == key) {
            let _ = storage::remove(platform, self.record_key(user)).await;
        }
    }

    /// Forgets the device of a user who is gone.
    pub(crate) async fn forget_device_of<P: Platform>(&self, platform: &P, session: &Session) {
        let _ = storage::remove(platform, self.record_key(session.username())).await;
        if let Some(details) = session.sign_in_details() {
            self.forget_login(platform, &details.login_id).await;
        }
    }

    /// The device that a session's user is at: the one that the tokens name, or else the one that is stored.
    pub(crate) async fn current_device_key<P: Platform>(&self, platform: &P, session: &Session) -> Option<String> {
        match session.device_key() {
            Some(key) => Some(key.to_owned()),
            None => self.device_of(platform, session.username()).await.map(|device| device.key),
        }
    }

    /// What is stored under a key. `None` also if it is corrupt.
    async fn read_device<P: Platform>(&self, platform: &P, key: String) -> Result<Option<Value>, Error> {
        let text = storage::get(platform, key).await?;
        Ok(text.and_then(|text| Value::parse(text.expose_secret())))
    }

    fn record_key(&self, user: &str) -> String {
        [self.storage_prefix(), "device.", user].concat()
    }

    /// It has a hash of what was typed: an e-mail address should not stay readable after a sign-out.
    fn hint_key(&self, login_id: &str) -> String {
        [self.storage_prefix(), "device-of.", &base64::encode_url(&sha256(&[login_id.as_bytes()])[..12])].concat()
    }
}
