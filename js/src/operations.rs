//! The methods of the npm package, by name: each reads its input, runs, and writes its result.

use std::future::Future;
use std::pin::Pin;

use poolpass::encode::http_date;
use poolpass::error::Error;
use poolpass::json::{Value, Writer};

use crate::platform::NpmPlatform;
use crate::{aws, input, output};

pub(crate) type Client = poolpass::Client<NpmPlatform>;

/// An operation under way. Boxed, so that the code around it is compiled once and not for each operation.
pub(crate) type Work = Pin<Box<dyn Future<Output = Result<Writer, Error>>>>;

/// Begins an operation. `None` if there is none of this name.
pub(crate) fn begin(client: Client, name: &str, input: Value) -> Option<Work> {
    Some(match name {
        "signUp" => Box::pin(async move {
            let result = client.sign_up(&input::sign_up(&input)?).await?;
            Ok(output::sign_up(&result))
        }),
        "confirmSignUp" => Box::pin(async move {
            client.confirm_sign_up(&input::confirm_sign_up(&input)?).await?;
            Ok(output::sign_up_complete())
        }),
        "resendSignUpCode" => Box::pin(async move {
            let delivery = client.resend_sign_up_code(&input::resend_sign_up_code(&input)?).await?;
            Ok(output::delivery(&delivery))
        }),
        "signIn" => Box::pin(async move { client.sign_in(&input::sign_in(&input)?).await.map(output::sign_in) }),
        #[cfg(feature = "hosted-ui")]
        "signInWithRedirect" => Box::pin(async move {
            let request = client.sign_in_with_redirect(&input::redirect(&input)?).await?;
            Ok(output::authorization_request(&request))
        }),
        #[cfg(feature = "hosted-ui")]
        "handleRedirect" => Box::pin(async move {
            let result = client.handle_redirect(&input::url(&input)?).await;
            Ok(output::redirect_result(result.as_deref()))
        }),
        #[cfg(feature = "hosted-ui")]
        "fetchProviderSession" => Box::pin(async move {
            let found = client.provider_token(&input::provider_name(&input)?).await?;
            Ok(output::provider_session(found.as_ref()))
        }),
        #[cfg(feature = "hosted-ui")]
        "userInfo" => Box::pin(async move {
            input::nothing(&input)?;
            client.user_info().await.map(|claims| output::object(&claims))
        }),
        #[cfg(feature = "hosted-ui")]
        "verifyToken" => Box::pin(async move {
            let (token, token_use) = input::token(&input)?;
            client.verify_token(&token, token_use).await.map(|claims| output::object(claims.json()))
        }),
        #[cfg(feature = "aws")]
        "getCredentials" => Box::pin(async move {
            let session = client.aws_session(&aws::credentials_options(&input)?).await?;
            Ok(aws::aws_session(&session))
        }),
        #[cfg(feature = "aws")]
        "unlinkIdentity" => Box::pin(async move {
            let (options, providers) = aws::unlink(&input)?;
            client.unlink_identity(&options, &providers).await.map(|()| Writer::object())
        }),
        #[cfg(feature = "aws")]
        "sign" => Box::pin(async move {
            let headers = client.sign(&aws::sign(&input)?).await?;
            Ok(aws::headers(&headers))
        }),
        #[cfg(feature = "aws")]
        "presign" => Box::pin(async move { client.presign(&aws::presign(&input)?).await.map(|url| aws::url(&url)) }),
        #[cfg(feature = "aws")]
        "authorize" => Box::pin(async move {
            let authorized = client.authorize(&aws::outgoing(&input)?).await?;
            Ok(aws::authorized(&authorized))
        }),
        #[cfg(feature = "aws")]
        "appsync" => Box::pin(async move {
            let request = aws::appsync(&input)?;
            client.appsync(&request).await.map(|access| aws::appsync_access(&access, request.purpose))
        }),
        #[cfg(feature = "aws")]
        "correctClock" => Box::pin(async move {
            let (url, date) = aws::server_date(&input)?;
            http_date::read(date).into_iter().for_each(|time_ms| client.correct_clock(url, time_ms));
            Ok(Writer::object())
        }),
        "recheck" => Box::pin(async move { client.recheck().await.map(|()| Writer::object()) }),
        "getCurrentUser" => Box::pin(async move {
            input::nothing(&input)?;
            client.current_session().await.map(|session| output::user(&session))
        }),
        "fetchAuthSession" => Box::pin(async move {
            let session = client.fetch_auth_session(input::force_refresh(&input)?).await?;
            Ok(output::auth_session(session.as_deref()))
        }),
        "fetchUserAttributes" => Box::pin(async move {
            input::nothing(&input)?;
            client.fetch_user_attributes().await.map(|attributes| output::attributes(&attributes))
        }),
        "signOut" => Box::pin(async move {
            let result = client.sign_out(&input::sign_out(&input)?).await?;
            Ok(output::signed_out(&result))
        }),
        _ => return None,
    })
}
