//! WebSockets over real sockets.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use std::net::TcpStream;
use tungstenite::client::IntoClientRequest as _;
use tungstenite::protocol::CloseFrame;
use tungstenite::{Error, HandshakeError, Message, WebSocket};

use crate::order;
use crate::process::{Running, get, part, post};

type Socket = WebSocket<TcpStream>;

const KEY: &str = "da2-poolpasslocal0000000000000";

fn host(running: &Running) -> String {
    format!("localhost:{}", running.port)
}

fn key(running: &Running) -> Value {
    json!({ "host": host(running), "x-api-key": KEY })
}

/// Opens the WebSocket of a path with two sub-protocols: the selected one, and the socket.
fn open(running: &Running, path: &str, protocol: &str) -> Result<(String, Socket), Box<Error>> {
    let header = URL_SAFE_NO_PAD.encode(key(running).to_string());
    let mut request = format!("ws://{}{path}", host(running)).into_client_request().unwrap();
    let protocols = format!("{protocol}, header-{header}").parse().unwrap();
    request.headers_mut().insert("Sec-WebSocket-Protocol", protocols);
    let stream = TcpStream::connect(("127.0.0.1", running.port)).unwrap();
    match tungstenite::client(request, stream) {
        Ok((socket, response)) => {
            let selected = response.headers()["sec-websocket-protocol"].to_str().unwrap().to_owned();
            Ok((selected, socket))
        }
        Err(HandshakeError::Failure(error)) => Err(Box::new(error)),
        Err(HandshakeError::Interrupted(_)) => unreachable!("the stream blocks"),
    }
}

fn say(socket: &mut Socket, message: &Value) {
    socket.send(Message::text(message.to_string())).unwrap();
}

/// The next message.
fn hear(socket: &mut Socket) -> Value {
    match socket.read().unwrap() {
        Message::Text(text) => serde_json::from_str(&text).unwrap(),
        other => panic!("{other:?}"),
    }
}

/// A connection for subscriptions that was acknowledged.
fn connected(running: &Running) -> Socket {
    let (selected, mut socket) = open(running, "/graphql/realtime", "graphql-ws").unwrap();
    assert_eq!(selected, "graphql-ws");
    say(&mut socket, &json!({ "type": "connection_init" }));
    assert_eq!(hear(&mut socket)["type"], "connection_ack");
    assert_eq!(hear(&mut socket)["type"], "ka");
    socket
}

fn control(running: &Running, path: &str, body: &Value) {
    let reply = running.exchange(&post(&format!("/_poolpass/{path}"), "", &body.to_string()));
    assert!(reply.starts_with("HTTP/1.1 200 "), "{reply}");
}

#[test]
fn a_mutation_is_told_to_a_subscriber() {
    let running = Running::start(&[]);
    let mut socket = connected(&running);
    let data = json!({ "query": "subscription { onCreateNote { title } }" }).to_string();
    let payload = json!({ "data": data, "extensions": { "authorization": key(&running) } });
    say(&mut socket, &json!({ "id": "1", "type": "start", "payload": payload }));
    assert_eq!(hear(&mut socket), json!({ "id": "1", "type": "start_ack" }));
    let reply = running.exchange(&crate::process::call("InitiateAuth", &crate::sign_in().to_string()));
    let tokens: Value = serde_json::from_str(&part(&reply, "").1).unwrap();
    let token = tokens["AuthenticationResult"]["AccessToken"].as_str().unwrap();
    let query = json!({ "query": "mutation { createNote(input: { title: \"hello\", shared: true }) { title } }" });
    let reply = running.exchange(&post("/graphql", &format!("Authorization: {token}\r\n"), &query.to_string()));
    assert!(part(&reply, "").1.contains("hello"), "{reply}");
    let expected = json!({ "data": { "onCreateNote": { "title": "hello" } } });
    assert_eq!(hear(&mut socket), json!({ "id": "1", "type": "data", "payload": expected }));
    socket.close(None).unwrap();
    assert!(matches!(socket.read(), Ok(Message::Close(_)) | Err(Error::ConnectionClosed)));
}

