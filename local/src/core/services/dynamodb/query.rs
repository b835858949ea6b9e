//! `Query`.

use serde_json::Value as Json;

use super::call::{Call, Touched};
use super::error::Failure;
use super::exceptions::validation;
use super::expression::KeyCondition;
use super::search::Input;
use super::table::Key;
use super::value::Item;

pub(super) fn run(call: &mut Call<'_>, mut input: Input) -> Result<Json, Failure> {
    let words = input.words()?;
    let text = input.key_condition_expression.as_ref().ok_or_else(|| {
        validation("Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.")
    })?;
    let table = call.table(&input.table_name)?;
    let KeyCondition { hash, range } = KeyCondition::read(text, &words, table)?;
    let search = input.search(&words)?;
    if let Some(name) = search.filter.iter().flat_map(|filter| filter.attributes()).find(|name| table.is_key(name)) {
        let text = "Filter Expression can only contain non-primary key attributes: Primary key attribute";
        return Err(validation(format!("{text}: {name}")).into());
    }
    let start = search.start(table)?;
    if start.as_ref().is_some_and(|start| start.hash != hash) {
        return Err(
            validation("The provided starting key is outside query boundaries based on provided conditions").into()
        );
    }
    let first = Key { hash, range: None };
    let range_key = table.range.iter().filter(|_| range.is_some()).map(|attribute| attribute.name.as_str());
    let touched = Touched { select: Some(search.select()), ..Touched::key(&first) };
    let touched = touched.with([table.hash.name.as_str()]).with(range_key).with(search.attributes());
    call.allow(&input.table_name, touched)?;

    let forward = input.scan_index_forward.unwrap_or(true);
    let partition = table.items.range(first.clone()..).take_while(|(key, _)| key.hash == first.hash);
    let ahead = |key: &Key| start.as_ref().is_none_or(|start| if forward { key > start } else { key < start });
    let fitting = |(key, item): &(&Key, &Item)| range.as_ref().is_none_or(|range| range.holds(item)) && ahead(key);
    let mut candidates: Vec<(&Key, &Item)> = partition.filter(fitting).collect();
    if !forward {
        candidates.reverse();
    }
    Ok(search.page(table, candidates.into_iter()))
}
