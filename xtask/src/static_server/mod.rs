//! A small HTTP server for the demo page and the package, on loopback only.

mod content;
mod reply;
mod request;

use std::io::{self, BufReader, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

pub(crate) use content::Site;

use reply::Reply;
use request::Request;

/// A browser opens connections ahead of need; one that stays silent is closed.
const PATIENCE: Duration = Duration::from_secs(30);

/// A bound socket, not served yet: connections wait in its queue.
pub(crate) struct StaticServer {
    listener: TcpListener,
    port: u16,
}

impl StaticServer {
    /// Takes the port; 0 is any free one.
    pub(crate) fn bind(port: u16) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
        let port = listener.local_addr()?.port();
        Ok(Self { listener, port })
    }

    /// The address of the demo page.
    pub(crate) fn address(&self) -> String {
        format!("http://localhost:{}/", self.port)
    }

    /// Answers for ever, one short-lived thread a connection.
    pub(crate) fn serve(self, site: &Arc<Site>) {
        for connection in self.listener.incoming().flatten() {
            let site = Arc::clone(site);
            thread::spawn(move || {
                // The other side going away is its right and nobody's concern.
                let _ = answer(&connection, &site);
            });
        }
    }
}

fn answer(connection: &TcpStream, site: &Site) -> io::Result<()> {
    connection.set_read_timeout(Some(PATIENCE))?;
    connection.set_write_timeout(Some(PATIENCE))?;
    let mut writer = connection;
    let reply = match Request::read(BufReader::new(connection))? {
        Some(request) => site.reply(&request),
        None => Reply::error(400),
    };
    writer.write_all(&reply.to_bytes())?;
    writer.flush()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;
    use std::path::PathBuf;

    fn exchange(request: &str) -> String {
        let server = StaticServer::bind(0).unwrap();
        let port = server.port;
        let site = Arc::new(Site::demo(PathBuf::from("no-package"), "http://localhost:1234"));
        thread::spawn(move || server.serve(&site));
        let mut connection = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).unwrap();
        connection.write_all(request.as_bytes()).unwrap();
        let mut reply = String::new();
        connection.read_to_string(&mut reply).unwrap();
        reply
    }

    #[test]
    fn answers_over_a_real_socket() {
        let reply = exchange("GET /config.json HTTP/1.1\r\nHost: localhost\r\n\r\n");
        assert!(reply.starts_with("HTTP/1.1 200 OK\r\n"), "{reply}");
        assert!(reply.contains("\"endpoint\":\"http://localhost:1234\""), "{reply}");
        let reply = exchange("HEAD /config.json HTTP/1.1\r\nHost: localhost\r\n\r\n");
        assert!(reply.starts_with("HTTP/1.1 200 OK\r\n") && reply.ends_with("\r\n\r\n"), "{reply}");
        assert!(exchange("GET /nowhere HTTP/1.1\r\n\r\n").starts_with("HTTP/1.1 404 "));
        assert!(exchange("POST / HTTP/1.1\r\n\r\n").starts_with("HTTP/1.1 405 "));
        assert!(exchange("nonsense\r\n\r\n").starts_with("HTTP/1.1 400 "));
    }
}
