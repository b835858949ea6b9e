//! Which errors the tests have seen, for the tests in `service_model`, which run afterwards: lines in a file that belongs to this build
//! of the tests.

use serde_json::Value;
use std::collections::BTreeSet;
use std::fs::OpenOptions;
use std::io::Write as _;
use std::sync::{LazyLock, Mutex, PoisonError};
use std::time::UNIX_EPOCH;

/// What this process has written.
static WRITTEN: LazyLock<Mutex<BTreeSet<String>>> = LazyLock::new(|| {
    // What older builds saw no longer counts.
    for file in std::fs::read_dir(env!("CARGO_TARGET_TMPDIR")).into_iter().flatten().flatten() {
        let name = file.file_name().to_string_lossy().into_owned();
        if name.starts_with("observed-errors-") && name != file_name() {
            let _ = std::fs::remove_file(file.path());
        }
    }
    Mutex::default()
});

/// Notes the error of a reply. An error that was ordered as a fault is not one that the operation produced.
pub(crate) fn note(service: &str, operation: &str, body: &Value) {
    let Some(kind) = body["__type"].as_str().filter(|_| body["message"] != "This fault was ordered.") else { return };
    let line = format!("{service} {operation} {kind}\n");
    let mut written = WRITTEN.lock().unwrap_or_else(PoisonError::into_inner);
    if written.insert(line.clone()) {
        let path = format!("{}/{}", env!("CARGO_TARGET_TMPDIR"), file_name());
        let mut file = OpenOptions::new().create(true).append(true).open(path).unwrap();
        file.write_all(line.as_bytes()).unwrap();
    }
}

/// The name has the time at which this program was built.
fn file_name() -> String {
    let built = std::env::current_exe().and_then(|path| path.metadata()?.modified()).unwrap();
    format!("observed-errors-{}", built.duration_since(UNIX_EPOCH).unwrap().as_nanos())
}
