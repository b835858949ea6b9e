//! `ListObjectsV2`.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use std::collections::BTreeSet;
use std::ops::Bound;

use super::call::Call;
use super::error::{S3Error, invalid_argument};
use super::object::Object;
use super::xml::{document, element};
use crate::core::iam::ACCOUNT;
use crate::core::sigv4;
use crate::core::wire::date::xml_date;
use crate::core::wire::http::HttpResponse;

/// The most keys and common prefixes in one reply.
const MOST: usize = 1000;

pub(super) fn run(call: &Call<'_>) -> Result<HttpResponse, S3Error> {
    let get = |name: &str| call.query.get(name).filter(|value| !value.is_empty());
    let most = get("max-keys").map_or(Ok(MOST), |text| {
        let number = text.parse::<usize>().ok().filter(|number| i32::try_from(*number).is_ok());
        number.ok_or_else(|| {
            invalid_argument("Provided max-keys not an integer or within integer range", "max-keys", text)
        })
    })?;
    let most = most.min(MOST);
    let encoding = match get("encoding-type") {
        None => false,
        Some("url") => true,
        Some(other) => {
            return Err(invalid_argument("Invalid Encoding Method specified in Request", "encoding-type", other));
        }
    };
    let shown = |text: &str| if encoding { sigv4::encode(text.as_bytes(), true) } else { text.to_owned() };
    let token = get("continuation-token").map(|token| {
        read_token(token).ok_or_else(|| {
            invalid_argument("The continuation token provided is incorrect", "continuation-token", token)
        })
    });
    let token = token.transpose()?;
    let (prefix, delimiter) = (get("prefix").unwrap_or_default(), get("delimiter"));
    let start = token.as_deref().or(get("start-after")).unwrap_or_default();

    let owner = if get("fetch-owner") == Some("true") {
        format!("<Owner>{}</Owner>", element("ID", ACCOUNT))
    } else {
        String::new()
    };
    let mut contents = String::new();
    let mut common: BTreeSet<&str> = BTreeSet::new();
    let (mut count, mut last, mut more) = (0, None, false);
    let range = call.bucket.objects.range::<str, _>((Bound::Excluded(start), Bound::Unbounded));
    for (key, object) in range.filter(|(key, _)| key.starts_with(prefix)) {
        let group = delimiter.and_then(|delimiter| {
            let end = prefix.len() + key[prefix.len()..].find(delimiter)? + delimiter.len();
            Some(&key[..end])
        });
        // A group that was listed, here or on a page before, is not listed again.
        if group.is_some_and(|group| common.contains(group) || token.is_some() && start.starts_with(group)) {
            last = Some(key);
            continue;
        }
        if count == most {
            more = most > 0;
            break;
        }
        match group {
            Some(group) => drop(common.insert(group)),
            None => contents += &entry(&shown(key), object, &owner),
        }
        count += 1;
        last = Some(key);
    }
    let groups: String = common
        .iter()
        .map(|group| format!("<CommonPrefixes>{}</CommonPrefixes>", element("Prefix", &shown(group))))
        .collect();
    let optional = |name: &str, value: Option<String>| value.map(|value| element(name, &value)).unwrap_or_default();
    let next = last.filter(|_| more).map(|key| URL_SAFE_NO_PAD.encode(key));
    let body = [
        element("Name", &call.bucket.name),
        element("Prefix", &shown(prefix)),
        optional("StartAfter", get("start-after").map(shown)),
        optional("ContinuationToken", get("continuation-token").map(str::to_owned)),
        optional("NextContinuationToken", next),
        element("KeyCount", &count.to_string()),
        element("MaxKeys", &most.to_string()),
        optional("Delimiter", delimiter.map(shown)),
        optional("EncodingType", encoding.then(|| "url".to_owned())),
        element("IsTruncated", if more { "true" } else { "false" }),
        contents,
        groups,
    ];
    Ok(HttpResponse::new(200, "application/xml", document("ListBucketResult", &body.concat())))
}

fn entry(key: &str, object: &Object, owner: &str) -> String {
    let parts = [
        element("Key", key),
        element("LastModified", &xml_date(object.modified_ms).replace('Z', ".000Z")),
        element("ETag", &object.etag),
        element("ChecksumAlgorithm", &object.checksum.0.name().to_ascii_uppercase()),
        element("ChecksumType", "FULL_OBJECT"),
        element("Size", &object.body.len().to_string()),
        owner.to_owned(),
        element("StorageClass", "STANDARD"),
    ];
    format!("<Contents>{}</Contents>", parts.concat())
}

fn read_token(token: &str) -> Option<String> {
    String::from_utf8(URL_SAFE_NO_PAD.decode(token).ok()?).ok()
}
