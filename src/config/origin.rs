//! Rules of which credential goes to which origin.

use super::check::{self, Settings};
use crate::error::{Error, SettingProblem};

/// The credential for the requests to one origin.
#[derive(Clone, Debug)]
pub struct OriginRule {
    origin: String,
    auth: Auth,
    service: Option<String>,
    region: Option<String>,
}

/// A kind of credential.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Auth {
    /// None.
    None,
    /// The ID token, as a bearer's.
    Id,
    /// The access token, as a bearer's.
    Access,
    /// A signature with the identity pool's credentials.
    Iam,
}

impl Auth {
    /// The setting's word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Id => "id",
            Self::Access => "access",
            Self::Iam => "iam",
        }
    }
}

impl OriginRule {
    pub(super) fn read(settings: &Settings<'_>) -> Result<Self, Error> {
        settings.only(&["origin", "auth", "service", "region"])?;
        let origin = settings.required("origin")?;
        if !check::is_endpoint(origin) {
            return Err(settings.bad("origin", SettingProblem::NotOrigin));
        }
        let auth = match settings.required("auth")? {
            "none" => Auth::None,
            "id" => Auth::Id,
            "access" => Auth::Access,
            "iam" => Auth::Iam,
            _ => return Err(settings.bad("auth", SettingProblem::NotAuth)),
        };
        let service = settings.str("service")?.map(str::to_owned);
        let region = settings.str("region")?.map(str::to_owned);
        Ok(Self { origin: origin.to_owned(), auth, service, region })
    }

    /// Scheme, host and port, such as `https://api.example.com`.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// The credential.
    pub const fn auth(&self) -> Auth {
        self.auth
    }

    /// The signing name of the service, for [`Auth::Iam`]. It takes precedence over the one that the host names.
    pub fn service(&self) -> Option<&str> {
        self.service.as_deref()
    }

    /// The region, likewise.
    pub fn region(&self) -> Option<&str> {
        self.region.as_deref()
    }

    /// Whether this is the rule for requests to this host.
    pub fn is_of(&self, scheme: &str, host: &str) -> bool {
        let (own_scheme, own_host) = self.origin.split_once(':').unwrap_or_default();
        let own_host = own_host.trim_start_matches('/');
        let standard_port = if own_scheme == "https" { ":443" } else { ":80" };
        own_scheme == scheme && own_host.strip_suffix(standard_port).unwrap_or(own_host).eq_ignore_ascii_case(host)
    }
}
