//! From the configuration to pools with users in them.

use super::Config;
use crate::core::directory::Pools;
use crate::core::identity_pools::IdentityPools;
use crate::core::service::{Service, Shared};
use crate::core::services::api::Apis;
use crate::core::services::appsync::AppSync;
use crate::core::services::dynamodb::DynamoDb;
use crate::core::services::hosted::HostedUi;
use crate::core::services::identity::IdentityPoolsApi;
use crate::core::services::idp::{UserImportUploads, UserPoolsApi};
use crate::core::services::oauth::OAuthEndpoints;
use crate::core::services::s3::S3;
use crate::core::services::stand_ins::StandInProviders;
use crate::core::services::sts::Sts;
use crate::core::services::well_known::WellKnown;
use crate::core::world::random::Random;

impl Config {
    /// What services share, as it is at the start.
    pub(crate) fn shared(&self, now_ms: u64, random: &mut Random) -> Shared {
        let mut pools = Pools::new(self.issuer.base());
        for pool in &self.pools {
            // Every configuration was built once when it was read.
            pools.add(pool.build(now_ms, random, true).unwrap_or_else(|error| unreachable!("{}", error.message)));
        }
        let mut identity_pools = IdentityPools::default();
        for pool in &self.identity_pools {
            // As above.
            identity_pools.add(pool.build(&self.open_id_providers).unwrap_or_else(|error| unreachable!("{error}")));
        }
        Shared {
            pools,
            identity_pools,
            roles: self.roles.clone(),
            open_id_providers: self.open_id_providers.iter().cloned().collect(),
            ..Shared::default()
        }
    }

    /// All services, as they are at the start. The first that takes a request answers it.
    pub(crate) fn services(&self, now_ms: u64) -> Vec<Box<dyn Service>> {
        let mut services: Vec<Box<dyn Service>> = vec![
            Box::new(S3::new(&self.region, self.buckets.clone())),
            Box::new(StandInProviders),
            Box::new(UserImportUploads),
            Box::new(Apis::new(self.apis.clone())),
            Box::new(HostedUi::default()),
            Box::new(OAuthEndpoints),
            Box::new(WellKnown),
            Box::new(Sts),
            Box::new(IdentityPoolsApi),
            Box::new(DynamoDb::new(&self.region, self.tables.clone())),
            Box::new(UserPoolsApi),
        ];
        services.extend(
            self.appsync.clone().map(|settings| -> Box<dyn Service> { Box::new(AppSync::new(settings, now_ms)) }),
        );
        services
    }
}
