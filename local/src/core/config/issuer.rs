//! Whom tokens name as their issuer.

use crate::core::world::outbound::is_allowed;

/// The setting `Issuer`.
#[derive(Clone, Default)]
pub(crate) enum Issuer {
    /// `https://cognito-idp.<region>.amazonaws.com/<poolId>`, as AWS has it.
    #[default]
    Aws,
    /// The address that the emulator is served at, as soon as that is known.
    Local,
    /// This address, without a slash at its end.
    At(String),
}

impl Issuer {
    /// # Errors
    /// A text that says what is possible.
    pub(super) fn read(text: &str) -> Result<Self, String> {
        match text {
            "aws" => Ok(Self::Aws),
            "local" => Ok(Self::Local),
            url if is_allowed(url) && !url.ends_with('/') && !url.contains(['?', '#']) => Ok(Self::At(url.into())),
            _ => Err(format!(
                "Issuer can't be \"{text}\": write aws, local, or an address without a slash at its end, https or http on this machine"
            )),
        }
    }

    /// Replaces `local` by the address of the emulator.
    pub(crate) fn resolve(&mut self, address: &str) {
        if matches!(self, Self::Local) {
            *self = Self::At(address.into());
        }
    }

    /// What stands before `/<poolId>`, where it is not AWS's.
    pub(crate) fn base(&self) -> Option<&str> {
        match self {
            Self::Aws => None,
            Self::Local => Some("http://localhost:9400"),
            Self::At(address) => Some(address),
        }
    }
}
