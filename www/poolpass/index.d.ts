/**
 * Poolpass: a browser auth kit for Amazon Cognito. Names and shapes are AWS Amplify v6's, as methods of an object.
 *
 * @packageDocumentation
 */

/** Settings of {@link createAuth}. Unknown keys and settings that contradict each other are errors that name the key. */
export type AuthConfig = Settings & ({ userPool: UserPoolConfig } | { identityPool: IdentityPoolConfig });

interface Settings {
  /** The AWS region, such as `eu-west-1`. Left out, it is read from the pool's id. */
  region?: string;
  /** The user pool. */
  userPool?: UserPoolConfig;
  /** The identity pool. */
  identityPool?: IdentityPoolConfig;
  /** Where the session is kept. Default `'local'`. */
  storage?: StorageConfig;
  /** Address of `poolpass-local`, such as `http://localhost:9400`. Leave it out for AWS. */
  endpoint?: string;
}

/** A user pool and its app client. */
export interface UserPoolConfig {
  /** `<region>_<name>` */
  userPoolId: string;
  /** The app client's id. The client must have no secret. */
  userPoolClientId: string;
  /** Hosted UI (managed login) of the pool. Checked; nothing uses it yet. */
  oauth?: { domain: string; scopes?: string[]; redirectSignIn?: string[]; redirectSignOut?: string[] };
}

/** An identity pool. Checked; nothing uses it yet. */
export interface IdentityPoolConfig {
  /** `<region>:<uuid>` */
  identityPoolId: string;
  allowGuestAccess?: boolean;
}

/**
 * Where the session is kept:
 * - `'local'`: `localStorage`, shared by all tabs, kept until sign-out;
 * - `'session'`: `sessionStorage`, of one tab and gone with it;
 * - `'memory'`: gone with a reload;
 * - an object of yours.
 */
export type StorageConfig = 'local' | 'session' | 'memory' | KeyValueStorage;

/** A storage of your own. The methods may return promises; what they throw becomes an error with code `storage_…`. */
export interface KeyValueStorage {
  getItem(key: string): string | null | undefined | Promise<string | null | undefined>;
  setItem(key: string, value: string): void | Promise<void>;
  removeItem(key: string): void | Promise<void>;
}

/** An `amplify_outputs.json`, an Amplify v6 `{ Auth: { Cognito } }` object or an `aws-exports` object, as it is. */
export type AmplifyConfig = (
  | { auth: object }
  | { Auth: { Cognito: object } }
  | { aws_user_pools_id: string }
  | { aws_project_region: string }
) & { endpoint?: string; storage?: StorageConfig } & Record<string, unknown>;

/**
 * Checks the configuration, loads the wasm and opens the storage. Sends nothing.
 *
 * @throws {@link PoolpassError} with code `bad_config` (names the setting) or `wasm_load`.
 * @example
 * const auth = await createAuth({
 *   userPool: { userPoolId: 'eu-west-1_AbCdEf123', userPoolClientId: '1h57kf5cpq17m0eml12EXAMPLE' },
 * });
 */
export function createAuth(config: AuthConfig): Promise<Auth>;
export function createAuth(config: AmplifyConfig): Promise<Auth>;

/**
 * Loads the wasm ahead of time, or from elsewhere. `createAuth` does it otherwise, from `poolpass_bg.wasm` beside this
 * file. Repeated calls share one load; after a failure the next call tries again.
 *
 * @throws {@link PoolpassError} with code `wasm_load`.
 */
export function load(source?: string | URL | Request | Response | BufferSource | WebAssembly.Module): Promise<void>;

/** One client of one user pool. The methods may be taken apart: `const { signIn } = auth`. */
export interface Auth {
  /**
   * Signs a new user up (`SignUp`).
   *
   * @throws {@link PoolpassError}: `EmptySignUpUsername`, `EmptySignUpPassword` before any request;
   * `UsernameExistsException`, `InvalidPasswordException` and the service's others; `NetworkError`.
   */
  signUp(input: SignUpInput): Promise<SignUpOutput>;

  /**
   * Confirms a new user with the code they were sent (`ConfirmSignUp`). Never sent twice.
   *
   * @throws {@link PoolpassError}: `EmptyConfirmSignUpUsername`, `EmptyConfirmSignUpCode` before any request;
   * `CodeMismatchException`, `ExpiredCodeException` and the service's others; `NetworkError`.
   */
  confirmSignUp(input: ConfirmSignUpInput): Promise<ConfirmSignUpOutput>;

