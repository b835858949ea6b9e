//! Compiling: the crate to wasm, and `poolpass-local` to a program.

use std::fs;
use std::path::PathBuf;

use crate::failure::{Doing, Failure, Outcome};
use crate::invocation::Invocation;
use crate::repository;
use crate::setup;
use crate::stamp::Stamp;
use crate::wasm_names;

/// An entry point's wasm: the name of its files, and the Cargo features of `js/` that it has.
pub(crate) struct EntryPoint {
    name: &'static str,
    features: &'static str,
}

pub(crate) const ENTRY_POINTS: [EntryPoint; 3] = [
    EntryPoint { name: "poolpass", features: "aws,hosted-ui" },
    EntryPoint { name: "poolpass_user_pool", features: "hosted-ui" },
    EntryPoint { name: "poolpass_sign_in", features: "" },
];

impl EntryPoint {
    /// Its files: the glue and the wasm that wasm-bindgen makes, and a script with the deferred code.
    pub(crate) fn files(&self) -> [String; 3] {
        [format!("{}.js", self.name), format!("{}_bg.wasm", self.name), format!("{}_deferred.js", self.name)]
    }
}

/// `js/` through wasm-pack and wasm-opt for every entry point, unless that has been done. Returns the folder.
pub(crate) fn wasm() -> Outcome<PathBuf> {
    setup::packaging()?;
    let folder = repository::work("wasm");
    let inputs = [
        "src",
        "group/src",
        "js",
        "Cargo.toml",
        "Cargo.lock",
        ".cargo/config.toml",
        "xtask/src/build.rs",
        "xtask/src/wasm_names.rs",
        "xtask/wasm-opt/split",
        "xtask/wasm-opt/package-lock.json",
    ];
    let files = ENTRY_POINTS.iter().flat_map(|entry| {
        let [glue, wasm, deferred] = entry.files();
        [folder.join(glue), folder.join(&wasm), folder.join(deferred), named_wasm().join(wasm)]
    });
    let outputs: Vec<PathBuf> = files.collect();
    let settings = format!("{:?} {:?}", Invocation::new("rustc").arg("-vV").probe(), std::env::var_os("RUSTFLAGS"));
    let stamp = Stamp::new("wasm", &inputs.map(repository::path), &settings, &outputs)?;
    if stamp.is_current()? {
        return Ok(folder);
    }
    for entry in &ENTRY_POINTS {
        // Of its own: wasm-pack optimises every wasm that it finds in the folder.
        let built = repository::work("wasm-pack").join(entry.name);
        // The linker makes no folder.
        fs::create_dir_all(&built).doing(format_args!("make {}", repository::shown(&built)))?;
        let map = built.with_extension("map");
        // No package.json, no types: package.rs writes the one, www/poolpass holds the other.
        Invocation::new("wasm-pack")
            .args([
                "build",
                "js",
                "--release",
                "--target",
                "web",
                "--no-pack",
                "--no-typescript",
                "--mode",
                "no-install",
            ])
            .args(["--out-name", entry.name, "--out-dir"])
            .arg(&built)
            .args(["--", "--locked", "--no-default-features", "--features", entry.features, "--config"])
            .arg(without_our_paths())
            .env("POOLPASS_LINK_MAP", &map)
            .run()?;
        let [glue, wasm, deferred] = entry.files();
        let bytes = fs::read(built.join(&glue)).doing(format_args!("read {glue}"))?;
        repository::write(&folder.join(&glue), &bytes)?;
        Invocation::new("node")
            .arg(repository::path("xtask/wasm-opt/split/main.mjs"))
            .args([built.join(&wasm), map, folder.join(&wasm), folder.join(deferred)])
            .run()?;
        wasm_names::set_aside(&folder.join(&wasm), &named_wasm().join(&wasm))?;
    }
    stamp.record()?;
    Ok(folder)
}

/// The same without optimisation of its size, for the demo: no wasm-pack, no wasm-opt. Returns the folder.
pub(crate) fn demo_wasm() -> Outcome<PathBuf> {
    quick_wasm("demo-wasm", &[])
}

