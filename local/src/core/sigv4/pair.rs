//! A name and a value, as they are signed.

/// Name and value of a query, as they were sent.
pub(super) type Pair<'a> = (&'a str, &'a str);
