//! `DeleteObject`: the same answer whether there was an object or not.

use super::call::Call;
use crate::core::wire::http::HttpResponse;

pub(super) fn run(call: &mut Call<'_>) -> HttpResponse {
    call.bucket.objects.remove(call.key);
    let mut response = HttpResponse::new(204, "", "");
    response.headers.clear();
    response
}
