//! Requests to identity providers over real sockets.

use poolpass_local::core::{Outbound as _, OutboundError, OutboundRequest};
use poolpass_local::server::Network;
use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::sync::mpsc::{Receiver, channel};

/// A server that answers one request with these bytes: its address, and what it was asked.
fn server(reply: Vec<u8>) -> (String, Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let (sender, receiver) = channel();
    std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut asked = Vec::new();
        let mut buffer = [0; 4096];
        // The head, and after that of a POST these four bytes.
        let is_whole = |asked: &[u8]| asked.ends_with(if asked.starts_with(b"POST") { b"body" } else { b"\r\n\r\n" });
        while !is_whole(&asked) {
            let count = stream.read(&mut buffer).unwrap();
            asked.extend_from_slice(&buffer[..count]);
        }
        sender.send(String::from_utf8(asked).unwrap()).unwrap();
        // The client may have seen enough before all is sent.
        let _ = stream.write_all(&reply);
    });
    (address, receiver)
}

fn get(url: String) -> OutboundRequest {
    OutboundRequest {
        method: "GET",
        url,
        headers: vec![("Accept".into(), "application/json".into())],
        body: Vec::new(),
    }
}

#[test]
fn a_reply_of_any_status_comes_whole() {
    let (address, asked) = server(b"HTTP/1.1 404 Not Found\r\nX-Test: yes\r\nContent-Length: 2\r\n\r\n{}".to_vec());
    let reply = Network::new().fetch(&get(format!("{address}/a?b=c"))).unwrap();
    assert_eq!((reply.status, reply.header("x-test"), reply.body.as_slice()), (404, Some("yes"), &b"{}"[..]));
    let asked = asked.recv().unwrap();
    assert!(asked.starts_with("GET /a?b=c HTTP/1.1\r\n") && asked.contains("accept: application/json\r\n"), "{asked}");
}

#[test]
fn a_form_is_posted() {
    let (address, asked) = server(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".to_vec());
    let headers = vec![("Content-Type".into(), "application/x-www-form-urlencoded".into())];
    let request = OutboundRequest { method: "POST", url: format!("{address}/token"), headers, body: b"body".to_vec() };
    assert_eq!(Network::new().fetch(&request).unwrap().status, 200);
    let asked = asked.recv().unwrap();
    assert!(
        asked.starts_with("POST /token ") && asked.contains("content-length: 4\r\n") && asked.ends_with("\r\n\r\nbody")
    );
}

#[test]
fn redirects_are_replies() {
    let (address, _asked) =
        server(b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n".to_vec());
    assert_eq!(Network::new().fetch(&get(address)).unwrap().status, 302);
}

#[test]
fn replies_are_bounded() {
    let mut large = b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n".to_vec();
    large.resize(2 * 1024 * 1024, b'x');
    let (address, _asked) = server(large);
    assert_eq!(Network::new().fetch(&get(address)).err(), Some(OutboundError::TooLarge));
}

#[test]
fn what_is_not_there_or_breaks_off_is_an_error() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    assert_eq!(Network::new().fetch(&get(address)).err(), Some(OutboundError::Connection));
    let (address, _asked) = server(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort".to_vec());
    assert_eq!(Network::new().fetch(&get(address)).err(), Some(OutboundError::Connection));
    // Whoever accepts and hangs up speaks no TLS.
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("https://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || drop(listener.accept()));
    assert_eq!(Network::new().fetch(&get(address)).err(), Some(OutboundError::Connection));
}
