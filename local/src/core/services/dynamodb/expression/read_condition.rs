//! Reading conditions: `OR` binds least, then `AND`, then `NOT`.

use super::condition::{Comparator, Condition};
use super::operand::Operand;
use super::parser::Parser;
use super::path::Path;
use super::tokens::Token;
use super::words::Words;
use crate::core::services::dynamodb::value::Value;
use crate::core::wire::error::ServiceError;

const KINDS: [&str; 10] = ["B", "BOOL", "BS", "L", "M", "N", "NS", "NULL", "S", "SS"];
const ORDERED: [&str; 3] = ["B", "N", "S"];

impl Condition {
    /// Reads an expression; `kind` is the member that it stands in.
    ///
    /// # Errors
    /// `ValidationException`.
    pub(in crate::core::services::dynamodb) fn read(
        kind: &'static str,
        text: &str,
        words: &Words,
    ) -> Result<Self, ServiceError> {
        Parser::new(kind, text, words)?.whole(any_of)
    }
}

fn any_of(parser: &mut Parser<'_>) -> Result<Condition, ServiceError> {
    let mut left = all_of(parser)?;
    while parser.keyword("OR") {
        left = Condition::Or(Box::new(left), Box::new(all_of(parser)?));
    }
    Ok(left)
}

fn all_of(parser: &mut Parser<'_>) -> Result<Condition, ServiceError> {
    let mut left = negation(parser)?;
    while parser.keyword("AND") {
        left = Condition::And(Box::new(left), Box::new(negation(parser)?));
    }
    Ok(left)
}

fn negation(parser: &mut Parser<'_>) -> Result<Condition, ServiceError> {
    if parser.keyword("NOT") {
        return parser.deeper(|parser| Ok(Condition::Not(Box::new(negation(parser)?))));
    }
    if parser.sign("(") {
        let inner = parser.deeper(any_of)?;
        parser.expect(")")?;
        return Ok(inner);
    }
    if matches!(parser.peek(), Some(Token::Word(word)) if word != "size")
        && let Some(name) = parser.function()
    {
        return function(parser, &name);
    }
    comparison(parser)
}

fn function(parser: &mut Parser<'_>, name: &str) -> Result<Condition, ServiceError> {
    let condition = match name {
        "attribute_exists" => Condition::Exists(parser.path()?),
        "attribute_not_exists" => Condition::Not(Box::new(Condition::Exists(parser.path()?))),
        "attribute_type" => {
            let (path, kind) = pair(parser, Parser::path, type_name)?;
            Condition::Type(path, kind)
        }
        "begins_with" => {
            let (text, start) = pair(parser, operand, operand)?;
            if let Operand::Value(value) = &start
                && !["B", "S"].contains(&value.kind())
            {
                return Err(wrong_type(parser, "begins_with", value));
            }
            Condition::BeginsWith(text, start)
        }
        "contains" => {
            let (whole, part) = pair(parser, operand, operand)?;
            Condition::Contains(whole, part)
        }
        _ => return Err(parser.invalid(format_args!("Invalid function name; function: {name}"))),
    };
    parser.expect(")")?;
    Ok(condition)
}

fn pair<'w, A, B>(
    parser: &mut Parser<'w>,
    first: impl FnOnce(&mut Parser<'w>) -> Result<A, ServiceError>,
    second: impl FnOnce(&mut Parser<'w>) -> Result<B, ServiceError>,
) -> Result<(A, B), ServiceError> {
    let first = first(parser)?;
    parser.expect(",")?;
    Ok((first, second(parser)?))
}

fn type_name(parser: &mut Parser<'_>) -> Result<String, ServiceError> {
    match parser.value()? {
        Some(Value::S(kind)) if KINDS.contains(&kind.as_str()) => Ok(kind),
        Some(Value::S(kind)) => Err(parser.invalid(format_args!("Invalid attribute type name found; type: {kind}"))),
        Some(other) => Err(wrong_type(parser, "attribute_type", &other)),
        None => Err(parser.syntax()),
    }
}

fn comparison(parser: &mut Parser<'_>) -> Result<Condition, ServiceError> {
    let left = operand(parser)?;
    if parser.keyword("BETWEEN") {
        let low = operand(parser)?;
        if !parser.keyword("AND") {
            return Err(parser.syntax());
        }
        let high = operand(parser)?;
        for bound in [&left, &low, &high] {
            ordered(parser, "BETWEEN", bound)?;
        }
        if let (Operand::Value(from), Operand::Value(to)) = (&low, &high)
            && (from.kind() != to.kind() || from > to)
        {
            return Err(parser.invalid(
                "The BETWEEN operator requires upper bound to be greater than or equal to lower bound, and of the same type",
            ));
        }
        return Ok(Condition::Between { value: left, low, high });
    }
    if parser.keyword("IN") {
        parser.expect("(")?;
        let mut list = vec![operand(parser)?];
        while parser.sign(",") {
            list.push(operand(parser)?);
        }
        parser.expect(")")?;
        return if list.len() <= 100 {
            Ok(Condition::In(left, list))
        } else {
            Err(parser.invalid("IN takes at most 100 values"))
        };
    }
    let (sign, comparator) =
        Comparator::ALL.into_iter().find(|(sign, _)| parser.sign(sign)).ok_or_else(|| parser.syntax())?;
    let right = operand(parser)?;
    if !matches!(comparator, Comparator::Equal | Comparator::NotEqual) {
        ordered(parser, sign, &left)?;
        ordered(parser, sign, &right)?;
    }
    Ok(Condition::Compare(left, comparator, right))
}

fn ordered(parser: &Parser<'_>, operator: &str, operand: &Operand) -> Result<(), ServiceError> {
    match operand {
        Operand::Value(value) if !ORDERED.contains(&value.kind()) => Err(wrong_type(parser, operator, value)),
        _ => Ok(()),
    }
}

fn wrong_type(parser: &Parser<'_>, operator: &str, value: &Value) -> ServiceError {
    let kind = value.kind();
    parser.invalid(format_args!(
        "Incorrect operand type for operator or function; operator or function: {operator}, operand type: {kind}"
    ))
}

fn operand(parser: &mut Parser<'_>) -> Result<Operand, ServiceError> {
    if let Some(value) = parser.value()? {
        return Ok(Operand::Value(value));
    }
    match parser.function().as_deref() {
        Some("size") => {
            let path: Path = parser.path()?;
            parser.expect(")")?;
            Ok(Operand::Size(path))
        }
        Some(name) => Err(parser.invalid(format_args!("Invalid function name; function: {name}"))),
        None => parser.path().map(Operand::Path),
    }
}