#[test]
fn events_are_published_and_heard() {
    let running = Running::start(&[]);
    let (selected, mut socket) = open(&running, "/event/realtime", "aws-appsync-event-ws").unwrap();
    assert_eq!(selected, "aws-appsync-event-ws");
    for message in [
        json!({ "type": "connection_init" }),
        json!({ "type": "subscribe", "id": "s", "channel": "/default/*", "authorization": key(&running) }),
        json!({ "type": "publish", "id": "p", "channel": "/default/a", "events": ["1"], "authorization": key(&running) }),
    ] {
        say(&mut socket, &message);
    }
    let kinds: Vec<Value> = (0..5).map(|_| hear(&mut socket)["type"].take()).collect();
    assert_eq!(kinds, ["connection_ack", "ka", "subscribe_success", "data", "publish_success"]);
}

#[test]
fn the_moved_clock_keeps_alive_and_the_control_api_ends_it() {
    let running = Running::start(&[]);
    let mut socket = connected(&running);
    control(&running, "clock", &json!({ "advanceSeconds": 60 }));
    assert_eq!(hear(&mut socket), json!({ "type": "ka" }));
    control(&running, "sockets", &json!({ "close": 4000 }));
    let Message::Close(Some(CloseFrame { code, .. })) = socket.read().unwrap() else { panic!("no close frame") };
    assert_eq!(u16::from(code), 4000);
    let mut socket = connected(&running);
    control(&running, "sockets", &json!({ "cut": true }));
    let end = socket.read();
    assert!(matches!(end, Err(Error::Protocol(_) | Error::Io(_))), "a cut comes without a close frame: {end:?}");
}

#[test]
fn a_client_that_leaves_is_forgotten() {
    let running = Running::start(&[]);
    let sockets = || part(&running.exchange(&get("/_poolpass/sockets", "localhost")), "").1;
    let mut socket = connected(&running);
    assert!(sockets().contains("/graphql/realtime"));
    socket.close(None).unwrap();
    // The other side has let go when the connection ends.
    while socket.read().is_ok() {}
    drop(socket);
    while sockets() != "[]" {
        std::thread::yield_now();
    }
}

#[test]
fn refused_and_faulty_openings() {
    let running = Running::start(&[]);
    let Err(error) = open(&running, "/graphql/realtime", "another") else { panic!("it was opened") };
    assert!(matches!(*error, Error::Http(response) if response.status() == 400));
    order(&running, json!({ "operation": "/graphql/realtime", "kind": "dropBefore" }));
    let Err(error) = open(&running, "/graphql/realtime", "graphql-ws") else { panic!("it was opened") };
    assert!(!matches!(*error, Error::Http(_)), "{error}");
    order(&running, json!({ "operation": "/graphql/realtime", "kind": "late", "delayMs": 20 }));
    connected(&running);
    let reply = running.exchange(&get("/graphql/realtime", "localhost"));
    assert!(reply.starts_with("HTTP/1.1 426 "), "{reply}");
}

#[test]
fn the_program_ends_in_spite_of_open_sockets() {
    let mut running = Running::start(&[]);
    let mut socket = connected(&running);
    drop(running.child.stdin.take());
    assert!(running.child.wait().unwrap().success());
    assert!(socket.read().is_err());
}

#[test]
fn websockets_of_other_names_are_refused() {
    let running = Running::start(&[]);
    let upgrade = "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
    let request = format!(
        "GET /graphql/realtime HTTP/1.1\r\nHost: evil.example\r\n{upgrade}Sec-WebSocket-Protocol: graphql-ws\r\n\r\n"
    );
    assert!(running.exchange(&request).starts_with("HTTP/1.1 403 "));
}
