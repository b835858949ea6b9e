//! Reading expressions from left to right.

use std::sync::LazyLock;

use super::path::{Path, Step};
use super::tokens::{Token, split};
use super::words::Words;
use crate::core::services::dynamodb::exceptions::validation;
use crate::core::services::dynamodb::value::Value;
use crate::core::wire::error::ServiceError;

/// DynamoDB Developer Guide, "Reserved words in DynamoDB"; the list is the one of moto 5.2.1 (Apache-2.0).
static RESERVED: LazyLock<Vec<&str>> = LazyLock::new(|| include_str!("reserved_words.txt").lines().collect());

/// The longest expression, in bytes.
const LONGEST: usize = 4096;
/// The most parentheses and `NOT`s in each other: AWS allows 300 operators, but all that nest are few.
const DEEPEST: usize = 100;

/// One expression, and how much of it was read.
pub(super) struct Parser<'w> {
    /// `ConditionExpression` and the like, for errors.
    kind: &'static str,
    tokens: Vec<Token>,
    position: usize,
    depth: usize,
    words: &'w Words,
}

impl<'w> Parser<'w> {
    /// # Errors
    /// `ValidationException`.
    pub(super) fn new(kind: &'static str, text: &str, words: &'w Words) -> Result<Self, ServiceError> {
        if text.is_empty() {
            return Err(validation(format!("Invalid {kind}: The expression can not be empty;")));
        }
        if text.len() > LONGEST {
            let words = "Expression size has exceeded the maximum allowed size;";
            return Err(validation(format!("Invalid {kind}: {words} expression size: {}", text.len())));
        }
        let tokens = split(text).map_err(|token| {
            validation(format!("Invalid {kind}: Syntax error; token: \"{token}\", near: \"{text}\""))
        })?;
        Ok(Self { kind, tokens, position: 0, depth: 0, words })
    }

    /// Reads something that must be all of the expression.
    ///
    /// # Errors
    /// `ValidationException`.
    pub(super) fn whole<T>(
        mut self,
        read: impl FnOnce(&mut Self) -> Result<T, ServiceError>,
    ) -> Result<T, ServiceError> {
        let found = read(&mut self)?;
        if self.position == self.tokens.len() { Ok(found) } else { Err(self.syntax()) }
    }

    pub(super) fn invalid(&self, text: impl std::fmt::Display) -> ServiceError {
        validation(format!("Invalid {}: {text}", self.kind))
    }

    /// A syntax error at the next token.
    pub(super) fn syntax(&self) -> ServiceError {
        let show = |token: Option<&Token>| token.map_or_else(|| "<EOF>".to_owned(), ToString::to_string);
        let around = self.position.saturating_sub(1)..self.tokens.len().min(self.position + 2);
        let near: Vec<String> = self.tokens[around].iter().map(ToString::to_string).collect();
        let token = show(self.tokens.get(self.position));
        self.invalid(format_args!("Syntax error; token: \"{token}\", near: \"{}\"", near.join(" ")))
    }

    pub(super) fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.position)
    }

    pub(super) fn sign(&mut self, sign: &str) -> bool {
        let found = matches!(self.peek(), Some(Token::Sign(next)) if *next == sign);
        self.position += usize::from(found);
        found
    }

    /// # Errors
    /// A syntax error when another token comes.
    pub(super) fn expect(&mut self, sign: &str) -> Result<(), ServiceError> {
        if self.sign(sign) { Ok(()) } else { Err(self.syntax()) }
    }

    /// A keyword, in any case.
    pub(super) fn keyword(&mut self, keyword: &str) -> bool {
        let found = matches!(self.peek(), Some(Token::Word(word)) if word.eq_ignore_ascii_case(keyword));
        self.position += usize::from(found);
        found
    }

    /// The name of a function and its opening parenthesis. Function names have a case.
    pub(super) fn function(&mut self) -> Option<String> {
        let Some([Token::Word(name), Token::Sign("(")]) = self.tokens.get(self.position..self.position + 2) else {
            return None;
        };
        let name = name.clone();
        self.position += 2;
        Some(name)
    }

    /// Reads what is one deeper.
    ///
    /// # Errors
    /// `ValidationException`.
    pub(super) fn deeper<T>(
        &mut self,
        read: impl FnOnce(&mut Self) -> Result<T, ServiceError>,
    ) -> Result<T, ServiceError> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(self.invalid("The expression is nested too deeply;"));
        }
        let found = read(self);
        self.depth -= 1;
        found
    }

    /// `:value`, if it is next.
    ///
    /// # Errors
    /// `ValidationException` when it is not defined.
    pub(super) fn value(&mut self) -> Result<Option<Value>, ServiceError> {
        let Some(Token::Value(word)) = self.peek() else { return Ok(None) };
        let value = self.words.value(word).cloned().ok_or_else(|| {
            self.invalid(format_args!(
                "An expression attribute value used in expression is not defined; attribute value: {word}"
            ))
        })?;
        self.position += 1;
        Ok(Some(value))
    }

    /// # Errors
    /// `ValidationException`.
    pub(super) fn path(&mut self) -> Result<Path, ServiceError> {
        let first = self.name()?;
        let mut rest = Vec::new();
        loop {
            if self.sign(".") {
                rest.push(Step::Name(self.name()?));
            } else if self.sign("[") {
                let Some(Token::Index(index)) = self.peek() else { return Err(self.syntax()) };
                rest.push(Step::Index(*index));
                self.position += 1;
                self.expect("]")?;
            } else {
                return Ok(Path { first, rest });
            }
        }
    }

    fn name(&mut self) -> Result<String, ServiceError> {
        let Some(Token::Word(word)) = self.peek() else { return Err(self.syntax()) };
        let name = if word.starts_with('#') {
            self.words.name(word).cloned().ok_or_else(|| {
                self.invalid(format_args!(
                    "An expression attribute name used in the document path is not defined; attribute name: {word}"
                ))
            })?
        } else if RESERVED.contains(&word.to_ascii_uppercase().as_str()) {
            return Err(self.invalid(format_args!("Attribute name is a reserved keyword; reserved keyword: {word}")));
        } else {
            word.clone()
        };
        self.position += 1;
        Ok(name)
    }
}
