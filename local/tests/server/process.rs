//! Starting the program and talking to it in plain HTTP.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, ChildStdout, Command, Stdio};

/// The program, told to end with its standard input: a test that fails leaves nothing behind.
pub(crate) struct Running {
    pub(crate) child: Child,
    pub(crate) output: BufReader<ChildStdout>,
    pub(crate) port: u16,
}

pub(crate) fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_poolpass-local"));
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

impl Running {
    pub(crate) fn start(arguments: &[&str]) -> Self {
        let all = [&["--port", "0", "--seed", "1", "--exit-with-stdin"], arguments].concat();
        Self::of(command(&all))
    }

    /// Starts a command that becomes the program.
    pub(crate) fn of(mut command: Command) -> Self {
        let command = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        output.read_line(&mut line).unwrap();
        let port = line.trim().strip_prefix("poolpass-local ready on http://localhost:").expect("the ready line");
        Self { port: port.parse().unwrap(), child, output }
    }

    /// Sends bytes; the connection.
    pub(crate) fn send(&self, request: &str) -> TcpStream {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        stream
    }

    /// Sends a request and reads all that comes back until the connection ends.
    pub(crate) fn exchange(&self, request: &str) -> String {
        let mut reply = Vec::new();
        // A reset after the last byte is an end like any other.
        let _ = self.send(request).read_to_end(&mut reply);
        String::from_utf8_lossy(&reply).into_owned()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        let _ = self.child.wait();
    }
}

pub(crate) fn get(path: &str, host: &str) -> String {
    format!("GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n")
}

pub(crate) fn post(path: &str, headers: &str, body: &str) -> String {
    format!("POST {path} HTTP/1.1\r\nHost: localhost\r\n{headers}Content-Length: {}\r\n\r\n{body}", body.len())
}

pub(crate) fn call(operation: &str, body: &str) -> String {
    let target = format!("X-Amz-Target: AWSCognitoIdentityProviderService.{operation}\r\n");
    post("/", &format!("Content-Type: application/x-amz-json-1.1\r\n{target}"), body)
}

/// A header and the body of a reply.
pub(crate) fn part(reply: &str, header: &str) -> (Option<String>, String) {
    let (head, body) = reply.split_once("\r\n\r\n").expect("a whole head");
    let mut lines = head.lines().filter_map(|line| line.split_once(": "));
    let value = lines.find(|(name, _)| name.eq_ignore_ascii_case(header)).map(|(_, value)| value.to_owned());
    (value, body.to_owned())
}
