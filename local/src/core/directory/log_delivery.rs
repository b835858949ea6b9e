//! Where a pool's logs are to go. No logs are written here: the configuration is kept and given back.

use serde::{Deserialize, Serialize};

use super::PoolSettings;
use crate::core::wire::error::{ServiceError, invalid};

/// `LogConfigurationType`.
#[derive(Clone, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct LogConfiguration {
    log_level: String,
    event_source: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    cloud_watch_logs_configuration: Option<LogGroup>,
    #[serde(skip_serializing_if = "Option::is_none")]
    s3_configuration: Option<LogBucket>,
    #[serde(skip_serializing_if = "Option::is_none")]
    firehose_configuration: Option<LogStream>,
}

#[derive(Clone, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
struct LogGroup {
    #[serde(skip_serializing_if = "Option::is_none")]
    log_group_arn: Option<String>,
}

#[derive(Clone, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
struct LogBucket {
    #[serde(skip_serializing_if = "Option::is_none")]
    bucket_arn: Option<String>,
}

#[derive(Clone, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
struct LogStream {
    #[serde(skip_serializing_if = "Option::is_none")]
    stream_arn: Option<String>,
}

impl LogConfiguration {
    /// Checks what `LogConfigurationType` says of level, source and destination.
    ///
    /// # Errors
    /// `InvalidParameterException`, or `FeatureUnavailableInTierException` for the logs of threat protection below Plus.
    pub(crate) fn check_all(all: &[Self], settings: &PoolSettings) -> Result<(), ServiceError> {
        for (index, log) in all.iter().enumerate() {
            if all[..index].iter().any(|other| other.event_source == log.event_source) {
                return Err(invalid(format!("{} has more than one log configuration.", log.event_source)));
            }
            let others = [log.s3_configuration.is_some(), log.firehose_configuration.is_some()];
            let count = others.iter().filter(|given| **given).count()
                + usize::from(log.cloud_watch_logs_configuration.is_some());
            if count != 1 {
                return Err(invalid("A log configuration needs exactly one destination."));
            }
            let (level, any_destination) = match log.event_source.as_str() {
                "userAuthEvents" => ("INFO", true),
                _ => ("ERROR", false),
            };
            if log.log_level != level {
                return Err(invalid(format!("{} needs the log level {level}.", log.event_source)));
            }
            if !any_destination && others.contains(&true) {
                return Err(invalid(format!("{} needs a CloudWatchLogsConfiguration.", log.event_source)));
            }
            if any_destination {
                settings.check_user_activity_logs()?;
            }
        }
        Ok(())
    }
}
