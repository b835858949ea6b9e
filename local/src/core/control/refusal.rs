//! Why a control request is refused.

/// Why a control request is refused: status and text.
pub(super) type Refusal = (u16, String);
