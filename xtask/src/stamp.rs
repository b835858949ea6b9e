//! Whether something has to be made again: a hash of what went in and of what came out.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use crate::failure::Outcome;
use crate::repository;

/// The recorded state of one artefact.
pub(crate) struct Stamp {
    file: PathBuf,
    inputs: u64,
    outputs: Vec<PathBuf>,
}

impl Stamp {
    /// `inputs` are files or folders, `settings` anything else that the result depends on,
    /// `outputs` what is made. Contents count, not times: a fresh checkout is not a change.
    pub(crate) fn new(name: &str, inputs: &[PathBuf], settings: &str, outputs: &[PathBuf]) -> Outcome<Self> {
        Ok(Self {
            file: repository::work(&format!("{name}.stamp")),
            inputs: hash(inputs, settings)?,
            outputs: outputs.to_vec(),
        })
    }

    /// Whether the outputs are still the ones made from these inputs.
    pub(crate) fn is_current(&self) -> Outcome<bool> {
        let Ok(recorded) = fs::read_to_string(&self.file) else { return Ok(false) };
        Ok(recorded == self.text()?)
    }

    /// Records that the outputs have been made.
    pub(crate) fn record(&self) -> Outcome<()> {
        repository::write(&self.file, self.text()?.as_bytes())
    }

    fn text(&self) -> Outcome<String> {
        Ok(format!("{:016x} {:016x}", self.inputs, hash(&self.outputs, "")?))
    }
}

fn hash(paths: &[PathBuf], settings: &str) -> Outcome<u64> {
    let mut hasher = DefaultHasher::new();
    settings.hash(&mut hasher);
    for path in paths {
        path.hash(&mut hasher);
        for file in repository::files_below(path)? {
            file.hash(&mut hasher);
            contents(&file)?.hash(&mut hasher);
        }
    }
    Ok(hasher.finish())
}

fn contents(file: &Path) -> Outcome<Vec<u8>> {
    use crate::failure::Doing;
    fs::read(file).doing(format_args!("read {}", repository::shown(file)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_with_inputs_settings_and_outputs() {
        let folder = repository::work("stamp-test");
        let _ = fs::remove_dir_all(&folder);
        let (input, output) = (folder.join("in"), folder.join("out"));
        repository::write(&input.join("a"), b"1").unwrap();
        repository::write(&output.join("b"), b"2").unwrap();
        let stamp = |settings: &str| {
            Stamp::new("stamp-test/it", std::slice::from_ref(&input), settings, std::slice::from_ref(&output)).unwrap()
        };

        assert!(!stamp("").is_current().unwrap(), "nothing recorded yet");
        stamp("").record().unwrap();
        assert!(stamp("").is_current().unwrap());
        assert!(!stamp("other").is_current().unwrap(), "a setting changed");

        repository::write(&input.join("a"), b"3").unwrap();
        assert!(!stamp("").is_current().unwrap(), "an input changed");
        stamp("").record().unwrap();
        repository::write(&output.join("b"), b"4").unwrap();
        assert!(!stamp("").is_current().unwrap(), "an output was touched");
        stamp("").record().unwrap();
        fs::remove_file(output.join("b")).unwrap();
        assert!(!stamp("").is_current().unwrap(), "an output is gone");
        fs::remove_dir_all(&folder).unwrap();
    }
}
