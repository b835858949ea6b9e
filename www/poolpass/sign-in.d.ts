// The entry point `poolpass/sign-in`: no hosted UI either.
import type { AmplifyConfig, AuthConfig, SignOutInput as WholeSignOutInput, SignOutOutput } from './index.js';
import type { Auth as UserPoolAuth } from './user-pool.js';

export * from './index.js';

/** The input of `signOut`: without the hosted UI. */
export type SignOutInput = Pick<WholeSignOutInput, 'global' | 'signal'>;

/** What {@link createAuth} resolves to: the methods of `poolpass/user-pool` without the hosted UI and the verification of tokens. */
export interface Auth
  extends Omit<
    UserPoolAuth,
    | 'signInWithRedirect'
    | 'signInWithPopup'
    | 'handleRedirect'
    | 'fetchProviderSession'
    | 'userInfo'
    | 'verifyToken'
    | 'signOut'
  > {
  /** As `signOut` of `poolpass`. The hosted UI's own session, if there is one, is left alone. */
  signOut(input?: SignOutInput): Promise<SignOutOutput>;
}

/**
 * As `createAuth` of `poolpass`. Settings of what this entry point lacks are neither used nor checked, so that pages can share one
 * configuration.
 */
export function createAuth(config: AmplifyConfig): Promise<Auth>;
export function createAuth(config: AuthConfig): Promise<Auth>;