  /**
   * Sends the confirmation code again (`ResendConfirmationCode`).
   *
   * @throws {@link PoolpassError}: `EmptyResendSignUpCodeUsername` before any request; `LimitExceededException` and the
   * service's others; `NetworkError`.
   */
  resendSignUpCode(input: ResendSignUpCodeInput): Promise<CodeDeliveryDetails>;

  /**
   * Signs in. By SRP, the default, the password is proven and never sent, in two requests. A session that was there is
   * replaced.
   *
   * @throws {@link PoolpassError}: `EmptySignInUsername`, `EmptySignInPassword` before any request;
   * `NotAuthorizedException` (its `reason` says more) and the service's others; `UnsupportedChallengeException`;
   * `NetworkError`.
   */
  signIn(input: SignInInput): Promise<SignInOutput>;

  /**
   * Who is signed in, from the stored session. Sends nothing.
   *
   * @throws {@link PoolpassError}: `UserUnAuthenticatedException`.
   */
  getCurrentUser(input?: Signal): Promise<AuthUser>;

  /**
   * Tokens that can be used now: refreshed if they are about to expire, once for all callers in all tabs. `tokens` is
   * undefined if nobody is signed in, or no longer.
   *
   * @throws {@link PoolpassError}: `NetworkError`, `LockTimeoutException`, and those of the service's that do not end the
   * session. The session goes on.
   */
  fetchAuthSession(input?: FetchAuthSessionInput): Promise<AuthSession>;

  /**
   * The user's attributes as the pool has them now (`GetUser`).
   *
   * @throws {@link PoolpassError}: `UserUnAuthenticatedException`, `NotAuthorizedException` and the service's others;
   * `NetworkError`.
   */
  fetchUserAttributes(input?: Signal): Promise<Record<string, string>>;

  /**
   * Signs out here at once, and at Cognito as far as it can be reached (`RevokeToken`, or `GlobalSignOut`).
   *
   * @throws {@link PoolpassError} with code `storage_write` if the stored session could not be removed.
   */
  signOut(input?: SignOutInput): Promise<SignOutOutput>;

  /**
   * Hears an event, from this tab and the others; call what it returns to stop. Handlers run in a microtask of their own,
   * never inside the operation that caused the event.
   */
  on<E extends keyof AuthEvents>(event: E, handler: (event: AuthEvent<E>) => void): () => void;

  /** The storage in use: `'memory'` where the browser blocks the one that was asked for, undefined once disposed. */
  readonly storage: 'local' | 'session' | 'memory' | 'custom' | undefined;

  /** Lets go of the wasm object and the channel to other tabs. The session stays stored. */
  dispose(): void;
}

/** Every method takes a signal; when it fires, the call ends with an `AbortError`. */
export interface Signal {
  signal?: AbortSignal;
}

export interface SignUpInput extends Signal {
  /** User name, or the e-mail address or phone number where the pool signs in by that. */
  username: string;
  password: string;
  options?: {
    userAttributes?: Record<string, string>;
    /** For the pre sign-up trigger. */
    validationData?: Record<string, string>;
    /** For the triggers. */
    clientMetadata?: Record<string, string>;
  };
}

export interface SignUpOutput {
  isSignUpComplete: boolean;
  userId: string;
  nextStep: { signUpStep: 'DONE' | 'CONFIRM_SIGN_UP'; codeDeliveryDetails?: CodeDeliveryDetails };
}

/** Where a code was sent. */
export interface CodeDeliveryDetails {
  /** Masked by the service: `a***@e***`. */
  destination?: string;
  deliveryMedium?: 'EMAIL' | 'SMS' | (string & {});
  attributeName?: string;
}

export interface ConfirmSignUpInput extends Signal {
  username: string;
  /** Blanks in it are left out. */
  confirmationCode: string;
  options?: {
    /** Take an alias over from another user who has it. */
    forceAliasCreation?: boolean;
    clientMetadata?: Record<string, string>;
  };
}

export interface ConfirmSignUpOutput {
  isSignUpComplete: true;
  nextStep: { signUpStep: 'DONE' };
}

export interface ResendSignUpCodeInput extends Signal {
  username: string;
  options?: { clientMetadata?: Record<string, string> };
}

export interface SignInInput extends Signal {
  /** User name, or an alias such as the e-mail address. */
  username: string;
  password: string;
  options?: {
    /** Default `USER_SRP_AUTH`. `USER_PASSWORD_AUTH` sends the password, as the user migration trigger needs it. */
    authFlowType?: 'USER_SRP_AUTH' | 'USER_PASSWORD_AUTH';
    clientMetadata?: Record<string, string>;
  };
}

