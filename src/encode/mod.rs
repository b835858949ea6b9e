//! Small pure encoders. Crates would do these too; `docs/decisions.md` has what each costs in bytes.

pub mod authority;
pub mod base64;
pub mod form;
pub mod hex;
pub mod http_date;
pub mod iso_date;
pub mod percent;
