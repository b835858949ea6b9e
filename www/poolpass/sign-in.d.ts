// The entry point `poolpass/sign-in`: no hosted UI either.
import type { AmplifyConfig, Auth as WholeAuth, AuthConfig, SignOutInput as WholeSignOutInput, SignOutOutput } from './index.js';

export * from './index.js';

/** The input of `signOut`: without the hosted UI. */
export type SignOutInput = Pick<WholeSignOutInput, 'global' | 'signal'>;

/** What {@link createAuth} resolves to: sign-up, sign-in with a password, the session, `fetch` with the user's tokens. */
export interface Auth
  extends Pick<
    WholeAuth,
    | 'signUp'
    | 'confirmSignUp'
    | 'resendSignUpCode'
    | 'signIn'
    | 'warmUp'
    | 'getCurrentUser'
    | 'fetchAuthSession'
    | 'groups'
    | 'claims'
    | 'fetchUserAttributes'
    | 'fetch'
    | 'on'
    | 'storage'
    | 'dispose'
  > {
  /** As `signOut` of `poolpass`. The hosted UI's own session, if there is one, is left alone. */
  signOut(input?: SignOutInput): Promise<SignOutOutput>;
}

/** As `createAuth` of `poolpass`. Settings of what this entry point lacks are checked and not used. */
export function createAuth(config: AmplifyConfig): Promise<Auth>;
export function createAuth(config: AuthConfig): Promise<Auth>;