export interface SignInOutput {
  isSignedIn: boolean;
  nextStep: { signInStep: 'DONE' | 'CONFIRM_SIGN_UP' | 'RESET_PASSWORD' };
}

export interface AuthUser {
  username: string;
  /** `sub`: the user's immutable id. */
  userId: string;
  signInDetails?: SignInDetails;
}

export interface SignInDetails {
  /** What was typed as user name. */
  loginId: string;
  authFlowType: 'USER_SRP_AUTH' | 'USER_PASSWORD_AUTH' | (string & {});
}

export interface FetchAuthSessionInput extends Signal {
  /** Refresh also if the tokens are still good. */
  forceRefresh?: boolean;
}

export interface AuthSession {
  tokens?: AuthTokens;
  /** Not there yet. */
  credentials?: undefined;
  /** Not there yet. */
  identityId?: undefined;
  userSub?: string;
}

export interface AuthTokens {
  accessToken: JWT;
  idToken?: JWT;
  signInDetails?: SignInDetails;
}

/** A token and its claims. The claims are read, not verified: they came from Cognito over TLS. */
export interface JWT {
  payload: JWTPayload;
  /** The token as it goes into an `Authorization` header. */
  toString(): string;
}

export interface JWTPayload {
  [claim: string]: unknown;
  sub?: string;
  iss?: string;
  aud?: string | string[];
  /** Seconds since 1970. */
  exp?: number;
  /** Seconds since 1970. */
  iat?: number;
}

export interface SignOutInput extends Signal {
  /** End all sessions of the user, on every device. */
  global?: boolean;
}

export interface SignOutOutput {
  /** Whether Cognito ended the session too. If not, tokens that somebody copied work until they expire. */
  isRevoked: boolean;
  /** Why it did not. */
  error?: PoolpassError;
}

/** Events and their data. */
export interface AuthEvents {
  signedIn: AuthUser;
  /** With an `error` if Cognito ended the session. */
  signedOut: { error?: PoolpassError };
  tokenRefresh: Record<string, never>;
  /** The session goes on unless `signedOut` follows. */
  tokenRefresh_failure: { error: PoolpassError };
  /** A stored session could not be read; it was moved to a key that ends in `.corrupt`. */
  sessionSetAside: Record<string, never>;
  /** The session could not be stored; it lives on in this tab alone. */
  sessionNotStored: { error: PoolpassError };
}

export interface AuthEvent<E extends keyof AuthEvents> {
  event: E;
  data: AuthEvents[E];
  /** Whether this tab or another caused it. */
  origin: 'local' | 'remote';
}

/** Kinds of fault. */
export type PoolpassErrorCode =
  | 'service'
  | 'network'
  | 'timeout'
  | 'reply_too_large'
  | 'aborted'
  | 'bad_reply'
  | 'unsupported_challenge'
  | 'srp_refused'
  | 'bad_input'
  | 'bad_config'
  | 'storage_read'
  | 'storage_write'
  | 'lock_timeout'
  | 'signed_out'
  | 'no_random'
  | 'wasm_load'
  | 'disposed'
  | 'bug';

/** What exactly happened, where Cognito uses one exception name for many things. */
export type PoolpassErrorReason =
  | 'access_expired'
  | 'access_revoked'
  | 'already_confirmed'
  | 'attempt_limit'
  | 'client_has_secret'
  | 'session_expired'
  | 'session_used'
  | 'refresh_expired'
  | 'refresh_invalid'
  | 'refresh_reused'
  | 'refresh_revoked'
  | 'user_disabled'
  | 'wrong_password';

/** Every error of this package. */
export class PoolpassError extends Error {
  private constructor();
  /** Cognito's exception name where there is one, such as `NotAuthorizedException`; else Amplify's word. */
  readonly name: string;
  readonly code: PoolpassErrorCode;
  readonly reason?: PoolpassErrorReason;
  /** Whether the same call may succeed later without anything being changed. */
  readonly retryable: boolean;
  /** What to do about it. */
  readonly recoverySuggestion?: string;
  /** HTTP status of the service's answer. */
  readonly status?: number;
  /** The service's request id, for AWS support. */
  readonly requestId?: string;
}

/** Tells a {@link PoolpassError} also across two copies of the package. */
export function isPoolpassError(value: unknown): value is PoolpassError;

export {};
