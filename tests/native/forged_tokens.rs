//! forged_tokens
