//! The files of a crate, each with its module and its shipped text.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::scrub;
use crate::failure::Outcome;
use crate::repository;

/// Every source file of a crate, tests in files of their own left out.
pub(super) struct Sources {
    /// The folder of the sources, such as `web/src`.
    pub(super) folder: &'static str,
    pub(super) files: Vec<Source>,
}

/// One file.
pub(super) struct Source {
    /// Relative to the root, for messages.
    pub(super) name: String,
    /// `["srp", "client"]` for `src/srp/client.rs`, `["srp"]` for `src/srp/mod.rs`, empty for lib.rs.
    pub(super) module: Vec<String>,
    /// As it is on disk.
    pub(super) text: String,
    /// Without comments, strings and tests; same lines.
    pub(super) shipped: String,
}

impl Sources {
    /// Reads the sources in a folder.
    pub(super) fn read(folder: &'static str) -> Outcome<Self> {
        let root = repository::path(folder);
        let mut files = Vec::new();
        for path in repository::files_below(&root)? {
            if path.extension().is_some_and(|extension| extension == "rs") {
                let inside = path.strip_prefix(&root).unwrap_or(&path);
                files.push(Source::new(folder, inside, repository::read(&path)?));
            }
        }
        Ok(Self::without_test_files(folder, files))
    }

    fn without_test_files(folder: &'static str, mut files: Vec<Source>) -> Self {
        let tests: BTreeSet<Vec<String>> = files.iter().flat_map(Source::test_modules).collect();
        files.retain(|file| !tests.iter().any(|test| file.module.starts_with(test)));
        Self { folder, files }
    }

    /// Sources made up by a test: path inside `src/` and text.
    #[cfg(test)]
    pub(super) fn of(files: &[(&str, &str)]) -> Self {
        Self::of_folder("src", files)
    }

    /// As [`Sources::of`], in another folder.
    #[cfg(test)]
    pub(super) fn of_folder(folder: &'static str, files: &[(&str, &str)]) -> Self {
        let files = files.iter().map(|(path, text)| Source::new(folder, Path::new(path), (*text).to_owned()));
        Self::without_test_files(folder, files.collect())
    }
}

impl Source {
    fn new(folder: &str, inside: &Path, text: String) -> Self {
        let scrubbed = scrub::without_comments_and_strings(&text);
        let shipped = scrub::without_tests(&scrubbed);
        let name = PathBuf::from(folder).join(inside).display().to_string();
        Self { name, module: module(inside), text, shipped }
    }

    /// The name below `src/` that places it in the order of layers; `lib` is above all.
    pub(super) fn layer(&self) -> &str {
        self.module.first().map_or("lib", String::as_str)
    }

    /// `src/x.rs:12`, for a byte offset in the text.
    pub(super) fn place(&self, offset: usize) -> String {
        format!("{}:{}", self.name, self.shipped[..offset].matches('\n').count() + 1)
    }

    /// Modules in files of their own that exist for tests only.
    fn test_modules(&self) -> impl Iterator<Item = Vec<String>> {
        let scrubbed = scrub::without_comments_and_strings(&self.text);
        let names: Vec<String> = scrubbed
            .split("#[cfg(test)]")
            .skip(1)
            .filter_map(|rest| {
                let declaration = rest.trim_start().trim_start_matches("pub(crate) ").strip_prefix("mod ")?;
                let end = declaration.find(|character: char| !character.is_alphanumeric() && character != '_')?;
                declaration[end..].starts_with(';').then(|| declaration[..end].to_owned())
            })
            .collect();
        names.into_iter().map(|name| [self.module.clone(), vec![name]].concat())
    }
}

fn module(inside: &Path) -> Vec<String> {
    let path = inside.with_extension("");
    let mut parts: Vec<String> = path.iter().map(|part| part.to_string_lossy().into_owned()).collect();
    if matches!(parts.last().map(String::as_str), Some("mod" | "lib")) {
        parts.pop();
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_know_their_module() {
        let sources = Sources::of(&[("lib.rs", ""), ("srp/mod.rs", ""), ("srp/client.rs", "a\nb")]);
        let modules: Vec<_> = sources.files.iter().map(|file| file.module.join("::")).collect();
        assert_eq!(modules, ["", "srp", "srp::client"]);
        assert_eq!(sources.files[0].layer(), "lib");
        assert_eq!(sources.files[2].layer(), "srp");
        assert_eq!(sources.files[2].place(2), "src/srp/client.rs:2");
    }

    #[test]
    fn test_files_are_left_out_by_declaration_not_by_name() {
        let sources = Sources::of(&[
            ("srp/mod.rs", "mod tests;\n#[cfg(test)]\nmod vectors;\n#[cfg(test)]\nmod inline { }"),
            ("srp/vectors.rs", ""),
            ("srp/vectors/deep.rs", ""),
            ("srp/tests.rs", ""),
        ]);
        let names: Vec<_> = sources.files.iter().map(|file| file.name.as_str()).collect();
        assert_eq!(names, ["src/srp/mod.rs", "src/srp/tests.rs"]);
    }
}
