//! Replies, all under the same strict headers that a careful app would send.

/// The demo has to work under a policy without inline script, `eval` or foreign origins, save the
/// emulator's. `wasm-unsafe-eval` is what compiling WebAssembly takes.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; \
    style-src 'self'; img-src 'self' data:; \
    connect-src 'self' http://localhost:* http://127.0.0.1:* ws://localhost:*; \
    base-uri 'none'; form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'";

/// A whole reply; the connection is closed after it.
#[derive(Debug)]
pub(super) struct Reply {
    pub(super) status: u16,
    pub(super) content_type: &'static str,
    pub(super) body: Vec<u8>,
    /// A reply to HEAD: the length is announced, the body kept back.
    pub(super) head_only: bool,
}

impl Reply {
    pub(super) fn found(content_type: &'static str, body: Vec<u8>) -> Self {
        Self { status: 200, content_type, body, head_only: false }
    }

    pub(super) fn error(status: u16) -> Self {
        let body = format!("{status} {}\n", reason(status)).into_bytes();
        Self { status, content_type: "text/plain; charset=utf-8", body, head_only: false }
    }

    pub(super) fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = format!(
            "HTTP/1.1 {} {}\r\n\
             Content-Type: {}\r\n\
             Content-Length: {}\r\n\
             Connection: close\r\n\
             Cache-Control: no-cache\r\n\
             Content-Security-Policy: {CONTENT_SECURITY_POLICY}\r\n\
             X-Content-Type-Options: nosniff\r\n\
             Referrer-Policy: no-referrer\r\n\r\n",
            self.status,
            reason(self.status),
            self.content_type,
            self.body.len(),
        )
        .into_bytes();
        if !self.head_only {
            bytes.extend_from_slice(&self.body);
        }
        bytes
    }
}

fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        400 => "Bad Request",
        405 => "Method Not Allowed",
        _ => "Not Found",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reply_carries_the_strict_headers() {
        for reply in [Reply::found("text/css", b"a{}".to_vec()), Reply::error(404)] {
            let text = String::from_utf8(reply.to_bytes()).unwrap();
            let (head, body) = text.split_once("\r\n\r\n").unwrap();
            assert_eq!(body.as_bytes(), reply.body);
            assert!(head.contains(&format!("Content-Length: {}", body.len())));
            assert!(head.contains("script-src 'self' 'wasm-unsafe-eval'; style-src 'self';"));
            assert!(head.contains("require-trusted-types-for 'script'"));
            assert!(!head.contains("unsafe-inline") && !head.contains("'unsafe-eval'"));
            assert!(head.contains("X-Content-Type-Options: nosniff"));
            assert!(head.contains("Referrer-Policy: no-referrer"));
            assert!(head.lines().all(|line| !line.starts_with(' ')));
        }
    }
}
