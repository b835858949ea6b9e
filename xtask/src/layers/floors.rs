//! The house of the emulator: floors in order, rooms in order, and no circle between files.

use std::collections::{BTreeMap, BTreeSet};

use super::sources::{Source, Sources};
use super::table::Layers;
use super::use_tree;

/// Where the floors are listed.
pub(super) const FILE: &str = "local/README.md";

type Module = Vec<String>;

/// Which file uses which, by module, with a place for each.
pub(super) struct House<'s> {
    files: BTreeMap<Module, &'s Source>,
    uses: BTreeMap<Module, BTreeMap<Module, String>>,
}

impl<'s> House<'s> {
    pub(super) fn of(sources: &'s Sources) -> Self {
        let files: BTreeMap<Module, &Source> = sources.files.iter().map(|file| (file.module.clone(), file)).collect();
        let exports: BTreeMap<&Module, BTreeMap<String, Module>> =
            files.iter().map(|(module, file)| (module, re_exports(file))).collect();
        let mut house = Self { files: files.clone(), uses: BTreeMap::new() };
        for (module, file) in &files {
            for (segments, offset) in mentions(file) {
                if let Some(used) = resolve(&files, &exports, module, &segments, 0)
                    && used != *module
                    && !used.is_empty()
                {
                    let place = file.place(offset);
                    house.uses.entry(module.clone()).or_default().entry(used).or_insert(place);
                }
            }
        }
        house
    }

    /// Uses of a floor, or of a room of a floor with rooms, that is not below.
    pub(super) fn upward(&self, floors: &Layers, rooms: &Layers) -> Vec<String> {
        let mut violations = Vec::new();
        let inside = |module: &&Module| module.first().is_some_and(|name| name == "core");
        for (module, used) in self.uses.iter().filter(|(module, _)| inside(module)) {
            for (other, place) in used {
                violations.extend(broken(floors, module, other, 1, place));
                if module.get(1) == other.get(1) && module.get(1).is_some_and(|name| name == "services") {
                    violations.extend(broken(rooms, module, other, 2, place));
                }
            }
        }
        violations
    }

    /// Files that use each other in a circle.
    pub(super) fn circles(&self) -> Vec<String> {
        let circle = |start: &Module| -> Option<Vec<String>> {
            let reached = self.reached(start);
            let ring: BTreeSet<&Module> =
                reached.iter().filter(|other| self.reached(other).contains(start)).copied().collect();
            // Each circle is told once, by its first file.
            (ring.first() == Some(&start)).then(|| ring.iter().map(|module| module.join("/")).collect())
        };
        let files = self.files.keys().filter_map(circle);
        files.map(|ring| format!("{}: use each other: move what they share", ring.join(", "))).collect()
    }

    /// The floors and rooms that exist and are not listed, or are listed and do not exist.
    pub(super) fn unlisted(&self, floors: &Layers, rooms: &Layers) -> Vec<String> {
        let at = |depth: usize, within: Option<&str>| -> BTreeSet<&str> {
            let inside = self.files.keys().filter(|module| module.first().is_some_and(|name| name == "core"));
            let inside =
                inside.filter(|module| within.is_none_or(|floor| module.get(1).is_some_and(|name| name == floor)));
            inside.filter_map(|module| module.get(depth)).map(String::as_str).collect()
        };
        let of_services = at(2, Some("services"));
        let listed = |layers: &Layers, names: &BTreeSet<&str>| -> Vec<String> {
            let missing = names.iter().filter(|name| layers.rank(name).is_none());
            let gone = layers.names().filter(|name| !names.contains(name));
            let missing = missing.map(|name| format!("{FILE}: does not list '{name}'"));
            missing.chain(gone.map(|name| format!("{FILE}: lists '{name}', which is not there"))).collect()
        };
        [listed(floors, &at(1, None)), listed(rooms, &of_services)].concat()
    }

    fn reached(&self, start: &Module) -> BTreeSet<&Module> {
        let mut reached = BTreeSet::new();
        let mut next: Vec<&Module> = self.uses.get(start).into_iter().flat_map(BTreeMap::keys).collect();
        while let Some(module) = next.pop() {
            if reached.insert(module) {
                next.extend(self.uses.get(module).into_iter().flat_map(BTreeMap::keys));
            }
        }
        reached
    }
}

fn broken(layers: &Layers, module: &Module, other: &Module, depth: usize, place: &str) -> Option<String> {
    let (own, used) = (module.get(depth)?, other.get(depth)?);
    if own == used {
        return None;
    }
    let below = layers.rank(own)? < layers.rank(used)?;
    (!below).then(|| format!("{place}: {own} uses {used}, which is not below it: move what both need"))
}

/// The names that a module offers from others, and their paths.
fn re_exports(file: &Source) -> BTreeMap<String, Module> {
    let declarations = uses(file).into_iter().filter(|(_, _, public)| *public);
    let paths = declarations.flat_map(|(text, _, _)| use_tree::paths(&text));
    paths.map(|path| (path.name, path.segments)).collect()
}

