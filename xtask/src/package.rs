//! `cargo xtask package`: the npm package in `pkg/`, loose and as a tarball.

use std::fs;
use std::path::{Path, PathBuf};

use crate::build::{self, EntryPoint};
use crate::failure::{Doing, Failure, Outcome};
use crate::invocation::Invocation;
use crate::repository;
use crate::stamp::Stamp;

/// What `inline.mjs` makes: the entry point `poolpass/inline`, and the wasm as a script.
const INLINE_FILES: [&str; 2] = ["inline.js", "wasm_text.js"];

/// Builds the package and says what is in it.
pub(crate) fn run() -> Outcome<()> {
    build()?;
    for file in repository::files_below(&folder())? {
        let bytes = file.metadata().doing(format_args!("look at {}", repository::shown(&file)))?.len();
        println!("{bytes:>9}  {}", repository::shown(&file));
    }
    Ok(())
}

/// Where the package is.
pub(crate) fn folder() -> PathBuf {
    repository::path("pkg")
}

/// The tarball in [`folder`].
pub(crate) fn tarball() -> PathBuf {
    folder().join(format!("poolpass-{}.tgz", repository::version()))
}

/// Builds the package unless `pkg/` is up to date.
pub(crate) fn build() -> Outcome<()> {
    let contents = contents(&build::wasm()?, &build::ENTRY_POINTS)?;
    let manifest = repository::path("pkg.json");
    let mut inputs: Vec<PathBuf> = contents.iter().map(|(_, source)| source.clone()).collect();
    inputs.push(manifest.clone());
    inputs.extend(["manifest.mjs", "inline.mjs"].map(|script| repository::path("xtask/scripts").join(script)));
    let stamp = Stamp::new("package", &inputs, repository::version(), &[folder()])?;
    if stamp.is_current()? {
        return Ok(());
    }

    // Emptied rather than removed: the demo may be serving from it.
    for old in repository::files_below(&folder())? {
        fs::remove_file(&old).doing(format_args!("remove {}", repository::shown(&old)))?;
    }
    for (name, source) in &contents {
        let bytes = fs::read(source).doing(format_args!("read {}", repository::shown(source)))?;
        repository::write(&folder().join(name), &bytes)?;
    }
    Invocation::script("inline.mjs")
        .args(["index.js", "poolpass_bg.wasm"].map(|name| folder().join(name)))
        .arg(folder())
        .run()?;
    Invocation::script("manifest.mjs")
        .arg(manifest)
        .arg(repository::version())
        .arg(folder().join("package.json"))
        .args(contents.iter().map(|(name, _)| name.as_str()).chain(INLINE_FILES))
        .run()?;
    Invocation::npm().args(["pack", "--ignore-scripts", "--silent"]).directory(&folder()).output()?;
    if !tarball().is_file() {
        return Err(Failure::new(format!("npm pack did not make {}", repository::shown(&tarball()))));
    }
    stamp.record()
}

/// The package's scripts around a wasm that is quick to build, for the demo. Returns the folder.
pub(crate) fn build_for_demo() -> Outcome<PathBuf> {
    let contents = contents(&build::demo_wasm()?, &build::ENTRY_POINTS[..1])?;
    copied("demo", contents)
}

/// The same with the contract of platforms, and what runs it.
pub(crate) fn build_with_contract() -> Outcome<PathBuf> {
    let mut contents = contents(&build::contract_wasm()?, &build::ENTRY_POINTS[..1])?;
    for source in ["js/tests/contract/page.mjs", "tests/shared/platform_contract/world.mjs"] {
        let source = repository::path(source);
        let name = source.file_name().unwrap_or_default().to_string_lossy().into_owned();
        contents.push((name, source));
    }
    copied("contract", contents)
}

/// Copies files to a folder. Returns the folder.
fn copied(folder: &str, contents: Vec<(String, PathBuf)>) -> Outcome<PathBuf> {
    let folder = repository::work(folder);
    for (name, source) in contents {
        let bytes = fs::read(&source).doing(format_args!("read {}", repository::shown(&source)))?;
        repository::write(&folder.join(name), &bytes)?;
    }
    Ok(folder)
}

/// Each file's name in the package and where it comes from. `wasm` has the files of the entry points.
fn contents(wasm: &Path, entry_points: &[EntryPoint]) -> Outcome<Vec<(String, PathBuf)>> {
    let wrapper = repository::path("www/poolpass");
    if !wrapper.join("index.js").is_file() {
        return Err(Failure::new("www/poolpass/index.js is missing: is this a whole clone?"));
    }
    let mut contents = Vec::new();
    for source in repository::files_below(&wrapper)? {
        let name = source.strip_prefix(&wrapper).unwrap_or(&source);
        // npm's names have forward slashes everywhere.
        let name: Vec<_> = name.iter().map(|part| part.to_string_lossy()).collect();
        contents.push((name.join("/"), source));
    }
    for name in entry_points.iter().flat_map(EntryPoint::files) {
        contents.push((name.clone(), wasm.join(name)));
    }
    for name in ["README.md", "LICENSE-APACHE", "LICENSE-MIT"] {
        let source = repository::path(name);
        if !source.is_file() {
            return Err(Failure::new(format!("{name} is missing at the root: the package ships it")));
        }
        contents.push((name.to_owned(), source));
    }
    Ok(contents)
}