/// The same with the cases of the contract of platforms.
pub(crate) fn contract_wasm() -> Outcome<PathBuf> {
    quick_wasm("contract-wasm", &["--features", "contract"])
}

fn quick_wasm(folder: &str, options: &[&str]) -> Outcome<PathBuf> {
    setup::demo()?;
    let messages = Invocation::cargo()
        .args(["build", "--package", "poolpass-js", "--target", setup::WASM_TARGET])
        .args(options)
        .arg("--message-format=json-render-diagnostics")
        .output()?;
    let wasm = artifact(&messages, ".wasm")
        .ok_or_else(|| Failure::new("cargo built poolpass-js but named no wasm: is js/ no cdylib any more?"))?;
    let folder = repository::work(folder);
    Invocation::new("wasm-bindgen")
        .args(["--target", "web", "--no-typescript", "--out-name", "poolpass", "--out-dir"])
        .args([&folder, &PathBuf::from(wasm)])
        .run()?;
    let [_, _, deferred] = ENTRY_POINTS[0].files();
    repository::write(&folder.join(deferred), b"// This wasm has it.\nexport async function load() {}\n")?;
    Ok(folder)
}

/// Where the package's wasm lies with its names, which the package leaves out.
pub(crate) fn named_wasm() -> PathBuf {
    repository::work("named-wasm")
}

/// Panic messages hold source paths; what the package holds must not depend on who built it, or
/// tell. Added to the flags of `.cargo/config.toml`, where an environment variable would replace them.
fn without_our_paths() -> String {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| Some(std::env::home_dir()?.join(".cargo"))).unwrap_or_default();
    let flags = [home.join("registry/src"), repository::root().to_owned()]
        .map(|path| format!("{:?}", format!("--remap-path-prefix={}=", path.display())));
    format!("target.{}.rustflags=[{}]", setup::WASM_TARGET, flags.join(","))
}

/// `poolpass-local`, in the profile of the tests, which share what it is made of: the arithmetic in there is optimised, and
/// a release build would cost minutes for nothing that one sees. The kit is named too, as the tests have it: alone, cargo
/// would choose other features and compile most of it once more. Returns the program's path.
pub(crate) fn emulator() -> Outcome<PathBuf> {
    let messages = Invocation::cargo()
        .args(["build", "--package", "poolpass", "--package", "poolpass-local"])
        .arg("--message-format=json-render-diagnostics")
        .output()?;
    executable(&messages)
        .map(PathBuf::from)
        .ok_or_else(|| Failure::new("cargo built poolpass-local but named no program: has local/ lost its main.rs?"))
}

/// The last file with this ending that cargo's JSON messages name.
fn artifact(messages: &str, ending: &str) -> Option<String> {
    let (before, _) = messages.rsplit_once(&format!(r#"{ending}""#))?;
    let (_, path) = before.rsplit_once('"')?;
    Some(format!("{path}{ending}").replace(r"\\", r"\"))
}

/// The last program that cargo's JSON messages name.
fn executable(messages: &str) -> Option<String> {
    let (_, rest) = messages.rsplit_once(r#""executable":""#)?;
    let (path, _) = rest.split_once('"')?;
    Some(path.replace(r"\\", r"\"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_program_in_cargos_messages() {
        let messages = r#"{"reason":"compiler-artifact","executable":null}
{"reason":"compiler-artifact","executable":"C:\\target\\release\\poolpass-local","fresh":true}
{"reason":"build-finished","success":true}"#;
        assert_eq!(executable(messages).as_deref(), Some(r"C:\target\release\poolpass-local"));
        assert_eq!(executable(r#"{"reason":"build-finished","success":true}"#), None);
        let messages = r#"{"filenames":["C:\\target\\poolpass_js.wasm"],"executable":null}"#;
        assert_eq!(artifact(messages, ".wasm").as_deref(), Some(r"C:\target\poolpass_js.wasm"));
        assert_eq!(artifact(messages, ".so"), None);
    }
}
