//! Lambda functions that the tests play: every event is remembered, and each trigger answers as it is told to.

use poolpass_local::core::{
    Config, Delivery, Emulator, HttpResponse, ManualClock, Outbound, OutboundError, OutboundRequest, SEED,
};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use crate::world::{START_MS, World};

/// What a function replies: status and body.
pub(crate) type Reply = Result<(u16, Value), OutboundError>;
type Function = Box<dyn FnMut(&Value) -> Reply + Send>;

/// All functions of one pool, by the names of the triggers.
#[derive(Clone, Default)]
pub(crate) struct Functions(Arc<Mutex<Inner>>);

#[derive(Default)]
struct Inner {
    functions: BTreeMap<String, Function>,
    events: Vec<Value>,
}

/// The ARN of a function.
pub(crate) fn arn(trigger: &str) -> String {
    format!("arn:aws:lambda:eu-west-1:123456789012:function:{trigger}")
}

/// The built-in configuration with other lines for `[UserPool.LambdaConfig]`.
pub(crate) fn config(lambda_config: &str, triggers: &[&str]) -> String {
    let (head, rest) = SEED.split_once("[UserPool.LambdaConfig]\n").unwrap();
    let (_, tail) = rest.split_once("\n\n").unwrap();
    let mut text = format!("{head}[UserPool.LambdaConfig]\n{lambda_config}\n\n{tail}");
    for trigger in triggers {
        text += &format!("\n[[Lambda]]\nArn = \"{}\"\nUrl = \"http://localhost:7000/{trigger}\"\n", arn(trigger));
    }
    text
}

impl Functions {
    /// A world whose pool calls functions for these triggers. They answer with the event as it is, until told otherwise.
    pub(crate) fn world(triggers: &[&str]) -> (World, Self) {
        let lines: Vec<String> = triggers.iter().map(|trigger| format!("{trigger} = \"{}\"", arn(trigger))).collect();
        Self::configured(&config(&lines.join("\n"), triggers))
    }

    pub(crate) fn configured(text: &str) -> (World, Self) {
        let (functions, clock) = (Self::default(), ManualClock::new(START_MS));
        let config = Config::from_toml(text).unwrap();
        let emulator = Emulator::new(config, clock.clone(), Some(1)).with_outbound(functions.clone());
        (World { emulator, clock }, functions)
    }

    /// Lets a function fill in the response.
    pub(crate) fn respond(&self, trigger: &str, respond: impl Fn(&Value) -> Value + Send + 'static) {
        self.reply(trigger, move |event| {
            let mut event = event.clone();
            event["response"] = respond(&event);
            Ok((200, event))
        });
    }

    /// Lets a function fail with this text, as Lambda reports it.
    pub(crate) fn refuse(&self, trigger: &str, text: &'static str) {
        self.reply(trigger, move |_| Ok((200, json!({ "errorMessage": text, "errorType": "Error", "trace": [] }))));
    }

    pub(crate) fn reply(&self, trigger: &str, reply: impl FnMut(&Value) -> Reply + Send + 'static) {
        self.0.lock().unwrap().functions.insert(trigger.to_owned(), Box::new(reply));
    }

    /// The events since the last call.
    pub(crate) fn events(&self) -> Vec<Value> {
        std::mem::take(&mut self.0.lock().unwrap().events)
    }

    /// Their trigger sources.
    pub(crate) fn sources(&self) -> Vec<String> {
        self.events().iter().map(|event| event["triggerSource"].as_str().unwrap().to_owned()).collect()
    }

    /// The only event since the last call.
    #[track_caller]
    pub(crate) fn event(&self) -> Value {
        let mut events = self.events();
        assert_eq!(events.len(), 1, "{events:?}");
        events.remove(0)
    }
}

impl Outbound for Functions {
    fn fetch(&self, request: &OutboundRequest) -> Result<HttpResponse, OutboundError> {
        let trigger = request.url.strip_prefix("http://localhost:7000/").expect("a function");
        assert_eq!(request.method, "POST");
        assert_eq!(request.headers, [("Content-Type".to_owned(), "application/json".to_owned())]);
        let event: Value = serde_json::from_slice(&request.body).unwrap();
        let function = {
            let mut inner = self.0.lock().unwrap();
            inner.events.push(event.clone());
            inner.functions.remove(trigger)
        };
        // A function may call the emulator, which may call other functions.
        let Some(mut function) = function else { return Ok(whole(200, &event)) };
        let reply = function(&event);
        self.0.lock().unwrap().functions.entry(trigger.to_owned()).or_insert(function);
        reply.map(|(status, body)| whole(status, &body))
    }
}

fn whole(status: u16, body: &Value) -> HttpResponse {
    let body = match body {
        Value::String(text) => text.clone().into_bytes(),
        other => other.to_string().into_bytes(),
    };
    HttpResponse { status, headers: Vec::new(), body, delivery: Delivery::Whole }
}
