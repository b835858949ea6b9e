//! The settings of an identity pool.

use super::check::{self, Settings};
use crate::error::Error;

/// An identity pool.
#[derive(Clone, Debug, Default)]
pub struct IdentityPool {
    /// `<region>:<uuid>`
    pub id: String,
    /// Whether users who are not signed in get credentials, as guests.
    pub allow_guest_access: bool,
    /// The address of a proxy of the identity pool service, without a slash at the end.
    pub endpoint: Option<String>,
    /// The basic (classic) flow, if the app uses it instead of the enhanced flow.
    pub basic_flow: Option<BasicFlow>,
}

/// The basic flow: the app chooses the roles, and STS issues the credentials.
#[derive(Clone, Debug, Default)]
pub struct BasicFlow {
    /// The ARN of the role for users who are signed in.
    pub authenticated_role: String,
    /// The ARN of the role for guests.
    pub guest_role: Option<String>,
    /// The lifetime of credentials in seconds (900 to 43,200); by default the role's setting.
    pub duration_seconds: Option<i64>,
}

impl IdentityPool {
    /// The region: the part of the ID before `:`.
    pub fn region(&self) -> &str {
        self.id.split_once(':').map_or("", |(region, _)| region)
    }

    pub(super) fn read(&mut self, settings: &Settings<'_>) -> Result<(), Error> {
        settings.only(&["identityPoolId", "allowGuestAccess", "endpoint", "basicFlow"])?;
        settings.required("identityPoolId")?.clone_into(&mut self.id);
        if !check::is_identity_pool_id(&self.id) {
            return Err(settings.bad("identityPoolId", "is not of the form <region>:<uuid>"));
        }
        self.allow_guest_access = settings.bool("allowGuestAccess")?;
        self.endpoint = settings.proxy()?;
        if let Some(settings) = settings.object("basicFlow")? {
            self.basic_flow.insert(BasicFlow::default()).read(&settings)?;
        }
        Ok(())
    }
}

impl BasicFlow {
    fn read(&mut self, settings: &Settings<'_>) -> Result<(), Error> {
        settings.only(&["authenticatedRoleArn", "guestRoleArn", "durationSeconds"])?;
        settings.required("authenticatedRoleArn")?.clone_into(&mut self.authenticated_role);
        self.guest_role = settings.str("guestRoleArn")?.map(str::to_owned);
        self.duration_seconds = settings.integer("durationSeconds")?;
        if self.duration_seconds.is_some_and(|seconds| !(900..=43_200).contains(&seconds)) {
            return Err(settings.bad("durationSeconds", "must be 900 to 43200"));
        }
        Ok(())
    }
}
