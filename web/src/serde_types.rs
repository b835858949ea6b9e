//! Configuration, claims and sessions as the app's own types, or as JavaScript values.

use poolpass::error::{Error, SettingProblem};
use poolpass::json::Value;
use poolpass::jwt::Claims;
use poolpass::session::Session;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::builder::Json;
use crate::json::{object, string, strings};
use crate::{Auth, AuthBuilder};

/// What can be read as a type of the app.
///
/// A [`Session`] is the object `{userId, username, groups, accessToken, idToken}`, where the latter two are claims. The
/// tokens themselves are not in it.
pub trait FromJson {
    /// Reads the value.
    ///
    /// # Errors
    /// Those of `serde_json`, if the value has another form.
    fn decode<T: DeserializeOwned>(&self) -> Result<T, serde_json::Error>;
}

impl FromJson for Value {
    fn decode<T: DeserializeOwned>(&self) -> Result<T, serde_json::Error> {
        serde_json::from_str(self.to_json().expose_secret())
    }
}

impl FromJson for Claims {
    fn decode<T: DeserializeOwned>(&self) -> Result<T, serde_json::Error> {
        self.json().decode()
    }
}

impl FromJson for Session {
    fn decode<T: DeserializeOwned>(&self) -> Result<T, serde_json::Error> {
        shown(self).decode()
    }
}

fn shown(session: &Session) -> Value {
    let groups: Vec<String> = session.groups().into_iter().map(str::to_owned).collect();
    object([
        ("userId", string(session.user_id())),
        ("username", string(session.username())),
        ("groups", Some(strings(&groups).unwrap_or_else(|| Value::Array(Vec::new())))),
        ("accessToken", Some(session.access_claims().json().clone())),
        ("idToken", session.id_claims().map(|claims| claims.json().clone())),
    ])
}

impl Auth {
    /// Settings of a type of the app, in the forms of [`Auth::from_json`].
    ///
    /// # Errors
    /// `bad_config` if it cannot be written as JSON.
    pub fn from_config(config: &impl Serialize) -> Result<AuthBuilder<Json>, Error> {
        // A text that is no JSON gets the same error.
        Self::from_json(&serde_json::to_string(config).unwrap_or_default())
    }

    /// Settings of a JavaScript object, in the forms of [`Auth::from_json`].
    ///
    /// # Errors
    /// `bad_config` if it is not plain data.
    #[cfg(feature = "serde-wasm-bindgen")]
    pub fn from_js(config: wasm_bindgen::JsValue) -> Result<AuthBuilder<Json>, Error> {
        match serde_wasm_bindgen::from_value::<serde_json::Value>(config) {
            Ok(config) => Self::from_config(&config),
            Err(_) => Err(crate::builder::bad("the configuration", SettingProblem::NotPlain)),
        }
    }
}

/// What can be shown as a plain JavaScript value.
#[cfg(feature = "serde-wasm-bindgen")]
pub trait ToJs: FromJson {
    /// The value, with objects as plain objects.
    ///
    /// # Errors
    /// Those of `serde_wasm_bindgen`, for a number that JavaScript cannot hold.
    fn to_js(&self) -> Result<wasm_bindgen::JsValue, serde_wasm_bindgen::Error> {
        let value: serde_json::Value = self.decode().map_err(serde_wasm_bindgen::Error::new)?;
        value.serialize(&serde_wasm_bindgen::Serializer::json_compatible())
    }
}

#[cfg(feature = "serde-wasm-bindgen")]
impl<T: FromJson> ToJs for T {}
