//! What the authenticator says and signs (section 6.1).

use coset::cbor::Value;
use coset::cbor::de::from_reader;
use sha2::{Digest as _, Sha256};

use super::{Expected, Refusal};

const USER_PRESENT: u8 = 1;
const USER_VERIFIED: u8 = 1 << 2;
const BACKUP_ELIGIBLE: u8 = 1 << 3;
const BACKED_UP: u8 = 1 << 4;
const ATTESTED: u8 = 1 << 6;
const EXTENSIONS: u8 = 1 << 7;

pub(super) struct AuthenticatorData {
    rp_id_hash: [u8; 32],
    flags: u8,
    pub(super) sign_count: u32,
    /// The credential, if it is a new one.
    pub(super) attested: Option<Attested>,
}

/// A new credential.
pub(super) struct Attested {
    pub(super) credential_id: Vec<u8>,
    /// A COSE key.
    pub(super) public_key: Value,
}

impl AuthenticatorData {
    pub(super) fn read(bytes: &[u8]) -> Result<Self, Refusal> {
        Self::parse(bytes).ok_or(Refusal::Malformed("authenticatorData"))
    }

    fn parse(bytes: &[u8]) -> Option<Self> {
        let (rp_id_hash, rest) = bytes.split_first_chunk()?;
        let (&[flags], rest) = rest.split_first_chunk()?;
        let (sign_count, mut rest) = rest.split_first_chunk()?;
        let attested = if flags & ATTESTED == 0 { None } else { Some(Attested::parse(&mut rest)?) };
        if flags & EXTENSIONS != 0 {
            from_reader::<Value, _>(&mut rest).ok().filter(Value::is_map)?;
        }
        let sign_count = u32::from_be_bytes(*sign_count);
        rest.is_empty().then_some(Self { rp_id_hash: *rp_id_hash, flags, sign_count, attested })
    }

    pub(super) fn is_user_verified(&self) -> bool {
        self.flags & USER_VERIFIED != 0
    }

    /// Whether the passkey can be copied to other devices of its user.
    pub(super) fn is_backup_eligible(&self) -> bool {
        self.flags & BACKUP_ELIGIBLE != 0
    }

    pub(super) fn check(&self, expected: &Expected<'_>) -> Result<(), Refusal> {
        if self.rp_id_hash != *Sha256::digest(expected.rp_id) {
            return Err(Refusal::RelyingParty);
        }
        if self.flags & USER_PRESENT == 0 {
            return Err(Refusal::UserPresence);
        }
        if expected.user_verification && !self.is_user_verified() {
            return Err(Refusal::UserVerification);
        }
        if self.flags & BACKED_UP != 0 && !self.is_backup_eligible() {
            return Err(Refusal::Backup);
        }
        Ok(())
    }
}

/// The longest id of a credential (section 7.1, step 25).
const LONGEST_ID: usize = 1023;

impl Attested {
    fn parse(rest: &mut &[u8]) -> Option<Self> {
        // The model of the authenticator stands first.
        let (_, after) = rest.split_first_chunk::<16>()?;
        let (length, after) = after.split_first_chunk()?;
        let length = usize::from(u16::from_be_bytes(*length));
        let (id, after) = after.split_at_checked(length).filter(|_| (1..=LONGEST_ID).contains(&length))?;
        *rest = after;
        let public_key = from_reader(rest).ok()?;
        Some(Self { credential_id: id.to_vec(), public_key })
    }
}
