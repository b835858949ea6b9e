//! A URL taken apart without changing a letter: browsers' parsers resolve dots, which are part of a key in S3.

/// The parts of a URL as they are sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Url<'a> {
    /// `https` or `http`.
    pub scheme: &'a str,
    /// Host, and port unless it is the scheme's own.
    pub host: &'a str,
    /// The path, percent-encoded; empty or from its first slash on.
    pub path: &'a str,
    /// The query without `?`; empty if there is none.
    pub query: &'a str,
}

impl<'a> Url<'a> {
    /// Takes an absolute URL apart. `None` if it is none, or names a user.
    pub fn read(url: &'a str) -> Option<Self> {
        let url = url.split('#').next()?;
        let (scheme, rest) = url.split_once(':')?;
        let rest = rest.strip_prefix("//")?;
        let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
        let host = rest.split('/').next()?;
        let path = rest.get(host.len()..)?;
        let standard_port = match scheme {
            "https" => ":443",
            "http" => ":80",
            _ => return None,
        };
        let host = host.strip_suffix(standard_port).unwrap_or(host);
        (!host.is_empty() && !host.contains('@')).then_some(Self { scheme, host, path, query })
    }
}
