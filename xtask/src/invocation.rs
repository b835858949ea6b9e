//! Running other programs, with the project's own tools first on `PATH`.

use std::ffi::{OsStr, OsString};
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::thread;

use crate::failure::{Doing, Failure, Outcome};
use crate::repository;

/// A program to run, from the repository's root unless told otherwise, with no input.
pub(crate) struct Invocation {
    command: Command,
    shown: String,
}

/// What a program printed while everybody could watch.
pub(crate) struct Watched {
    /// Standard output and standard error, line by line as they came.
    pub(crate) text: String,
    /// Whether it ended with exit code 0.
    pub(crate) success: bool,
}

impl Invocation {
    /// `program` is looked up on [`search_path`].
    pub(crate) fn new(program: impl AsRef<OsStr>) -> Self {
        let program = program.as_ref();
        let mut command = Command::new(program);
        command.current_dir(repository::root()).env("PATH", search_path()).stdin(Stdio::null());
        let name = Path::new(program).file_stem().unwrap_or(program).to_string_lossy().into_owned();
        Self { command, shown: name }
    }

    /// The cargo that runs us.
    pub(crate) fn cargo() -> Self {
        Self::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
    }

    /// npm, under the name that the system starts it by.
    pub(crate) fn npm() -> Self {
        Self::new(if cfg!(windows) { "npm.cmd" } else { "npm" })
    }

    /// A script of `xtask/scripts`.
    pub(crate) fn script(name: &str) -> Self {
        Self::new("node").arg(repository::path("xtask/scripts").join(name))
    }

    pub(crate) fn arg(mut self, argument: impl AsRef<OsStr>) -> Self {
        let argument = argument.as_ref();
        self.shown.push(' ');
        self.shown.push_str(&repository::shown(Path::new(argument)));
        self.command.arg(argument);
        self
    }

    pub(crate) fn args<I: IntoIterator<Item: AsRef<OsStr>>>(self, arguments: I) -> Self {
        arguments.into_iter().fold(self, Self::arg)
    }

    pub(crate) fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    pub(crate) fn directory(mut self, directory: &Path) -> Self {
        self.command.current_dir(directory);
        self
    }

    /// The words of the command line, for messages.
    pub(crate) fn shown(&self) -> &str {
        &self.shown
    }

    /// The bare command, for a child that is to live on.
    pub(crate) fn into_command(self) -> Command {
        self.command
    }

    /// Runs it in full view.
    pub(crate) fn run(mut self) -> Outcome<()> {
        let status = self.command.status().map_err(|error| self.cannot_start(&error))?;
        if status.success() { Ok(()) } else { Err(self.ended_with(&status)) }
    }

    /// Runs it unseen and returns its standard output; its standard error is shown.
    pub(crate) fn output(mut self) -> Outcome<String> {
        self.command.stderr(Stdio::inherit());
        let output = self.command.output().map_err(|error| self.cannot_start(&error))?;
        if !output.status.success() {
            return Err(self.ended_with(&output.status));
        }
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    }

    /// Its standard output, or nothing when it can't be started or fails. Prints nothing.
    pub(crate) fn probe(mut self) -> Option<String> {
        let output = self.command.stderr(Stdio::null()).output().ok()?;
        output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
    }

    /// Runs it in full view and keeps what it printed.
    pub(crate) fn watch(mut self) -> Outcome<Watched> {
        self.command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = self.command.spawn().map_err(|error| self.cannot_start(&error))?;
        let text = Mutex::new(String::new());
        let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
        thread::scope(|scope| {
            scope.spawn(|| copy_lines(stdout, std::io::stdout(), &text));
            scope.spawn(|| copy_lines(stderr, std::io::stderr(), &text));
        });
        let status = child.wait().doing(format_args!("wait for {}", self.shown))?;
        let text = text.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
        Ok(Watched { text, success: status.success() })
    }

    fn cannot_start(&self, error: &std::io::Error) -> Failure {
        Failure::new(format!("could not start {}: {error}", self.shown))
    }

    fn ended_with(&self, status: &std::process::ExitStatus) -> Failure {
        Failure::new(format!("{} failed ({status})", self.shown))
    }
}

fn copy_lines(from: Option<impl Read>, mut to: impl Write, text: &Mutex<String>) {
    let Some(from) = from else { return };
    let mut reader = BufReader::new(from);
    let mut line = Vec::new();
    while matches!(reader.read_until(b'\n', &mut line), Ok(1..)) {
        // A closed terminal must not lose the count: keep reading when nobody looks on.
        let _ = to.write_all(&line).and_then(|()| to.flush());
        if let Ok(mut text) = text.lock() {
            text.push_str(&String::from_utf8_lossy(&line));
        }
        line.clear();
    }
}

/// `PATH` with our tools before the machine's, so that versions are the ones we chose.
pub(crate) fn search_path() -> OsString {
    let own = [repository::tools().join("bin"), repository::path("xtask/wasm-opt/node_modules/.bin")];
    let inherited = std::env::var_os("PATH").unwrap_or_default();
    let all = own.into_iter().chain(std::env::split_paths(&inherited));
    std::env::join_paths(all).unwrap_or(inherited)
}

/// The first of these programs that is on [`search_path`].
pub(crate) fn find(names: &[&str]) -> Option<PathBuf> {
    let path = search_path();
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    names.iter().find_map(|name| {
        folders
            .iter()
            .map(|folder| folder.join(format!("{name}{}", std::env::consts::EXE_SUFFIX)))
            .find(|file| file.is_file())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_tools_come_first() {
        let first = std::env::split_paths(&search_path()).next().unwrap();
        assert_eq!(first, repository::tools().join("bin"));
        assert!(find(&["no-such-program-anywhere"]).is_none());
        assert!(find(&["no-such-program-anywhere", "cargo"]).is_some());
    }

    #[test]
    fn failures_are_one_line_naming_the_command() {
        let failure = Invocation::new("no-such-program-anywhere").arg("x").run().unwrap_err().to_string();
        assert!(failure.starts_with("could not start no-such-program-anywhere x: "), "{failure}");
        assert!(!failure.contains('\n'));
        let failure = Invocation::cargo().arg("no-such-command").output().unwrap_err().to_string();
        assert!(failure.starts_with("cargo no-such-command failed"), "{failure}");
        assert!(Invocation::cargo().arg("no-such-command").probe().is_none());
    }

    #[test]
    fn watching_keeps_both_streams_and_the_verdict() {
        let cargo = || Invocation::cargo().env("CARGO_TERM_COLOR", "never");
        let watched = cargo().arg("--version").watch().unwrap();
        assert!(watched.success && watched.text.starts_with("cargo 1."));
        let watched = cargo().arg("no-such-command").watch().unwrap();
        assert!(!watched.success && watched.text.contains("no such command"));
    }
}
