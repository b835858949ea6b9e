//! `/_poolpass/faults`: ordering what goes wrong.

use serde_json::{Value, json};

use super::refusal::Refusal;
use crate::core::world::faults::{Fault, Faults};

pub(super) fn show(faults: &Faults) -> Value {
    json!({ "faults": faults.waiting() })
}

pub(super) fn order(faults: &mut Faults, fault: Fault) -> Result<Value, Refusal> {
    faults.order(fault).map_err(|text| (400, text.to_owned()))?;
    Ok(show(faults))
}