/// All paths that a file names, but those that it only hands on.
fn mentions(file: &Source) -> Vec<(Module, usize)> {
    let declarations = uses(file);
    let mut found: Vec<(Module, usize)> = declarations
        .iter()
        .filter(|(_, _, public)| !public)
        .flat_map(|(text, offset, _)| use_tree::paths(text).into_iter().map(|path| (path.segments, *offset)))
        .collect();
    let mut inline = file.shipped.clone();
    for (text, offset, _) in &declarations {
        inline.replace_range(*offset..*offset + text.len(), &" ".repeat(text.len()));
    }
    let mut at = 0;
    while let Some(next) = inline[at..].find("::") {
        let middle = at + next;
        let is_name = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
        let start = inline[..middle].rfind(|c: char| !is_name(c)).map_or(0, |before| before + 1);
        let end = inline[middle..].find(|c: char| !is_name(c)).map_or(inline.len(), |length| middle + length);
        let segments = inline[start..end].split("::").filter(|word| !word.is_empty()).map(str::to_owned).collect();
        found.push((segments, start));
        at = end.max(middle + 2);
    }
    found
}

/// The `use` declarations: text, offset, and whether they hand on.
fn uses(file: &Source) -> Vec<(String, usize, bool)> {
    let text = &file.shipped;
    let mut found = Vec::new();
    for (offset, word) in text.match_indices("use ") {
        let line = text[..offset].rfind('\n').map_or(0, |at| at + 1);
        let before = text[line..offset].trim();
        if !(before.is_empty() || before.starts_with("pub")) {
            continue;
        }
        let start = offset + word.len();
        if let Some(length) = text[start..].find(';') {
            found.push((text[start..start + length].to_owned(), start, before.starts_with("pub")));
        }
    }
    found
}

/// The file that a path leads to; names that a module hands on lead to where they are defined.
fn resolve(
    files: &BTreeMap<Module, &Source>,
    exports: &BTreeMap<&Module, BTreeMap<String, Module>>,
    from: &Module,
    segments: &[String],
    depth: usize,
) -> Option<Module> {
    let mut rest = segments;
    let mut module = match rest.first()?.as_str() {
        "crate" => Module::new(),
        "self" | "super" => from.clone(),
        child => {
            let inside = [from.as_slice(), &[child.to_owned()]].concat();
            files.contains_key(&inside).then(|| from.clone())?
        }
    };
    while let Some(word @ ("crate" | "self" | "super")) = rest.first().map(String::as_str) {
        if word == "super" {
            module.pop()?;
        }
        rest = &rest[1..];
    }
    while let Some((next, after)) = rest.split_first() {
        let inside = [module.as_slice(), std::slice::from_ref(next)].concat();
        if !files.contains_key(&inside) {
            break;
        }
        (module, rest) = (inside, after);
    }
    let handed_on = rest.first().and_then(|name| exports.get(&module)?.get(name));
    match handed_on {
        Some(path) if depth < 8 => resolve(files, exports, &module, path, depth + 1).or(Some(module)),
        _ => Some(module),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "## Floors\n\n| a | b |\n|---|---|\n| `top` | x |\n| `services` | x |\n| `low` | x |\n\n\
                         ## Rooms\n\n| a | b |\n|---|---|\n| `one` | x |\n| `two` | x |\n";

    fn checked(files: &[(&str, &str)]) -> (Vec<String>, Vec<String>) {
        let sources = Sources::of_folder("local/src", files);
        let house = House::of(&sources);
        let (floors, rooms) = (Layers::under(TABLE, "## Floors"), Layers::under(TABLE, "## Rooms"));
        (house.upward(&floors, &rooms), house.circles())
    }

    #[test]
    fn downward_is_fine_also_through_names_that_are_handed_on() {
        let (upward, circles) = checked(&[
            ("core/mod.rs", "mod top; mod low;"),
            ("core/top.rs", "use super::low::Thing; use crate::core::services::one;"),
            ("core/low/mod.rs", "mod thing;\npub(crate) use thing::Thing;"),
            ("core/low/thing.rs", "use std::fmt;"),
            ("core/services/one/mod.rs", "use super::two::f; fn g() { crate::core::low::Thing::new() }"),
            ("core/services/two.rs", ""),
        ]);
        assert_eq!((upward, circles), (vec![], vec![]));
    }

    #[test]
    fn upward_floors_and_rooms_are_named_with_their_line() {
        let (upward, _) = checked(&[
            ("core/mod.rs", ""),
            ("core/low.rs", "fn f() {\n    crate::core::top::g()\n}"),
            ("core/top.rs", ""),
            ("core/services/two.rs", "use super::one;"),
            ("core/services/one.rs", ""),
        ]);
        let starts = ["local/src/core/low.rs:2: low uses top", "local/src/core/services/two.rs:1: two uses one"];
        assert_eq!(upward.len(), 2, "{upward:?}");
        assert!(upward.iter().zip(starts).all(|(line, start)| line.starts_with(start)), "{upward:?}");
    }

    #[test]
    fn a_circle_is_told_once_also_where_a_module_stands_between() {
        let (_, circles) = checked(&[
            ("core/low/mod.rs", "mod a;\nmod b;\npub(crate) use a::A;"),
            ("core/low/a.rs", "use super::b::B;"),
            ("core/low/b.rs", "use super::A;"),
            ("core/low/c.rs", "use super::A;"),
        ]);
        assert_eq!(circles, ["core/low/a, core/low/b: use each other: move what they share"]);
        let (_, circles) = checked(&[
            ("core/low/mod.rs", "mod a; struct Shared; fn f() { a::g() }"),
            ("core/low/a.rs", "use super::Shared;"),
        ]);
        assert_eq!(circles.len(), 1, "{circles:?}");
    }
}
