//! Where things are in the repository.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use crate::failure::{Doing, Failure, Outcome};

/// The repository's root: the folder above `xtask/`.
pub(crate) fn root() -> &'static Path {
    &ROOT
}

/// Cargo tells it when it runs us. What it told at compile time may be another clone's, where
/// clones share a target folder.
static ROOT: LazyLock<PathBuf> = LazyLock::new(|| {
    let package = std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
    Path::new(&package).parent().unwrap_or(Path::new(".")).to_owned()
});

/// A path below the root.
pub(crate) fn path(relative: &str) -> PathBuf {
    root().join(relative)
}

/// Where tools are installed that the machine did not have: their programs are in `bin/`.
pub(crate) fn tools() -> PathBuf {
    path("target/tools")
}

/// Where xtask keeps what it made between two runs.
pub(crate) fn work(relative: &str) -> PathBuf {
    path("target/xtask").join(relative)
}

/// A file's text.
pub(crate) fn read(file: &Path) -> Outcome<String> {
    fs::read_to_string(file).doing(format_args!("read {}", shown(file)))
}

/// Writes a file, making its folder first.
pub(crate) fn write(file: &Path, text: &[u8]) -> Outcome<()> {
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder).doing(format_args!("create {}", shown(folder)))?;
    }
    fs::write(file, text).doing(format_args!("write {}", shown(file)))
}

/// A path for people: relative to the root where it is below it.
pub(crate) fn shown(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).display().to_string()
}

/// The files of a folder itself, sorted.
pub(crate) fn files_in(folder: &Path) -> Outcome<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).doing(format_args!("list {}", shown(folder)))? {
        let path = entry.doing(format_args!("list {}", shown(folder)))?.path();
        if path.is_file() {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// Every file below a folder, sorted; a file stands for itself, a missing path for nothing.
pub(crate) fn files_below(path: &Path) -> Outcome<Vec<PathBuf>> {
    let mut files = Vec::new();
    collect(path, &mut files)?;
    files.sort();
    Ok(files)
}

fn collect(path: &Path, files: &mut Vec<PathBuf>) -> Outcome<()> {
    if path.is_file() {
        files.push(path.to_owned());
    } else if path.is_dir() {
        for entry in fs::read_dir(path).doing(format_args!("list {}", shown(path)))? {
            collect(&entry.doing(format_args!("list {}", shown(path)))?.path(), files)?;
        }
    }
    Ok(())
}

/// The version of the workspace's packages.
pub(crate) fn version() -> &'static str {
    env!("CARGO_PKG_VERSION")
}

/// The version of a crate in `Cargo.lock`.
pub(crate) fn locked_version(package: &str) -> Outcome<String> {
    locked_version_in("Cargo.lock", package)
}

/// The version of a crate in a lock file of the repository.
pub(crate) fn locked_version_in(lock: &str, package: &str) -> Outcome<String> {
    version_in_lock(&read(&path(lock))?, package)
        .ok_or_else(|| Failure::new(format!("{lock} does not name '{package}': run cargo generate-lockfile there")))
}

fn version_in_lock(lock: &str, package: &str) -> Option<String> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name).skip(1);
    let version = lines.next()?.strip_prefix("version = \"")?.strip_suffix('"')?;
    Some(version.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_exactly_the_named_package_in_a_lock() {
        let lock = "[[package]]\nname = \"wasm-bindgen-futures\"\nversion = \"0.4.1\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n";
        assert_eq!(version_in_lock(lock, "wasm-bindgen").as_deref(), Some("0.2.130"));
        assert_eq!(version_in_lock(lock, "wasm-bindge"), None);
    }

    #[test]
    fn lists_files_of_a_folder_of_a_file_and_of_nothing() {
        let sources = files_below(&path("xtask/src")).unwrap();
        assert!(sources.contains(&path("xtask/src/main.rs")));
        assert_eq!(files_below(&path("xtask/Cargo.toml")).unwrap().len(), 1);
        assert!(files_below(&path("xtask/no-such-folder")).unwrap().is_empty());

        let sources = files_in(&path("xtask/src")).unwrap();
        assert!(sources.contains(&path("xtask/src/main.rs")) && !sources.contains(&path("xtask/src/setup/mod.rs")));
        assert!(files_in(&path("xtask/no-such-folder")).is_err());
    }
}
