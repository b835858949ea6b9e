//! The settings of an identity pool.

use super::check::{self, Settings};
use super::endpoint::service_url;
use crate::error::{Error, SettingProblem};

/// An identity pool.
#[derive(Clone, Debug)]
pub struct IdentityPool {
    id: String,
    allow_guest_access: bool,
    identity_url: String,
    sts_url: String,
    basic_flow: Option<BasicFlow>,
}

/// The basic (classic) flow: the app chooses the roles, and STS issues the credentials.
#[derive(Clone, Debug)]
pub struct BasicFlow {
    authenticated_role: String,
    guest_role: Option<String>,
    duration_seconds: Option<i64>,
}

impl IdentityPool {
    /// Reads the setting `identityPool`. `emulator` is the address of `poolpass-local`, if it is used.
    pub(super) fn read(settings: &Settings<'_>, emulator: Option<&str>) -> Result<Self, Error> {
        settings.only(&["identityPoolId", "allowGuestAccess", "endpoint", "basicFlow"])?;
        let id = id(settings)?;
        let allow_guest_access = settings.bool("allowGuestAccess")?;
        let proxy = settings.proxy()?;
        let basic_flow = match settings.object("basicFlow")? {
            Some(settings) => Some(BasicFlow::read(&settings)?),
            None => None,
        };
        let region = region(id);
        Ok(Self {
            id: id.to_owned(),
            allow_guest_access,
            identity_url: service_url("https://cognito-identity.", region, emulator, proxy.as_deref()),
            sts_url: service_url("https://sts.", region, emulator, None),
            basic_flow,
        })
    }

    /// The ID: `<region>:<uuid>`.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The region: the part of the ID before `:`.
    pub fn region(&self) -> &str {
        region(&self.id)
    }

    /// Whether users who are not signed in get credentials, as guests.
    pub const fn allow_guest_access(&self) -> bool {
        self.allow_guest_access
    }

    /// The URL of the identity pool service (`cognito-identity`).
    pub fn identity_url(&self) -> &str {
        &self.identity_url
    }

    /// The URL of the Security Token Service (`sts`).
    pub fn sts_url(&self) -> &str {
        &self.sts_url
    }

    /// The basic flow, if the app uses it instead of the enhanced flow.
    pub const fn basic_flow(&self) -> Option<&BasicFlow> {
        self.basic_flow.as_ref()
    }
}

/// The pool's ID in the setting `identityPool`.
pub(super) fn id<'a>(settings: &Settings<'a>) -> Result<&'a str, Error> {
    let id = settings.required("identityPoolId")?;
    if check::is_identity_pool_id(id) {
        Ok(id)
    } else {
        Err(settings.bad("identityPoolId", SettingProblem::NoIdentityPoolId))
    }
}

fn region(pool_id: &str) -> &str {
    pool_id.split_once(':').map_or("", |(region, _)| region)
}

impl BasicFlow {
    fn read(settings: &Settings<'_>) -> Result<Self, Error> {
        settings.only(&["authenticatedRoleArn", "guestRoleArn", "durationSeconds"])?;
        let flow = Self {
            authenticated_role: settings.required("authenticatedRoleArn")?.to_owned(),
            guest_role: settings.str("guestRoleArn")?.map(str::to_owned),
            duration_seconds: settings.integer("durationSeconds")?,
        };
        if flow.duration_seconds.is_some_and(|seconds| !(900..=43_200).contains(&seconds)) {
            return Err(settings.bad("durationSeconds", SettingProblem::NotDuration));
        }
        Ok(flow)
    }

    /// The ARN of the role for users who are signed in.
    pub fn authenticated_role(&self) -> &str {
        &self.authenticated_role
    }

    /// The ARN of the role for guests.
    pub fn guest_role(&self) -> Option<&str> {
        self.guest_role.as_deref()
    }

    /// The lifetime of credentials in seconds (900 to 43,200); by default the role's setting.
    pub const fn duration_seconds(&self) -> Option<i64> {
        self.duration_seconds
    }
}
