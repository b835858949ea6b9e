//! A client of AppSync, over HTTP and by WebSockets that are values.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use poolpass_local::core::{Frame, HttpRequest, HttpResponse};
use serde_json::{Map, Value, json};
use std::sync::{Arc, Mutex};

use crate::signer::{NOW, Signed};
use crate::world::{PASSWORD, WEB, World};

pub(crate) const HOST: &str = "localhost:9400";
pub(crate) const KEY: &str = "da2-poolpasslocal0000000000000";
pub(crate) const LAMBDA: &str = "poolpass-lambda-token";
pub(crate) const SHARED: &str = "00000000-0000-4000-8000-00000000a001";

/// How a client proves who it is.
#[derive(Clone)]
pub(crate) enum Proof {
    /// Headers that are the same for every request.
    Headers(Value),
    /// Credentials to sign with, at a time.
    Credentials(Value, &'static str),
}

impl Proof {
    pub(crate) fn key() -> Self {
        Self::Headers(json!({ "host": HOST, "x-api-key": KEY }))
    }

    pub(crate) fn token(token: &str) -> Self {
        Self::Headers(json!({ "host": HOST, "Authorization": token }))
    }

    pub(crate) fn access(world: &World, user: &str) -> Self {
        let password = if user == "bob" { "Battery-Staple8?" } else { PASSWORD };
        Self::token(world.sign_in(WEB, user, password)["AccessToken"].as_str().unwrap())
    }

    pub(crate) fn guest(world: &World) -> Self {
        Self::Credentials(world.credentials(&json!({})).1, NOW)
    }

    pub(crate) fn signer(world: &World, user: &str) -> Self {
        Self::Credentials(world.credentials(&world.logins(user)).1, NOW)
    }

    /// The headers for one request.
    pub(crate) fn headers(&self, path: &str, body: &str) -> Value {
        match self {
            Self::Headers(headers) => headers.clone(),
            Self::Credentials(credentials, time) => {
                let headers = vec![
                    ("accept", "application/json, text/javascript"),
                    ("content-encoding", "amz-1.0"),
                    ("content-type", "application/json; charset=UTF-8"),
                ];
                let signed = Signed { headers, body, time, ..Signed::new(credentials, "appsync", "POST", path) };
                let headers = signed.request().headers.into_iter().map(|(name, value)| (name, json!(value)));
                Value::Object(headers.collect::<Map<_, _>>())
            }
        }
    }
}

impl World {
    /// Posts to a path of AppSync: status and body.
    pub(crate) fn appsync(&self, proof: &Proof, path: &str, body: &Value) -> (u16, Value) {
        let body = body.to_string();
        let response = self.post_text(&proof.headers(path, &body), path, &body);
        (response.status, serde_json::from_slice(&response.body).unwrap_or_default())
    }

    pub(crate) fn post_text(&self, headers: &Value, path: &str, body: &str) -> HttpResponse {
        let headers = headers.as_object().unwrap().iter();
        let headers = headers.map(|(name, value)| (name.clone(), value.as_str().unwrap().to_owned())).collect();
        let request = HttpRequest { method: "POST".into(), target: path.into(), headers, body: body.into() };
        self.emulator.handle(request)
    }

    /// Runs a GraphQL document: the body.
    #[track_caller]
    pub(crate) fn graphql(&self, proof: &Proof, query: &str, variables: Value) -> Value {
        let (status, body) = self.appsync(proof, "/graphql", &json!({ "query": query, "variables": variables }));
        assert_eq!(status, 200, "{body}");
        body
    }

    /// Creates a note: its id.
    #[track_caller]
    pub(crate) fn note(&self, proof: &Proof, title: &str, shared: bool) -> String {
        let query = "mutation New($input: CreateNoteInput!) { createNote(input: $input) { id owner title content shared createdAt } }";
        let reply = self.graphql(proof, query, json!({ "input": { "title": title, "shared": shared } }));
        reply["data"]["createNote"]["id"].as_str().unwrap_or_else(|| panic!("{reply}")).to_owned()
    }

    /// Asks for a WebSocket.
    pub(crate) fn ask(&self, path: &str, protocols: &str) -> Result<Socket<'_>, HttpResponse> {
        let headers = [("Host", HOST), ("Upgrade", "websocket"), ("Sec-WebSocket-Protocol", protocols)];
        let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
        let request = HttpRequest { method: "GET".into(), target: path.into(), headers, body: Vec::new() };
        let frames = Arc::new(Mutex::new(Vec::new()));
        let said = frames.clone();
        let opened = self.emulator.open_socket(&request, move |frame| said.lock().unwrap().push(frame))?;
        Ok(Socket { world: self, id: opened.id, protocol: opened.protocol, frames })
    }

