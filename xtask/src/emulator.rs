//! A running `poolpass-local` that ends when we do.

use std::io::{BufRead, BufReader};
use std::net::{Ipv4Addr, TcpListener};
use std::path::Path;
use std::process::{Child, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::failure::{Doing, Failure, Outcome};
use crate::invocation::Invocation;

const READY: &str = "poolpass-local ready on http://localhost:";

/// The child process. It ends at the end of its input, which we hold, however we die.
pub(crate) struct Emulator {
    child: Child,
    /// The port that it listens on.
    pub(crate) port: u16,
}

impl Emulator {
    /// Starts the program and waits until it says that it is ready; port 0 is any free one. `app_urls` are the addresses
    /// that an app comes back to from the hosted UI.
    pub(crate) fn start(program: &Path, port: u16, app_urls: &[&str]) -> Outcome<Self> {
        refuse_taken_port(port)?;
        let mut child = Invocation::new(program)
            .args(["--port", &port.to_string(), "--exit-with-stdin"])
            .args(app_urls.iter().flat_map(|url| ["--app-url", url]))
            .into_command()
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .doing("start poolpass-local")?;
        let lines = child.stdout.take().map(|stdout| BufReader::new(stdout).lines());
        let mut lines = lines.into_iter().flatten().map_while(Result::ok);
        let Some(port) = lines.by_ref().find_map(|line| ready_port(&line)) else {
            let _ = child.wait();
            return Err(Failure::new("poolpass-local ended before it was ready"));
        };
        // Keep reading, or a talkative child would one day wait for ever on a full pipe.
        thread::spawn(move || lines.for_each(drop));
        Ok(Self { child, port })
    }

    /// Where clients find it.
    pub(crate) fn endpoint(&self) -> String {
        format!("http://localhost:{}", self.port)
    }

    /// Blocks until it ends by itself.
    pub(crate) fn wait(&mut self) -> Failure {
        // Child::wait would close the child's input and so end it.
        loop {
            match self.child.try_wait() {
                Ok(Some(status)) => return Failure::new(format!("poolpass-local has ended ({status})")),
                Ok(None) => thread::sleep(Duration::from_millis(200)),
                Err(error) => return Failure::new(format!("poolpass-local is lost: {error}")),
            }
        }
    }
}

impl Drop for Emulator {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        let patience = Instant::now() + Duration::from_secs(2);
        while Instant::now() < patience {
            if matches!(self.child.try_wait(), Ok(Some(_)) | Err(_)) {
                return;
            }
            thread::sleep(Duration::from_millis(20));
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Refuses a port that cannot be listened on; 0 always can.
pub(crate) fn refuse_taken_port(port: u16) -> Outcome<()> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map(drop).map_err(|_| {
        Failure::new(format!("port {port} is in use: end what listens there, or choose another by --emulator-port N"))
    })
}

fn ready_port(line: &str) -> Option<u16> {
    let digits = line.strip_prefix(READY)?;
    digits.split(|character: char| !character.is_ascii_digit()).next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_ready_line() {
        assert_eq!(ready_port("poolpass-local ready on http://localhost:9400"), Some(9400));
        assert_eq!(ready_port("poolpass-local ready on http://localhost:41234/ (pool x)"), Some(41234));
        assert_eq!(ready_port("poolpass-local is getting ready"), None);
        assert_eq!(ready_port("poolpass-local ready on http://localhost:"), None);
    }

    #[test]
    fn a_taken_port_is_one_line_naming_it() {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let failure = refuse_taken_port(port).unwrap_err().to_string();
        assert!(failure.contains(&format!("port {port} is in use")) && !failure.contains('\n'), "{failure}");
        assert!(refuse_taken_port(0).is_ok());
    }
}
