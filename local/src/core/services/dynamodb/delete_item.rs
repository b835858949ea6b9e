//! `DeleteItem`.

use serde_json::Value as Json;

use super::call::{Call, Touched};
use super::error::Failure;
use super::expression::Condition;
use super::value::read_item;
use super::write::{Write, reply};

pub(super) fn run(call: &mut Call<'_>, mut input: Write) -> Result<Json, Failure> {
    let words = input.words(&["ALL_OLD"])?;
    let condition = input.condition(&words)?;
    words.all_used()?;
    let given = read_item(&input.key)?;
    let key = call.table(&input.table_name)?.key(&given)?;
    let looked_at = condition.iter().flat_map(Condition::attributes);
    call.allow(&input.table_name, Touched::key(&key).with(given.keys().map(String::as_str)).with(looked_at))?;
    let table = call.tables.get(&input.table_name)?;
    input.hold(condition.as_ref(), table.items.get(&key))?;
    let old = table.items.remove(&key);
    Ok(reply(old.as_ref().filter(|_| input.asks_for("ALL_OLD"))))
}
