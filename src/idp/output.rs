//! What an operation returns: the reply in the form of the API.

use crate::error::{Error, ErrorKind, ResponseProblem, ServiceError};
use crate::json::Value;

/// A member of an output.
#[derive(Debug)]
pub struct Output {
    /// Cognito's name. Empty for what is not a member of the reply.
    wire: &'static str,
    /// The API's name. Empty for an object whose members stand in the output itself.
    name: &'static str,
    kind: Kind,
    /// The problem of a reply that lacks the member. `None` if it is optional.
    missing: Option<ResponseProblem>,
}

#[derive(Debug)]
enum Kind {
    /// A text.
    Text,
    /// A number.
    Number,
    /// Any JSON.
    Json,
    /// A text or a list of texts. Those that stand here first become the second.
    Words(Words),
    /// A list of objects of these members.
    List(&'static [Output]),
    /// Nothing, if the reply has this text. If it has another one, the service has refused a code.
    Accepted(&'static str),
    /// A truth value. A missing one is false.
    Bool,
    /// Always this truth value.
    Is(bool),
    /// One of two texts, by a truth value: if it is true, and if not.
    Choice(&'static str, &'static str),
    /// Always this text.
    Word(&'static str),
    /// An object of these members.
    Object(&'static [Output]),
    /// A list of `{Name, Value}`, as an object.
    Attributes,
}

/// Cognito's words, each with the API's.
pub type Words = &'static [(&'static str, &'static str)];

impl Output {
    /// A text.
    pub const fn text(wire: &'static str, name: &'static str) -> Self {
        Self::new(wire, name, Kind::Text)
    }

    /// A number, such as a time in seconds since 1970.
    pub const fn number(wire: &'static str, name: &'static str) -> Self {
        Self::new(wire, name, Kind::Number)
    }

    /// Any JSON, as it is.
    pub const fn json(wire: &'static str, name: &'static str) -> Self {
        Self::new(wire, name, Kind::Json)
    }

    /// A text or a list of texts, with the API's words for Cognito's. Other words stay.
    pub const fn words(wire: &'static str, name: &'static str, words: Words) -> Self {
        Self::new(wire, name, Kind::Words(words))
    }

    /// A list of objects of these members.
    pub const fn list(wire: &'static str, name: &'static str, members: &'static [Self]) -> Self {
        Self::new(wire, name, Kind::List(members))
    }

    /// A text that must be this one: with any other, the service says that the code was wrong.
    pub const fn accepted(wire: &'static str, text: &'static str) -> Self {
        Self::new(wire, "", Kind::Accepted(text))
    }

    /// A truth value. A missing one is false.
    pub const fn bool(wire: &'static str, name: &'static str) -> Self {
        Self::new(wire, name, Kind::Bool)
    }

    /// Always this truth value.
    pub const fn is(name: &'static str, value: bool) -> Self {
        Self::new("", name, Kind::Is(value))
    }

    /// One text if the reply's truth value is true, another if not.
    pub const fn choice(wire: &'static str, name: &'static str, yes: &'static str, no: &'static str) -> Self {
        Self::new(wire, name, Kind::Choice(yes, no))
    }

    /// Always this text.
    pub const fn word(name: &'static str, text: &'static str) -> Self {
        Self::new("", name, Kind::Word(text))
    }

    /// An object that the reply does not have. Its members come from the reply.
    pub const fn object(name: &'static str, members: &'static [Self]) -> Self {
        Self::new("", name, Kind::Object(members))
    }

    /// An object of the reply.
    pub const fn member(wire: &'static str, name: &'static str, members: &'static [Self]) -> Self {
        Self::new(wire, name, Kind::Object(members))
    }

    /// The members of an object of the reply, without the object.
    pub const fn members_of(wire: &'static str, members: &'static [Self]) -> Self {
        Self::new(wire, "", Kind::Object(members))
    }

    /// The names and values of a list of attributes.
    pub const fn attributes(wire: &'static str) -> Self {
        Self::new(wire, "", Kind::Attributes)
    }

    /// A list of attributes, as an object of this name.
    pub const fn attributes_as(wire: &'static str, name: &'static str) -> Self {
        Self::new(wire, name, Kind::Attributes)
    }

    /// A member that the reply must have, and the problem if it lacks it.
    pub const fn required(self, problem: ResponseProblem) -> Self {
        Self { missing: Some(problem), ..self }
    }

    /// Whether it checks the reply and adds no member.
    pub(super) fn is_check(&self) -> bool {
        matches!(self.kind, Kind::Accepted(_))
    }

    const fn new(wire: &'static str, name: &'static str, kind: Kind) -> Self {
        Self { wire, name, kind, missing: None }
    }
}

type Members = Vec<(String, Value)>;

/// Adds what the reply has of these members.
pub(super) fn read(outputs: &[Output], reply: &Value, into: &mut Members) -> Result<(), Error> {
    for output in outputs {
        let value = if output.wire.is_empty() { Some(reply) } else { reply.get(output.wire) };
        let Some(value) = read_one(&output.kind, value)? else {
            match output.missing {
                Some(problem) => return Err(Error::invalid_response(problem)),
                None => continue,
            }
        };
        match value {
            Value::Object(members) if output.name.is_empty() => into.extend(members),
            value => into.push((output.name.to_owned(), value)),
        }
    }
    Ok(())
}

fn read_one(kind: &Kind, value: Option<&Value>) -> Result<Option<Value>, Error> {
    let is_true = value.and_then(Value::as_bool) == Some(true);
    Ok(Some(match kind {
        Kind::Bool => Value::Bool(is_true),
        Kind::Is(value) => Value::Bool(*value),
        Kind::Choice(yes, no) => Value::from(if is_true { *yes } else { *no }),
        Kind::Word(text) => Value::from(*text),
        Kind::Text => return Ok(value.filter(|value| value.as_str().is_some()).cloned()),
        Kind::Object(outputs) => {
            let Some(reply) = value.filter(|value| value.members().is_some()) else { return Ok(None) };
            let mut members = Members::new();
            read(outputs, reply, &mut members)?;
            Value::Object(members)
        }
        Kind::Number => return Ok(value.filter(|value| matches!(value, Value::Number(_))).cloned()),
        Kind::Json => return Ok(value.cloned()),
        Kind::Words(words) => return Ok(value.and_then(|value| read_words(words, value))),
        Kind::List(outputs) => {
            let Some(list) = value.and_then(Value::elements) else { return Ok(None) };
            let read_element = |element: &Value| {
                let mut members = Members::new();
                read(outputs, element, &mut members).map(|()| Value::Object(members))
            };
            Value::Array(list.iter().map(read_element).collect::<Result<_, _>>()?)
        }
        Kind::Accepted(text) => match value.and_then(Value::as_str) {
            Some(found) if found != *text => return Err(ErrorKind::Service(ServiceError::wrong_code()).into()),
            _ => return Ok(None),
        },
        Kind::Attributes => {
            let Some(list) = value.and_then(Value::elements) else { return Ok(None) };
            let read = |attribute: &Value| {
                Some((attribute.string("Name")?, attribute.str("Value").unwrap_or_default().into()))
            };
            let members = list.iter().map(read).collect::<Option<_>>();
            Value::Object(members.ok_or_else(|| Error::invalid_response(ResponseProblem::AttributeName))?)
        }
    }))
}

fn read_words(words: Words, value: &Value) -> Option<Value> {
    match value {
        Value::Array(list) => Some(Value::Array(list.iter().filter_map(|value| read_words(words, value)).collect())),
        value => {
            let text = value.as_str()?;
            Some(words.iter().find(|(wire, _)| *wire == text).map_or(text, |(_, word)| word).into())
        }
    }
}
