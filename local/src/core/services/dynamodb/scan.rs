//! `Scan`.

use serde_json::Value as Json;

use super::call::{Call, Touched};
use super::error::Failure;
use super::search::Input;

pub(super) fn run(call: &mut Call<'_>, mut input: Input) -> Result<Json, Failure> {
    let words = input.words()?;
    let search = input.search(&words)?;
    let table = call.table(&input.table_name)?;
    let touched = Touched { select: Some(search.select()), ..Touched::default() };
    call.allow(&input.table_name, touched.with(search.attributes()))?;
    let start = search.start(table)?;
    let candidates = table.items.iter().filter(|(key, _)| start.as_ref().is_none_or(|start| *key > start));
    Ok(search.page(table, candidates))
}
