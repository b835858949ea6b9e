//! Python with AWS's libraries and moto, in an environment of its own below `target/tools`.

use std::path::PathBuf;

use super::apt;
use crate::failure::{Failure, Outcome};
use crate::invocation::Invocation;
use crate::repository;
use crate::stamp::Stamp;

/// 3.x, which the pinned packages need.
const OLDEST: u32 = 11;
const APT_PACKAGES: [&str; 2] = ["python3", "python3-venv"];

/// The interpreter that has what `tests/interop/python/requirements.txt` lists.
pub(crate) fn python() -> Outcome<PathBuf> {
    let environment = repository::tools().join("python");
    let interpreter = environment.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python3" });
    let requirements = repository::path("tests/interop/python/requirements.txt");
    let stamp = Stamp::new("python", std::slice::from_ref(&requirements), "", &[environment.join("pyvenv.cfg")])?;
    // Without the system's Python the environment's is a dangling link.
    if stamp.is_current()? && interpreter.exists() {
        return Ok(interpreter);
    }
    system_python()?;
    println!("installing the Python packages of {} …", repository::shown(&requirements));
    Invocation::new("python3").args(["-m", "venv", "--clear"]).arg(&environment).run()?;
    Invocation::new(&interpreter)
        .args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"])
        // Exactly what was locked, and nothing that would have to be compiled.
        .args(["--require-hashes", "--no-deps", "--only-binary=:all:", "--requirement"])
        .arg(&requirements)
        .run()
        .map_err(|failure| Failure::new(format!("{failure}: look at what pip says")))?;
    stamp.record()?;
    Ok(interpreter)
}

/// Sees that there is a Python that can make environments.
fn system_python() -> Outcome<()> {
    let minor = || {
        // Debian keeps ensurepip, without which an environment has no pip, in python3-venv.
        let script = "import ensurepip, sys, venv; print(sys.version_info.minor)";
        Invocation::new("python3").args(["-c", script]).probe()?.parse().ok()
    };
    let mut found: Option<u32> = minor();
    if found.is_none() {
        apt::install(&APT_PACKAGES)?;
        found = minor();
    }
    match found {
        Some(minor) if minor >= OLDEST => Ok(()),
        Some(minor) => Err(Failure::new(format!("Python 3.{minor} is too old: put 3.{OLDEST} or newer on the PATH"))),
        None => Err(Failure::new(format!("python3 can't make environments: {}", apt::advice(&APT_PACKAGES)))),
    }
}
