//! Replies to requests whose signature is not accepted.

use serde_json::json;

use super::refusal::{Refusal, Style};
use crate::core::wire::date::xml_date;
use crate::core::wire::html::escape;
use crate::core::wire::http::HttpResponse;

impl Refusal {
    /// The reply of an HTTP API, as API Gateway, AppSync and Lambda URLs give it: the name of the error stands in a header.
    pub(crate) fn gateway_response(&self) -> HttpResponse {
        let body = json!({ "message": self.message(Style::Gateway) });
        HttpResponse::json(self.status(Style::Gateway), &body).with("x-amzn-ErrorType", self.code(Style::Gateway))
    }

    /// The reply of S3, with the details that it adds ("Error responses").
    pub(crate) fn s3_response(&self, now_ms: u64) -> HttpResponse {
        let mut details = vec![("Code", self.code(Style::S3).to_owned()), ("Message", self.message(Style::S3))];
        match self {
            Self::Skew { signed_ms, .. } => details.extend([
                ("RequestTime", super::time::format(*signed_ms)),
                ("ServerTime", xml_date(now_ms)),
                ("MaxAllowedSkewMilliseconds", "900000".into()),
            ]),
            Self::Expired { expired_ms, seconds } => details.extend([
                ("X-Amz-Expires", seconds.to_string()),
                ("Expires", xml_date(*expired_ms)),
                ("ServerTime", xml_date(now_ms)),
            ]),
            Self::Mismatch { canonical, to_sign } => {
                details.extend([("StringToSign", to_sign.clone()), ("CanonicalRequest", canonical.clone())]);
            }
            Self::UnsignedHeaders(names) => details.push(("HeadersNotSigned", names.clone())),
            _ => {}
        }
        let text: String = details.iter().map(|(name, text)| format!("<{name}>{}</{name}>", escape(text))).collect();
        let body = format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error>{text}</Error>");
        HttpResponse::new(self.status(Style::S3), "application/xml", body)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s3_answers_in_xml_with_details() {
        let text = |refusal: &Refusal| {
            let response = refusal.s3_response(1_762_419_903_000);
            (response.status, String::from_utf8(response.body).unwrap())
        };
        let (status, body) = text(&Refusal::Skew { text: String::new(), signed_ms: 1_762_419_903_000 - 901_000 });
        assert_eq!(status, 403);
        assert!(
            body.contains("<Code>RequestTimeTooSkewed</Code>")
                && body.contains("<RequestTime>20251106T085002Z</RequestTime>")
        );
        assert!(body.contains("<ServerTime>2025-11-06T09:05:03Z</ServerTime>") && body.contains(">900000</Max"));
        let (status, body) = text(&Refusal::Expired { expired_ms: 1_762_419_902_000, seconds: 60 });
        assert_eq!(status, 403);
        assert!(
            body.contains("<Code>AccessDenied</Code><Message>Request has expired</Message><X-Amz-Expires>60<"),
            "{body}"
        );
        let (_, body) = text(&Refusal::Mismatch { canonical: "a&b".into(), to_sign: "c".into() });
        assert!(body.contains("<StringToSign>c</StringToSign><CanonicalRequest>a&amp;b</CanonicalRequest>"), "{body}");
        assert_eq!(text(&Refusal::MissingHash).0, 400);
        assert!(text(&Refusal::UnknownKey).1.contains("InvalidAccessKeyId"));
    }
}