    /// Opens the WebSocket for subscriptions.
    #[track_caller]
    pub(crate) fn connect(&self, proof: &Proof) -> Socket<'_> {
        let header = header(&proof.headers("/graphql/connect", "{}"));
        self.ask("/graphql/realtime", &format!("graphql-ws, {header}"))
            .unwrap_or_else(|reply| panic!("{}", reply.status))
    }

    /// Opens it and waits for the acknowledgement.
    #[track_caller]
    pub(crate) fn connected(&self, proof: &Proof) -> Socket<'_> {
        let socket = self.connect(proof);
        socket.say(&json!({ "type": "connection_init" }));
        let ack = json!({ "type": "connection_ack", "payload": { "connectionTimeoutMs": 300_000 } });
        assert_eq!(socket.heard(), [ack, json!({ "type": "ka" })]);
        socket
    }

    /// Opens the WebSocket for events and waits for the acknowledgement.
    #[track_caller]
    pub(crate) fn events(&self, proof: &Proof) -> Socket<'_> {
        let header = header(&proof.headers("/event", "{}"));
        let socket = self.ask("/event/realtime", &format!("aws-appsync-event-ws,{header}")).ok().unwrap();
        socket.say(&json!({ "type": "connection_init" }));
        let ack = json!({ "type": "connection_ack", "connectionTimeoutMs": 300_000 });
        assert_eq!(socket.heard(), [ack, json!({ "type": "ka" })]);
        socket
    }
}

/// The sub-protocol that carries headers.
pub(crate) fn header(headers: &Value) -> String {
    format!("header-{}", URL_SAFE_NO_PAD.encode(headers.to_string()))
}

/// The query that carries headers, in the older form.
pub(crate) fn query(headers: &Value) -> String {
    let encode = |text: String| STANDARD.encode(text).replace('+', "%2B").replace('/', "%2F").replace('=', "%3D");
    format!("header={}&payload={}", encode(headers.to_string()), encode("{}".into()))
}

/// An open WebSocket.
pub(crate) struct Socket<'w> {
    world: &'w World,
    id: u64,
    pub(crate) protocol: &'static str,
    frames: Arc<Mutex<Vec<Frame>>>,
}

impl Socket<'_> {
    pub(crate) fn say(&self, message: &Value) {
        self.say_text(&message.to_string());
    }

    pub(crate) fn say_text(&self, text: &str) {
        self.world.emulator.socket_text(self.id, text);
    }

    pub(crate) fn hang_up(&self) {
        self.world.emulator.socket_closed(self.id);
    }

    /// What came since the last call.
    pub(crate) fn frames(&self) -> Vec<Frame> {
        std::mem::take(&mut *self.frames.lock().unwrap())
    }

    /// The messages that came since the last call; nothing else may have come.
    #[track_caller]
    pub(crate) fn heard(&self) -> Vec<Value> {
        let text = |frame| match frame {
            Frame::Text(text) => serde_json::from_str(&text).unwrap(),
            other => panic!("{other:?}"),
        };
        self.frames().into_iter().map(text).collect()
    }

    /// Begins a subscription: what comes back.
    #[track_caller]
    pub(crate) fn start(&self, id: &str, proof: &Proof, query: &str, variables: Value) -> Value {
        let data = json!({ "query": query, "variables": variables }).to_string();
        let authorization = proof.headers("/graphql", &data);
        let payload = json!({ "data": data, "extensions": { "authorization": authorization } });
        self.say(&json!({ "id": id, "type": "start", "payload": payload }));
        let mut heard = self.heard();
        assert_eq!(heard.len(), 1, "{heard:?}");
        heard.remove(0)
    }

    /// Begins a subscription that must be acknowledged.
    #[track_caller]
    pub(crate) fn started(&self, id: &str, proof: &Proof, query: &str) {
        assert_eq!(self.start(id, proof, query, json!({})), json!({ "id": id, "type": "start_ack" }));
    }

    /// Subscribes to a channel: what comes back.
    #[track_caller]
    pub(crate) fn subscribe(&self, id: &str, proof: &Proof, channel: &str) -> Value {
        let authorization = proof.headers("/event", &json!({ "channel": channel }).to_string());
        self.say(&json!({ "id": id, "type": "subscribe", "channel": channel, "authorization": authorization }));
        let mut heard = self.heard();
        assert_eq!(heard.len(), 1, "{heard:?}");
        heard.remove(0)
    }
}
