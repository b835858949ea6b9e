//! The file.

use fs4::fs_std::FileExt;
use std::fs::{File, OpenOptions};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use super::line;
use crate::core::{Change, Keeper, Rows};

/// The first line, without the version.
const TITLE: &str = "poolpass-local state, version ";
/// The version that is written. Every version up to it is read.
const VERSION: u32 = 1;
/// A file that is this large and mostly outdated is written anew at the start.
const LARGE: u64 = 1024 * 1024;

/// A file with the state of an emulator. Only one process can have it.
pub struct StateFile {
    path: PathBuf,
    file: File,
    /// Up to here, all lines are whole.
    end: u64,
    /// Held as long as the file is in use. It is on a file of its own, because the other one is replaced at times.
    _lock: File,
}

impl StateFile {
    /// Opens a file, or makes one that only its owner can read.
    ///
    /// # Errors
    /// A text that names the file and says what is wrong: another process has it, it can't be written, or it is no state.
    pub fn open(path: impl Into<PathBuf>) -> Result<Self, String> {
        let path = path.into();
        let lock_path = beside(&path, "lock");
        let lock = private(OpenOptions::new().create(true).truncate(false).write(true), &lock_path);
        let lock = lock.map_err(|error| named(&lock_path, &error))?;
        if !FileExt::try_lock_exclusive(&lock).map_err(|error| named(&lock_path, &error))? {
            return Err(format!("{} is in use by another process", path.display()));
        }
        let file = private(OpenOptions::new().create(true).truncate(false).read(true).write(true), &path);
        let file = file.map_err(|error| named(&path, &error))?;
        Ok(Self { path, file, end: 0, _lock: lock })
    }

    fn read(&mut self) -> Result<(Rows, u64), String> {
        let mut bytes = Vec::new();
        self.file.seek(SeekFrom::Start(0)).map_err(|error| self.named(&error))?;
        self.file.read_to_end(&mut bytes).map_err(|error| self.named(&error))?;
        let mut rows = Rows::new();
        let mut lines = bytes.split_inclusive(|byte| *byte == b'\n');
        let Some(title) = lines.next() else { return self.begin() };
        // A crash while the file was made.
        if title.len() == bytes.len() && first_line().as_bytes().starts_with(title) && !title.ends_with(b"\n") {
            return self.begin();
        }
        self.check_title(title)?;
        self.end = title.len() as u64;
        let mut broken = None;
        for (index, whole) in lines.enumerate() {
            let good = whole.strip_suffix(b"\n").is_some_and(|text| line::read(text, &mut rows));
            match (good, broken) {
                (true, None) => self.end += whole.len() as u64,
                (false, None) => broken = Some(index + 2),
                (false, Some(_)) => {}
                // Whoever edited or damaged the file should know: going on would lose what follows.
                (true, Some(number)) => {
                    return Err(format!(
                        "line {number} of {} is damaged, though lines after it are not. Remove that line to go on without it, or the file to begin anew",
                        self.path.display()
                    ));
                }
            }
        }
        if broken.is_some() {
            self.file.set_len(self.end).map_err(|error| self.named(&error))?;
        }
        Ok((rows, self.end))
    }

    /// A new file has the first line and nothing else.
    fn begin(&mut self) -> Result<(Rows, u64), String> {
        self.end = 0;
        self.append(first_line().as_bytes())?;
        Ok((Rows::new(), 0))
    }

    fn check_title(&self, title: &[u8]) -> Result<(), String> {
        let text = std::str::from_utf8(title).ok().and_then(|text| text.trim_end().strip_prefix(TITLE));
        let name = self.path.display();
        match text.and_then(|version| version.parse::<u32>().ok()) {
            None => Err(format!("{name} is not a state of poolpass-local, and is left alone")),
            Some(1..=VERSION) => Ok(()),
            Some(version) => Err(format!(
                "{name} was written by a later poolpass-local: it has version {version}, and this one reads versions up to {VERSION}"
            )),
        }
    }

    fn append(&mut self, bytes: &[u8]) -> Result<(), String> {
        let write = |file: &mut File, end| {
            file.seek(SeekFrom::Start(end))?;
            file.write_all(bytes)
        };
        if let Err(error) = write(&mut self.file, self.end) {
            // What was written in part must not stay; if it does, the next line is written over it.
            let _ = self.file.set_len(self.end);
            return Err(self.named(&error));
        }
        self.end += bytes.len() as u64;
        Ok(())
    }

    fn named(&self, error: &io::Error) -> String {
        named(&self.path, error)
    }
}

impl Keeper for StateFile {
    fn rows(&mut self) -> Result<Rows, String> {
        let (rows, size) = self.read()?;
        let live: u64 = rows.iter().map(|(key, value)| (key.len() + value.len()) as u64).sum();
        if size > LARGE && size > 2 * live {
            self.replace(&rows)?;
        }
        Ok(rows)
    }

    fn write(&mut self, changes: &[Change]) -> Result<(), String> {
        self.append(line::of(changes).as_bytes())
    }

    fn replace(&mut self, rows: &Rows) -> Result<(), String> {
        let path = beside(&self.path, "new");
        let make = || {
            let mut file = private(OpenOptions::new().create(true).truncate(true).read(true).write(true), &path)?;
            file.write_all(first_line().as_bytes())?;
            let mut written = io::BufWriter::new(&mut file);
            for row in rows {
                written.write_all(line::write([(row.0, Some(row.1))].into_iter()).as_bytes())?;
            }
            written.flush()?;
            drop(written);
            file.sync_all()?;
            let end = file.stream_position()?;
            std::fs::rename(&path, &self.path)?;
            Ok((file, end))
        };
        (self.file, self.end) = make().map_err(|error: io::Error| named(&path, &error))?;
        Ok(())
    }
}

fn first_line() -> String {
    format!("{TITLE}{VERSION}\n")
}

/// `<path>.<ending>`.
fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    name.into()
}

fn named(path: &Path, error: &io::Error) -> String {
    format!("{}: {error}", path.display())
}

/// Opens a file that only its owner may read: there are secrets in it.
fn private(options: &mut OpenOptions, path: &Path) -> io::Result<File> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _};
        let file = options.mode(0o600).open(path)?;
        file.set_permissions(std::fs::Permissions::from_mode(0o600))?;
        Ok(file)
    }
    #[cfg(not(unix))]
    options.open(path)
}
