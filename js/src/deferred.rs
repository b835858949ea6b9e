//! The methods that few calls need: answers to challenges, step-up, and the operations of the kit's table. They are deferred code.

use poolpass::error::{Error, Misuse, SignInFault};
use poolpass::flow::sign_in::{ConfirmSignIn, RequireAuth, SignInStep};
use poolpass::idp;
use poolpass::json::{Value, Writer};
use poolpass::secret::Secret;

use crate::fields::{Fields, nothing};
use crate::operations::Client;
use crate::user_pool::{preferred, sign_in};

/// Performs a method. `None` if it returns nothing.
pub(crate) async fn perform(client: &Client, name: &str, input: &Value) -> Result<Option<Writer>, Error> {
    if let Some(row) = idp::operations::find(name) {
        // Its input and output have the form of the API already.
        let output = client.perform(row, input).await?;
        return Ok((!row.is_void()).then(|| Writer::with(output.members().unwrap_or_default())));
    }
    let step = match name {
        "confirmSignIn" => client.confirm_sign_in(&confirm_sign_in_input(input)?).await?,
        "requireAuth" => client.require_auth(&require_auth_input(input)?).await?,
        "resumeSignIn" => {
            let text = Fields::root(input, &["serialized"])?.secret("serialized")?;
            let step = client.resume_sign_in(&text).await?.ok_or(SignInFault::NotBegun)?;
            SignInStep::Challenge(step)
        }
        "serializeSignIn" => {
            nothing(input)?;
            let mut json = Writer::object();
            if let Some(step) = client.pending_sign_in().await? {
                json.secret("serialized", &step.serialize());
            }
            return Ok(Some(json));
        }
        _ => return Err(Misuse::Shape.into()),
    };
    Ok(Some(sign_in(step)))
}

fn require_auth_input(json: &Value) -> Result<RequireAuth, Error> {
    let fields = Fields::root(json, &["acr", "maxAge", "options"])?;
    let options = fields.options(&["preferredChallenge", "clientMetadata"])?;
    Ok(RequireAuth {
        acr: fields.list("acr")?,
        max_age: fields.integer("maxAge")?,
        preferred: preferred(&options)?,
        client_metadata: options.string_map("clientMetadata")?,
    })
}

fn confirm_sign_in_input(json: &Value) -> Result<ConfirmSignIn, Error> {
    let fields = Fields::root(json, &["challengeResponse", "options"])?;
    let options = fields.options(&["userAttributes", "clientMetadata", "friendlyDeviceName", "challengeResponses"])?;
    let device_name = options.str("friendlyDeviceName")?;
    Ok(ConfirmSignIn {
        response: fields.secret("challengeResponse")?,
        attributes: options.string_map("userAttributes")?,
        friendly_device_name: (!device_name.is_empty()).then(|| device_name.to_owned()),
        responses: options
            .string_map("challengeResponses")?
            .into_iter()
            .map(|(name, value)| (name, Secret::from(value)))
            .collect(),
        client_metadata: options.string_map("clientMetadata")?,
    })
}
