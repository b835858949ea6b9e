// The entry point `poolpass/user-pool`: no AWS credentials, no AppSync.
import type { AmplifyConfig, Auth as WholeAuth, AuthConfig } from './index.js';

export * from './index.js';

/** What {@link createAuth} resolves to: the methods of `poolpass` without AWS credentials, signatures and AppSync. */
export type Auth = Omit<
  WholeAuth,
  'getCredentials' | 'unlinkIdentity' | 'sign' | 'presign' | 'graphql' | 'subscribe' | 'events'
>;

/**
 * As `createAuth` of `poolpass`. Settings of what this entry point lacks are neither used nor checked, so that pages can share one
 * configuration.
 */
export function createAuth(config: AmplifyConfig): Promise<Auth>;
export function createAuth(config: AuthConfig): Promise<Auth>;
