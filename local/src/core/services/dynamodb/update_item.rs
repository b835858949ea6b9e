//! `UpdateItem`. An item that is not there is made.

use serde_json::Value as Json;

use super::call::{Call, Touched};
use super::error::Failure;
use super::exceptions::validation;
use super::expression::{Condition, Update};
use super::value::read_item;
use super::write::{Write, reply};

const RETURN_VALUES: [&str; 4] = ["ALL_OLD", "UPDATED_OLD", "ALL_NEW", "UPDATED_NEW"];

pub(super) fn run(call: &mut Call<'_>, mut input: Write) -> Result<Json, Failure> {
    let words = input.words(&RETURN_VALUES)?;
    let update = input.update_expression.as_ref().map(|text| Update::read(text, &words)).transpose()?;
    let condition = input.condition(&words)?;
    words.all_used()?;
    let given = read_item(&input.key)?;
    let table = call.table(&input.table_name)?;
    let key = table.key(&given)?;
    let changed = || update.iter().flat_map(Update::attributes);
    if let Some(name) = changed().find(|name| table.is_key(name)) {
        let text = format!("Cannot update attribute {name}. This attribute is part of the key");
        return Err(validation(format!("One or more parameter values were invalid: {text}")).into());
    }
    let touched = Touched::key(&key).with(given.keys().map(String::as_str));
    let looked_at = condition.iter().flat_map(Condition::attributes);
    call.allow(&input.table_name, touched.with(changed()).with(looked_at))?;
    let table = call.tables.get(&input.table_name)?;
    let before = table.items.get(&key).cloned();
    input.hold(condition.as_ref(), before.as_ref())?;
    let base = before.clone().unwrap_or(given);
    let after = update.as_ref().map_or_else(|| Ok(base.clone()), |update| update.of(&base))?;
    table.put(after.clone())?;
    let part = |item| update.as_ref().map(|update| update.part(item));
    Ok(match RETURN_VALUES.iter().find(|values| input.asks_for(values)) {
        Some(&"ALL_OLD") => reply(before.as_ref()),
        Some(&"UPDATED_OLD") => reply(before.as_ref().and_then(part).as_ref()),
        Some(&"ALL_NEW") => reply(Some(&after)),
        Some(&"UPDATED_NEW") => reply(part(&after).as_ref()),
        _ => reply(None),
    })
}
