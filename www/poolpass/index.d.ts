/**
 * Poolpass: a browser auth kit for Amazon Cognito, with the names and shapes of AWS Amplify v6, as methods of an object.
 *
 * @packageDocumentation
 */

export * from './account_types.js';
export * from './sign_in_types.js';
import type {
  ConfirmResetPasswordInput,
  ConfirmUserAttributeInput,
  DeleteUserAttributesInput,
  DeviceInput,
  FetchAuthFactorsOutput,
  ListSessionsOutput,
  RevokeSessionInput,
  UpdateAuthEventFeedbackInput,
  FetchMFAPreferenceOutput,
  ResetPasswordInput,
  ResetPasswordOutput,
  SendUserAttributeVerificationCodeInput,
  SetUpTOTPOutput,
  UpdateMFAPreferenceInput,
  UpdatePasswordInput,
  UpdateUserAttributeInput,
  UpdateUserAttributeOutput,
  UpdateUserAttributesInput,
  VerifyTOTPSetupInput,
  UserDevice,
  ListWebAuthnCredentialsInput,
  ListWebAuthnCredentialsOutput,
  DeleteWebAuthnCredentialInput,
} from './account_types.js';
import type { AuthFlowType, ConfirmSignInInput, RequireAuthInput, SignInInput, SignInOutput } from './sign_in_types.js';

/** The settings of {@link createAuth}. An unknown key or a contradiction between settings is an error that names the key. */
export type AuthConfig = Settings & ({ userPool: UserPoolConfig } | { identityPool: IdentityPoolConfig });

interface Settings {
  /**
   * The AWS region of an AppSync API whose address and configuration name none, such as `eu-west-1`. Default: the user
   * pool's. Each pool is in the region that its ID names.
   */
  region?: string;
  /** The user pool. */
  userPool?: UserPoolConfig;
  /** The identity pool. */
  identityPool?: IdentityPoolConfig;
  /** OpenID Connect providers for direct sign-in, under names that you choose: `signInWithRedirect({ provider: { oidc: name } })`. */
  oidcProviders?: Record<string, OidcProviderConfig>;
  /** The AppSync GraphQL API for {@link Auth.graphql} and {@link Auth.subscribe}. */
  graphql?: AppSyncConfig;
  /** The AppSync Event API for {@link Auth.events}. */
  events?: AppSyncConfig;
  /** The credential that {@link Auth.fetch} sends to each origin. A request to any other origin is an error. */
  origins?: OriginRule[];
  /**
   * Whether `warmUp` is called by itself when a password field of the page has the focus. In a page with a fresh session not before the
   * session is about to be refreshed. Default: false.
   */
  warmUpOnFocus?: boolean;
  /**
   * Returns more logins for the identity pool. Poolpass adds the logins of the user pool and of `oidcProviders` itself. This
   * function is called whenever credentials are needed, also for each signature, so cache your token while it is valid.
   *
   * The keys are the identity pool's provider names, such as `accounts.google.com` or `graph.facebook.com`. For a developer
   * provider the key is `cognito-identity.amazonaws.com`, with the token that your back end got from
   * `GetOpenIdTokenForDeveloperIdentity`. That token also names the identity.
   *
   * If its promise has not settled after 15 seconds, the call fails with code `timeout`. An error that this function throws is
   * passed on unchanged.
   */
  logins?: () => Logins | Promise<Logins>;
  /** Where the session is stored. Default `'local'`. */
  storage?: StorageConfig;
  /** The address of `poolpass-local`, such as `http://localhost:9400`, which also serves its hosted UI. Omit it for AWS. */
  endpoint?: string;
  /**
   * Whether `createAuth` removes a sign-in page's response from this page's URL and finishes the sign-in. Default `true`.
   * With `false`, call `handleRedirect()` yourself.
   */
  handleRedirect?: boolean;
}

/** A user pool and its app client. */
export interface UserPoolConfig {
  /** `<region>_<name>` */
  userPoolId: string;
  /** The app client's ID. */
  userPoolClientId: string;
  /**
   * The app client's secret, if it has one. Best is a client without one: a browser can't keep a secret. If the client must have
   * one, give a function that asks **your server** for the `SECRET_HASH` of a user name, so that the secret is not in the page:
   * the base64 of HMAC-SHA256, under the secret, of the user name followed by the client ID.
   *
   * The name is the one that the request carries: as the user typed it or, once Cognito has named the user, the internal one.
   * The function has 15 seconds. What it throws is thrown to the caller; a failed refresh ends no session. With a function,
   * `signOut` can't revoke the refresh token (it says so, and `global: true` can), refresh tokens can't rotate, and the hosted
   * UI can't be used.
   *
   * A text is the secret itself, which everybody who opens the page can read.
   */
  clientSecret?: string | ((username: string) => string | Promise<string>);
  /** The address of your own proxy for the user pool's API (Amplify: `userPoolEndpoint`). Default: AWS's. */
  endpoint?: string;
  /** The pool's hosted UI (managed login). */
  oauth?: OAuthConfig;
}

/** A hosted UI (managed login). */
export interface OAuthConfig {
  /** The host of the pool's domain: `<prefix>.auth.<region>.amazoncognito.com`, or your own. */
  domain: string;
  /** The scopes to request, such as `openid`, `email`, `notes/read`. Default: all scopes that the app client allows. */
  scopes?: string[];
  /** Callback URLs, exactly as registered with the app client. Poolpass uses the URL of the page, or else of its origin. */
  redirectSignIn?: string[];
  /** Sign-out URLs, exactly as registered with the app client. */
  redirectSignOut?: string[];
}

/** An OpenID Connect provider for direct sign-in, without the user pool. */
export interface OidcProviderConfig {
  /** Its `issuer`, such as `https://login.example.com`. Poolpass fetches `/.well-known/openid-configuration` from it. */
  issuer: string;
  /** Your client at the provider: a public client that may use the code flow with PKCE in a browser. */
  clientId: string;
  /** Default `openid`, which is always requested. */
  scopes?: string[];
  /**
   * Callback URLs, exactly as registered with the provider. Don't use their paths for another server, such as the user pool,
   * unless the provider's discovery document has `authorization_response_iss_parameter_supported`.
   */
  redirectSignIn?: string[];
}

/** An identity pool. */
export interface IdentityPoolConfig {
  /** `<region>:<uuid>` */
  identityPoolId: string;
  /** Whether users who are not signed in get credentials, as guests. */
  allowGuestAccess?: boolean;
  /** The address of your own proxy for the identity pool's API (Amplify: `identityPoolEndpoint`). Default: AWS's. */
  endpoint?: string;
  /** The basic (classic) flow: you choose the roles, and STS issues the credentials. Default: the enhanced flow. */
  basicFlow?: {
    authenticatedRoleArn: string;
    guestRoleArn?: string;
    /** 900 to 43,200. Default: the role's setting. */
    durationSeconds?: number;
  };
}

/** Tokens, by the provider's name in the identity pool, such as `accounts.google.com`. */
export type Logins = Record<string, string>;

/** The credential for the requests to one origin. */
export interface OriginRule {
  /** Scheme, host and port, such as `https://api.example.com`. */
  origin: string;
  /** The ID token or the access token (as a bearer token), a signature with the identity pool's credentials, or nothing. */
  auth: 'id' | 'access' | 'iam' | 'none';
  /** For `iam`: the service's signing name, such as `execute-api`. Default: the one that an AWS host names. */
  service?: string;
  /** For `iam`: the region. Default: the one that an AWS host names. */
  region?: string;
}

/**
 * Where the session is stored:
 * - `'local'`: in `localStorage`, shared by all tabs until sign-out;
 * - `'session'`: in `sessionStorage`, for one tab until it closes;
 * - `'memory'`: in memory, until a reload;
 * - in your own storage object.
 */
export type StorageConfig = 'local' | 'session' | 'memory' | KeyValueStorage;

/** An AppSync API. */
export interface AppSyncConfig {
  /**
   * Its HTTP endpoint: `https://….appsync-api.<region>.amazonaws.com/graphql`, or `…/event`, or an address on a domain of
   * yours. `http:` is for this machine only. Poolpass derives the real-time endpoint: `wss:`, or `ws:` on this machine.
   */
  endpoint: string;
  /** The API's region, for `'iam'`. Default: the region in the endpoint, or else the configuration's. */
  region?: string;
  /** The default authorization mode. Default `'userPool'`, or `'iam'` in a configuration of Amplify's. */
  defaultAuthMode?: AppSyncAuthMode;
  /** The API key, for `'apiKey'`. */
  apiKey?: string;
}

/**
 * How a request to AppSync is authorized:
 * - `'apiKey'`: the API key;
 * - `'userPool'`: the user's access token, refreshed as needed. To send the ID token, use `'oidc'`;
 * - `'iam'`, or `'identityPool'`: a signature with the identity pool's credentials, of a user or a guest;
 * - `'oidc'`, `'lambda'`: the call's `authToken`;
 * - `'none'`: no credential, for your own endpoint that needs none.
 */
export type AppSyncAuthMode = 'apiKey' | 'userPool' | 'iam' | 'identityPool' | 'oidc' | 'lambda' | 'none';

/**
 * A storage of your own. The methods may return promises of any library. If a method throws, if its promise rejects, or if
 * `getItem` returns anything but a string, null or undefined, the error has the code `storage_read` or `storage_write`.
 */
export interface KeyValueStorage {
  getItem(key: string): string | null | undefined | PromiseLike<string | null | undefined>;
  setItem(key: string, value: string): void | PromiseLike<void>;
  removeItem(key: string): void | PromiseLike<void>;
}

/**
 * An `amplify_outputs.json`, an Amplify v6 `{ Auth: { Cognito } }` object or an `aws-exports` object, with Amplify's
 * defaults. An `aws-exports` file therefore allows guests unless `aws_mandatory_sign_in` is `'enable'`. Errors use Amplify's
 * names.
 */
export type AmplifyConfig = (
  | {
      auth: object;
      /** A setting of Poolpass, or the section of `amplify_outputs.json` about S3, which Poolpass ignores. */
      storage?: StorageConfig | { bucket_name: string; [setting: string]: unknown };
    }
  | (({ Auth: { Cognito: object } } | { aws_user_pools_id: string } | { aws_project_region: string }) & { storage?: StorageConfig })
) &
  Pick<Settings, 'endpoint' | 'graphql' | 'events' | 'handleRedirect' | 'logins' | 'oidcProviders' | 'origins'> &
  Record<string, unknown>;

/**
 * Checks the configuration, loads the wasm and opens the storage. Sends no request to Cognito.
 *
 * Call it in a browser. On a server, all visitors would share one session, so without `storage: 'memory'` or your own storage
 * object it fails with code `no_window`.
 *
 * @throws {@link PoolpassError} with code `bad_config` (the message names the setting), `no_window`, or `wasm_load` (see
 * {@link load}).
 * @example
 * const auth = await createAuth({
 *   userPool: { userPoolId: 'eu-west-1_AbCdEf123', userPoolClientId: '1h57kf5cpq17m0eml12EXAMPLE' },
 * });
 */
export function createAuth(config: AmplifyConfig): Promise<Auth>;
export function createAuth(config: AuthConfig): Promise<Auth>;

/**
 * Loads the wasm ahead of time, or from another place. Otherwise `createAuth` loads it: `poolpass_bg.wasm` from beside this
 * file, or from inside the script if you import `poolpass/inline`. Repeated calls share one load. After a failure, the next
 * call tries again.
 *
 * @throws {@link PoolpassError} with code `wasm_load`. The message names the URL, the HTTP status and the content type;
 * `recoverySuggestion` has the line to add. `retryable` is true for the reason `unreachable` and for status 408, 429 and 5xx.
 * The `reason` is one of:
 * - `not_found`: the server answered with status 404 or with a page;
 * - `http_error`: the server answered with another status;
 * - `unreachable`: there was no answer, the download broke off, or `connect-src` of the Content Security Policy forbids it;
 * - `blocked_by_policy`: `script-src` of the Content Security Policy lacks `'wasm-unsafe-eval'`;
 * - `invalid_wasm`: it is not the wasm of this version, or the browser is too old;
 * - `no_url`: a classic script does not know its own URL, and `load` got no source;
 * - `no_browser`: on a server, the bundle has no URL with a host for the wasm;
 * - `no_webassembly`: WebAssembly is missing or turned off.
 */
export function load(source?: string | URL | Request | Response | BufferSource | WebAssembly.Module): Promise<void>;

/**
 * Reads a token's claims, and verifies nothing: see {@link Auth.verifyToken}.
 *
 * @throws {@link PoolpassError} with code `bad_input` if it is not a JWT.
 */
export function decodeJWT(token: string): JWT;

/** A client of one user pool, or of one identity pool. You can destructure its methods: `const { signIn } = auth`. */
export interface Auth {
  /**
   * Signs up a new user (`SignUp`).
   *
   * @throws {@link PoolpassError}: `EmptySignUpUsername`, `EmptySignUpPassword` before any request;
   * `UsernameExistsException`, `InvalidPasswordException` and other errors of the service; `NetworkError`.
   */
  signUp(input: SignUpInput): Promise<SignUpOutput>;

  /**
   * Confirms a new user with the code that Cognito sent to the user (`ConfirmSignUp`). The request is never repeated.
   *
   * @throws {@link PoolpassError}: `EmptyConfirmSignUpUsername`, `EmptyConfirmSignUpCode` before any request;
   * `CodeMismatchException`, `ExpiredCodeException` and other errors of the service; `NetworkError`.
   */
  confirmSignUp(input: ConfirmSignUpInput): Promise<ConfirmSignUpOutput>;

  /**
   * Signs the user in who has just signed up in this tab with the option `autoSignIn`, when `signUpStep` is
   * `COMPLETE_AUTO_SIGN_IN`: by Cognito's session, in one request and without a code again, if the app client allows `USER_AUTH`
   * and the option asks for it or there is no password; else by the password, which stays in this page's memory until then, for at most 15 minutes.
   *
   * A wrong code before does no harm. After a reload, or after these 15 minutes, only the session is left: if the sign-in was to go by the password,
   * `confirmSignUp` ends with `DONE`, and the user signs in by {@link Auth.signIn}.
   *
   * @throws {@link PoolpassError}: `AutoSignInException` (code `sign_in`, reason `no_sign_in`) if no sign-up waits for it; the errors
   * of {@link Auth.signIn}.
   */
  autoSignIn(input?: Signal): Promise<SignInOutput>;

  /**
   * Sends the confirmation code again (`ResendConfirmationCode`).
   *
   * @throws {@link PoolpassError}: `EmptyResendSignUpCodeUsername` before any request; `LimitExceededException` and
   * other errors of the service; `NetworkError`.
   */
  resendSignUpCode(input: ResendSignUpCodeInput): Promise<CodeDeliveryDetails>;

  /**
   * Sends a code with which the user can choose a new password (`ForgotPassword`). Then call {@link Auth.confirmResetPassword}.
   * For a user who does not exist, a pool that hides that answers as if a code had been sent.
   *
   * @throws {@link PoolpassError}: `EmptyResetPasswordUsername` before any request; `InvalidParameterException` with reason
   * `no_verified_address` if there is no verified address for the code; `NotAuthorizedException` with reason
   * `temporary_password` if the user has never signed in, or `recovery_by_admin_only`; `LimitExceededException` with reason
   * `attempt_limit`; other errors of the service; `NetworkError`.
   */
  resetPassword(input: ResetPasswordInput): Promise<ResetPasswordOutput>;

  /**
   * Sets a new password with the code that the user has got (`ConfirmForgotPassword`). The request is never repeated.
   *
   * @throws {@link PoolpassError}: `EmptyConfirmResetPasswordUsername`, `EmptyConfirmResetPasswordNewPassword`,
   * `EmptyConfirmResetPasswordConfirmationCode` before any request; `CodeMismatchException`, which is `retryable`: ask for the
   * code once more; `ExpiredCodeException`: call {@link Auth.resetPassword} again; `InvalidPasswordException`,
   * `PasswordHistoryPolicyViolationException`, `TooManyFailedAttemptsException` and other errors of the service; `NetworkError`.
   */
  confirmResetPassword(input: ConfirmResetPasswordInput): Promise<void>;

  /**
   * Changes the user's password (`ChangePassword`). Without `oldPassword` a user who has none, such as one who signs in with a
   * passkey, gets the first one.
   *
   * @throws {@link PoolpassError}: `EmptyUpdatePassword` before any request; `NotAuthorizedException` with reason
   * `wrong_password`; `InvalidPasswordException`, `PasswordHistoryPolicyViolationException`, `LimitExceededException` and other
   * errors of the service; code `signed_out`; `NetworkError`.
   */
  updatePassword(input: UpdatePasswordInput): Promise<void>;

  /**
   * Signs in. SRP, the default, proves the password in two requests and never sends it. The new session replaces an
   * existing one. If the user has to answer something first, `nextStep` says what: answer it with {@link Auth.confirmSignIn}.
   *
   * @throws {@link PoolpassError}: `EmptySignInUsername`, `EmptySignInPassword` before any request;
   * `NotAuthorizedException` (see its `reason`) and other errors of the service; code `sign_in` with the reason `superseded` if
   * another `signIn` has begun meanwhile; `NetworkError`.
   */
  signIn(input: SignInInput): Promise<SignInOutput>;

  /**
   * Answers the step that this tab's user is asked for. The result is the next step, or `isSignedIn: true`.
   *
   * If the answer is refused, the step stays, and another answer can be given: a wrong code is a `CodeMismatchException` that is
   * `retryable`. After `session_expired` or `session_used` the sign-in must start anew. The same answer given twice at a time is
   * sent once, and both calls get its result.
   *
   * @throws {@link PoolpassError}: `EmptyChallengeResponse` before any request; `SignInException` (code `sign_in`) with the reason
   * `no_sign_in` if no step waits for an answer, or `answer_under_way` if another answer is being sent; the errors of
   * {@link Auth.signIn}; `CodeMismatchException`, `ExpiredCodeException`, `InvalidPasswordException` and other errors of the
   * service.
   * @example
   * const { nextStep } = await auth.confirmSignIn({ challengeResponse: '123456' });
   */
  confirmSignIn(input: ConfirmSignInInput): Promise<SignInOutput>;

  /**
   * Checks that the signed-in user has proven enough, recently enough, before something that needs it (step-up). If the session's
   * claims `acr` and `auth_time` say so, nothing is sent. If not, the user is asked for what is missing (`USER_AUTH` with
   * `TARGET_ACR_VALUES`): answer `nextStep` with {@link Auth.confirmSignIn} as in a sign-in. Then the session has new tokens. Until
   * then it stays as it is. If somebody else has signed in meanwhile, the new tokens are refused.
   *
   * At the hosted UI, which keeps a session of its own, ask there: `signInWithRedirect({ options: { acrValues, maxAge } })`.
   *
   * Your server must check `acr` and `auth_time` of the access token itself.
   *
   * @throws {@link PoolpassError}: code `signed_out`; those of {@link Auth.signIn}; `InvalidParameterException` if the user has no
   * factors for the level.
   * @example
   * const { isSignedIn, nextStep } = await auth.requireAuth({ acr: 'urn:cognito:loa:3', maxAge: 300 });
   */
  requireAuth(input: RequireAuthInput): Promise<SignInOutput>;

  /**
   * Returns the step that this tab's user is asked for, also after a reload, or `null` if there is none. A step is kept until it is
   * answered, until another sign-in or a sign-out, and at most for 15 minutes.
   *
   * @throws {@link PoolpassError} with code `storage_read`.
   */
  pendingSignIn(input?: Signal): Promise<SignInOutput | null>;

  /**
   * Returns the pending step as a text for another page or tab, or `null` if there is none. Whoever has the text can continue the
   * sign-in, so treat it as a password. It holds neither the password nor a secret of SRP.
   */
  serializeSignIn(input?: Signal): Promise<string | null>;

  /**
   * Takes a step from {@link Auth.serializeSignIn} as this tab's.
   *
   * @throws {@link PoolpassError}: `SignInException` with the reason `no_sign_in` if the text is not of this app client, or has
   * expired.
   */
  resumeSignIn(input: { serialized: string } & Signal): Promise<SignInOutput>;

  /**
   * Prepares the next `signIn`: loads the wasm, opens the connection to the user pool, and computes the SRP public value, so that
   * the click costs little more than its two requests. Call it while the user types, or set `warmUpOnFocus`.
   */
  warmUp(input?: Signal): Promise<void>;

  /**
   * Redirects to the hosted UI, or to one of its providers, to sign in with the authorization code flow and PKCE. Resolves
   * when the browser starts to leave this page. {@link Auth.handleRedirect} handles the response.
   *
   * Each flow has its own record, so several flows can run in several tabs, and nothing waits for an abandoned flow. A flow
   * expires after ten minutes.
   *
   * @throws {@link PoolpassError}: `InvalidRedirectException` if no callback URL fits this page; code `no_window` in a worker
   * or on a server; code `storage_write` if the browser stores nothing. For a provider in `oidcProviders` also `NetworkError`,
   * and code `bad_config` if it shares its callback URL with another server and its responses don't name their issuer
   * (RFC 9207).
   */
  signInWithRedirect<State = unknown>(input?: SignInWithRedirectInput<State>): Promise<void>;

  /**
   * Signs in like {@link Auth.signInWithRedirect}, but in a popup window. Call it in a click handler, before the first
   * `await`. The page at the callback URL must call `createAuth` like this page: it passes the response on and closes. Works
   * under Cross-Origin-Opener-Policy.
   *
   * @throws {@link PoolpassError} with one of these codes, and those of {@link Auth.handleRedirect}:
   * - `popup_blocked`, unless `fallback: 'redirect'`;
   * - `popup_unanswered`: the user is back at this page, and the window seems to be closed. Under
   *   Cross-Origin-Opener-Policy an open window looks closed too. If the user finishes there within ten minutes, they are
   *   signed in, the window closes, and `signedIn` is emitted. Abort the `signal` to prevent that;
   * - `popup_closed`: no response can arrive any more;
   * - `no_window`: in a worker or on a server;
   * - `aborted`.
   */
  signInWithPopup<State = unknown>(input?: SignInWithPopupInput<State>): Promise<SignInWithRedirectOutput<State>>;

  /**
   * Returns the result of the sign-in page's response to this page, or `null` if there is none. Unless the configuration
   * has `handleRedirect: false`, `createAuth` has already started this and cleaned the URL. Repeated calls return the same
   * result.
   *
   * Poolpass verifies signature, issuer, client, use and times of the ID token and the access token, and nonce and `at_hash`
   * of the ID token. On success it restores the address of the page where the flow started, and dispatches `popstate` for
   * your router. On an error that address is only in `returnTo`.
   *
   * @throws {@link PoolpassError}, with your `customState` and `returnTo` if there are any: code `oauth` with the server's
   * error as `reason`, such as `access_denied`; `redirect_flow` (`flow_unknown`, `flow_expired`, `flow_used`,
   * `flow_interrupted`, `flow_no_code`, `flow_other_callback`); `token_invalid`; `NetworkError`.
   */
  handleRedirect<State = unknown>(input?: HandleRedirectInput): Promise<SignInWithRedirectOutput<State> | null>;

  /**
   * Sends a query or a mutation to the GraphQL API, over HTTP.
   * Renews a rejected token once, for all calls together and at most once a minute, and corrects the time of a rejected
   * signature once. Nothing else is repeated. Waits at most 45 seconds for a credential, and 45 seconds for the response.
   *
   * As with aws-amplify, a response with `errors` rejects, even if it has data. The error has the `errors` and the `data`.
   *
   * @throws {@link PoolpassError}, with one of these codes:
   * - `bad_input`, `bad_config` (no API is configured, or no API key): before anything is sent;
   * - `appsync`: AppSync's `errors`, the first one's type as `name`, such as `UnauthorizedException`, with `status`, and
   *   with `data` if some fields have a value;
   * - `invalid_response`: the response is not AppSync's;
   * - `signed_out`, and the other codes of {@link Auth.getCredentials} and of a refresh: there is no credential to send;
   * - `network`, `timeout`, `aborted` (also if `dispose()` is called while it waits for a credential), `disposed`.
   * @example
   * const { data } = await auth.graphql<{ note: Note }>({ query: 'query ($id: ID!) { note(id: $id) { id text } }', variables: { id: '1' } });
   */
  graphql<T = Record<string, unknown>>(input: GraphQLInput): Promise<GraphQLResult<T>>;

  /**
   * Subscribes to the GraphQL API at once ("Building a real-time WebSocket client", AppSync Developer Guide). Up to 10,000
   * messages, and up to 32 MB of them, wait in a queue until you read them. `break`, `return()` and the signal end the
   * subscription. A `for await` loop throws if it ends for another reason.
   *
   * Up to a hundred subscriptions with the same `authMode` and `authToken` share a WebSocket. Poolpass reconnects when the
   * connection is lost, is silent for longer than AppSync allows (5 minutes), or may have died while the device slept. It
   * retries without end, after pauses of 0.5 to 60 seconds. When the network or the page is back it retries without a pause,
   * but at most once a second. Messages sent meanwhile are lost, see `onDisconnect` and `onReconnect`.
   *
   * Before the token expires, and every day, a new connection takes over without a gap. A message that arrives on both is
   * delivered once. AppSync's messages have no ID, so a message cannot always be distinguished from a copy of an equal one. In
   * the seconds of a handover such a message may be delivered twice, but none is lost.
   *
   * When a user signs in or out, in any tab, connections that use the previous user's tokens or credentials are closed,
   * unread messages are dropped, and the subscription reconnects as the new user; `onReconnect` is called. If nobody is
   * signed in and guest access is not allowed, it ends with an error such as `signed_out`. An API key, and an `authToken`
   * that is a string, belong to no user: their connections stay open.
   *
   * @throws {@link PoolpassError} with code `bad_input`, at once. The iterator and `ready` throw these codes, once:
   * - `appsync`: AppSync's `errors`, the first one's type as `name`, such as `UnauthorizedException` (also with new
   *   tokens), `MaxSubscriptionsReachedError`, `UnsupportedOperation`; or `QueueOverflowException`;
   * - `timeout`: AppSync did not acknowledge the new subscription within 15 seconds;
   * - `bad_config`, `bad_input` (for `authMode` and `authToken`), `signed_out`, and the other codes of
   *   {@link Auth.getCredentials} and of a refresh that are not `retryable`;
   * - `no_websocket`: there is no WebSocket, as in Node.js before 22, or the browser doesn't allow one to this address;
   * - `network`: the part of this package for subscriptions cannot be loaded;
   * - `aborted`, `disposed`.
   * @example
   * const notes = auth.subscribe<{ onNote: Note }>({ query: 'subscription { onNote { id text } }', signal, onReconnect: getAll });
   * await notes.ready; // no message is missed from here on: now load the existing notes
   * await getAll();
   * for await (const { data } of notes) show(data.onNote);
   */
  subscribe<T = Record<string, unknown>>(input: SubscribeInput): AppSyncSubscription<GraphQLMessage<T>>;

  /** The channels of the Event API. */
  readonly events: AppSyncEvents;

  /**
   * Returns the user's claims from the hosted UI's userInfo endpoint. The session needs the `openid` scope, which only a
   * sign-in through the hosted UI grants.
   *
   * @throws {@link PoolpassError}: `UserUnAuthenticatedException`; code `oauth` with `insufficient_scope`; code
   * `token_invalid` with `wrong_subject`; `NetworkError`.
   */
  userInfo(input?: Signal): Promise<Record<string, unknown>>;

  /**
   * Verifies a token of this user pool and app client and returns its claims. Checks signature, issuer, client, use and times:
   * by the server's clock if a user is signed in, or else by this device's.
   *
   * @throws {@link PoolpassError} with code `token_invalid`, whose `reason` says why; code `no_crypto` without WebCrypto;
   * `NetworkError` if the pool's keys cannot be fetched.
   */
  verifyToken(input: VerifyTokenInput): Promise<JWTPayload>;

  /**
   * Returns the ID token of a provider in `oidcProviders` until it expires.
   *
   * @throws {@link PoolpassError} with code `bad_config` if the configuration has no such provider.
   */
  fetchProviderSession(input: { provider: string } & Signal): Promise<{ idToken?: JWT }>;

  /**
   * Returns valid temporary AWS credentials of the user or a guest, and the identity that they belong to. All callers in all
   * tabs share one request, and the credentials are renewed before they expire.
   *
   * Clients of the AWS SDK for JavaScript v3 accept this method: `new S3Client({ region, credentials: auth.getCredentials })`.
   * From version 3.775 on they call it for each request, so a client that you create once always acts as the user who is
   * signed in. If you wrap this method in a function of your own, set `memoized = true` on that function too. Otherwise the SDK
   * keeps its result until it expires. Older versions always do, so create new clients when `signedIn` or `signedOut` is
   * emitted.
   *
   * A guest who signs in keeps the identity, unless the user already has one. After a sign-out, or when the login has expired,
   * the user is a guest with a new identity.
   *
   * @throws {@link PoolpassError}: `NoCredentialsException` if nobody is signed in and guest access is not allowed; code
   * `bad_config` if the user signed in without the `openid` scope, so that there is no ID token;
   * `NotAuthorizedException` and other errors of the service; `NetworkError`; `LockTimeoutException`.
   */
  readonly getCredentials: CredentialsProvider;

  /**
   * Unlinks logins from the user's identity (`UnlinkIdentity`). An identity without logins is lost.
   *
   * @throws the errors of {@link Auth.getCredentials}.
   */
  unlinkIdentity(input: GetCredentialsInput & { providers: string[] }): Promise<void>;

  /**
   * Calls `fetch` with the credential that `origins` defines for the request's origin, and never silently without it. It
   * replaces your own `authorization` header.
   *
   * After a 401 to a bearer token it refreshes and repeats the request once. It also repeats a signed request once with new
   * credentials if the old ones had expired, and once with the server's time if its time was rejected. If there is no better
   * credential, you get the original response. A service that rejects every credential causes one renewal in 30 seconds.
   *
   * Requests with a credential don't follow redirects: `fetch` fails, or with `redirect: 'manual'` returns the redirect's opaque
   * response. The mode `no-cors` is an error, since browsers send no credential with it.
   *
   * A stream as the body, of `init` or of a `Request`, is sent once. With `iam` it is not signed, which only S3 over https
   * accepts. Other bodies are hashed for `iam`, unless the header `x-amz-content-sha256` contains the hash or
   * `UNSIGNED-PAYLOAD`.
   *
   * @throws {@link PoolpassError} before anything is sent: `InvalidInput` if the arguments don't make a request;
   * `OriginNotAllowedException` for an origin without a rule; `UserUnAuthenticatedException`; the errors of {@link Auth.getCredentials};
   * `AbortError`. After that, the errors are those of `fetch` itself and not PoolpassErrors: a `TypeError` if there is no
   * response, or the signal's reason (a `DOMException` named `AbortError`) if your signal fires.
   */
  fetch(input: RequestInfo | URL, init?: RequestInit): Promise<Response>;

  /**
   * Returns the headers to add to a request so that it is signed with Signature Version 4. Service and region come from the
   * call, or else from the rule in `origins`, or else from an AWS host; they are never guessed. The signature is for the URL
   * as `fetch` sends it, with a plus in the query read as a blank.
   *
   * @throws {@link PoolpassError} with code `bad_input` if service or region is missing, if the path has a segment `.` or
   * `..`, or if a header has a character outside printable ASCII; those of {@link Auth.getCredentials}.
   */
  sign(request: SignableRequest, options?: SigningOptions): Promise<Record<string, string>>;

  /**
   * Returns a URL that contains its signature. It is valid for `expiresIn` seconds (a whole number, 1 to 604,800; default
   * 900), but not longer than the credentials. The URL is `https:` or `wss:`; for local services also `http:` or `ws:`.
   *
   * @throws the errors of {@link Auth.sign}.
   */
  presign(
    url: string | URL | SignableRequest,
    options?: SigningOptions & { expiresIn?: number },
  ): Promise<string>;

  /**
   * Returns the user who is signed in, from the stored session. Sends no request.
   *
   * @throws {@link PoolpassError}: `UserUnAuthenticatedException`.
   */
  getCurrentUser(input?: Signal): Promise<AuthUser>;

  /**
   * Returns valid tokens. If they are about to expire they are refreshed, once for all callers in all tabs. `tokens` is
   * undefined if nobody is signed in, or if the session has ended.
   *
   * @throws {@link PoolpassError}: `NetworkError`, `LockTimeoutException`, code `storage_read`, and errors of the service that
   * do not end the session. The session continues.
   */
  fetchAuthSession(input?: FetchAuthSessionInput): Promise<AuthSession>;

  /**
   * Returns the user's groups (`cognito:groups`) as of the last refresh; none if nobody is signed in. Use it for display: your
   * servers must check the token.
   *
   * @throws the errors of {@link Auth.fetchAuthSession}.
   */
  groups(input?: FetchAuthSessionInput): Promise<string[]>;

  /**
   * Returns the claims of the ID token as of the last refresh, such as `email`, `cognito:roles` and `cognito:preferred_role`.
   * Without an ID token it returns the claims of the access token, and `null` if nobody is signed in.
   *
   * @throws the errors of {@link Auth.fetchAuthSession}.
   */
  claims(input?: FetchAuthSessionInput): Promise<JWTPayload | null>;

  /**
   * Returns the user's current attributes from the pool (`GetUser`).
   *
   * @throws {@link PoolpassError}: `UserUnAuthenticatedException`, `NotAuthorizedException` and other errors of the service;
   * `NetworkError`.
   */
  fetchUserAttributes(input?: Signal): Promise<Record<string, string>>;

  /**
   * Changes attributes (`UpdateUserAttributes`). An attribute whose new value waits for a code has `isUpdated: false`: the service
   * has sent the code, and {@link Auth.confirmUserAttribute} takes it. Until then the user keeps the old value if the pool says so
   * (`AttributesRequireVerificationBeforeUpdate`).
   *
   * @throws {@link PoolpassError}: `AliasExistsException` if another user has the address; `NotAuthorizedException` with reason
   * `attribute_not_writable`; other errors of the service; code `signed_out`; `NetworkError`.
   */
  updateUserAttributes<Name extends string>(input: UpdateUserAttributesInput<Name>): Promise<Record<Name, UpdateUserAttributeOutput>>;

  /** As {@link Auth.updateUserAttributes}, for one attribute. */
  updateUserAttribute(input: UpdateUserAttributeInput): Promise<UpdateUserAttributeOutput>;

  /**
   * Removes attributes (`DeleteUserAttributes`).
   *
   * @throws {@link PoolpassError}: errors of the service; code `signed_out`; `NetworkError`.
   */
  deleteUserAttributes(input: DeleteUserAttributesInput): Promise<void>;

  /**
   * Sends a code that verifies an e-mail address or a phone number (`GetUserAttributeVerificationCode`).
   *
   * @throws {@link PoolpassError}: `LimitExceededException` and other errors of the service; code `signed_out`; `NetworkError`.
   */
  sendUserAttributeVerificationCode(input: SendUserAttributeVerificationCodeInput): Promise<CodeDeliveryDetails>;

  /**
   * Verifies an e-mail address or a phone number with its code (`VerifyUserAttribute`). The request is never repeated.
   *
   * @throws {@link PoolpassError}: `EmptyConfirmUserAttributeCode` before any request; `CodeMismatchException`, which is
   * `retryable`; `ExpiredCodeException`, `AliasExistsException` and other errors of the service; code `signed_out`; `NetworkError`.
   */
  confirmUserAttribute(input: ConfirmUserAttributeInput): Promise<void>;

  /**
   * Begins to set up an authenticator app: gives the user a new secret (`AssociateSoftwareToken`). Show it as a QR code, then
   * call {@link Auth.verifyTOTPSetup} with the app's first code. The app is a second factor once
   * {@link Auth.updateMFAPreference} has turned it on.
   *
   * @throws {@link PoolpassError}: `SoftwareTokenMFANotFoundException` if the pool has no authenticator apps; other errors of the
   * service; code `signed_out`; `NetworkError`.
   */
  setUpTOTP(input?: Signal): Promise<SetUpTOTPOutput>;

  /**
   * Proves with a code that the authenticator app has the secret (`VerifySoftwareToken`). The request is never repeated.
   *
   * @throws {@link PoolpassError}: `EmptyVerifyTOTPSetupCode` before any request; `EnableSoftwareTokenMFAException` or
   * `CodeMismatchException` for a wrong code, which is `retryable`; other errors of the service; code `signed_out`; `NetworkError`.
   */
  verifyTOTPSetup(input: VerifyTOTPSetupInput): Promise<void>;

  /**
   * Returns the user's second factors, and which one the user prefers (`GetUser`).
   *
   * @throws {@link PoolpassError}: errors of the service; code `signed_out`; `NetworkError`.
   */
  fetchMFAPreference(input?: Signal): Promise<FetchMFAPreferenceOutput>;

  /**
   * Turns second factors on or off (`SetUserMFAPreference`). What the input leaves out stays as it is.
   *
   * @throws {@link PoolpassError}: `InvalidParameterException` with reason `factor_not_set_up`; other errors of the service; code
   * `signed_out`; `NetworkError`.
   */
  updateMFAPreference(input: UpdateMFAPreferenceInput): Promise<void>;

  /**
   * Returns what the user can sign in with, such as a password or a passkey, and the second factors (`GetUserAuthFactors`).
   *
   * @throws {@link PoolpassError}: errors of the service; code `signed_out`; `NetworkError`.
   */
  fetchAuthFactors(input?: Signal): Promise<FetchAuthFactorsOutput>;

  /**
   * Has the user make a passkey on this device, and registers it. Call it when the user presses a button: Safari opens the dialog only
   * then.
   *
   * @throws {@link PoolpassError} with code `passkey`, whose `reason` says why: `passkey_cancelled`, `passkey_exists`,
   *   `passkey_not_supported`, `passkey_wrong_domain`, …; errors of the service, such as `WebAuthnNotEnabledException`; code `signed_out`;
   *   `NetworkError`. `NotAllowedError` of a browser is a cancelled dialog or one that timed out: the kit tells them apart by the time.
   */
  associateWebAuthnCredential(input?: Signal): Promise<void>;

  /**
   * Lists the user's passkeys. After a list of all, the browser is told which passkeys there are, and no longer offers others
   * (`signalAllAcceptedCredentials`), where it can be told.
   *
   * @throws {@link PoolpassError}: errors of the service; code `signed_out`; `NetworkError`.
   */
  listWebAuthnCredentials(input?: ListWebAuthnCredentialsInput & Signal): Promise<ListWebAuthnCredentialsOutput>;

  /**
   * Deletes a passkey from the user pool. The browser is told to offer it no longer (`signalUnknownCredential`), where it can be told.
   *
   * @throws {@link PoolpassError}: errors of the service, such as `ResourceNotFoundException`; code `signed_out`; `NetworkError`.
   */
  deleteWebAuthnCredential(input: DeleteWebAuthnCredentialInput & Signal): Promise<void>;

  /**
   * Returns all devices that the user is remembered on. Only pools with device tracking have some.
   *
   * @throws {@link PoolpassError} with code `signed_out`, or with the service's error name.
   */
  fetchDevices(input?: Signal): Promise<UserDevice[]>;

  /**
   * Returns a device of the user.
   *
   * @throws {@link PoolpassError}: `DeviceMetadataNotFoundException` without `device`, if Cognito gave this session no device;
   * `ResourceNotFoundException` with the reason `device_unknown` if the user has no such device.
   */
  getDevice(input?: DeviceInput): Promise<UserDevice>;

  /**
   * Has Cognito remember a device: the next sign-in on it needs no second factor. Only pools that let the user choose need this:
   * `signIn` says so by `canRememberDevice`.
   *
   * @throws {@link PoolpassError} as {@link Auth.getDevice}.
   * @example
   * const output = await auth.confirmSignIn({ challengeResponse: '123456' });
   * if (output.isSignedIn && output.canRememberDevice && confirm('Remember this device?')) await auth.rememberDevice();
   */
  rememberDevice(input?: DeviceInput): Promise<void>;

  /**
   * Has Cognito forget a device, and removes what this browser keeps of it. The next sign-in on it asks for the second factor again.
   * A session of that device can't be refreshed any more: it ends when its tokens expire.
   *
   * @throws {@link PoolpassError} as {@link Auth.getDevice}.
   */
  forgetDevice(input?: DeviceInput): Promise<void>;

  /**
   * Lists the user's sessions on all devices, up to 125 a page (`ListUserSessions`). There are none unless the pool tracks sessions
   * (`SetUserPoolSessionConfiguration`).
   *
   * @throws {@link PoolpassError}: errors of the service; code `signed_out`; `NetworkError`.
   */
  listSessions(input?: { nextToken?: string } & Signal): Promise<ListSessionsOutput>;

  /**
   * Ends one of the user's other sessions (`RevokeUserSession`). {@link Auth.signOut} ends this one.
   *
   * @throws {@link PoolpassError}: errors of the service; code `signed_out`; `NetworkError`.
   */
  revokeSession(input: RevokeSessionInput): Promise<void>;

  /**
   * Says whether an unusual sign-in was the user's (`UpdateAuthEventFeedback`), in a page of yours that the mail about it links to:
   * Cognito's message template has the user name, `{event-id}` and `{feedback-token}`. Nobody needs to be signed in.
   *
   * @throws {@link PoolpassError}: errors of the service, such as `NotAuthorizedException` for a token that is not the event's;
   * `NetworkError`.
   */
  updateAuthEventFeedback(input: UpdateAuthEventFeedbackInput): Promise<void>;

  /**
   * Deletes the user (`DeleteUser`). The session then ends in all tabs, and `signedOut` is emitted.
   *
   * @throws {@link PoolpassError}: errors of the service; code `signed_out`; `NetworkError`; code `storage_write` if the user was
   * deleted but the stored session could not be removed.
   */
  deleteUser(input?: Signal): Promise<void>;

  /**
   * Signs out here at once, and at Cognito if it can be reached (`RevokeToken`, or `GlobalSignOut`). When the promise resolves,
   * the session has ended in all tabs. It waits for no other tab. If the user signed in through the hosted UI and a sign-out
   * URL is configured, it then redirects there to sign out of the hosted UI too.
   *
   * @throws {@link PoolpassError} with code `storage_write` if the stored session could not be removed; code `storage_read` if
   * the storage could not be read: this tab's session has ended then; `InvalidRedirectException`, before it does anything, if
   * no URL fits.
   */
  signOut(input?: SignOutInput): Promise<SignOutOutput>;

  /**
   * Adds a handler for an event of this tab and of other tabs, and returns a function that removes it. Handlers run in a
   * microtask of their own, never inside the operation that caused the event.
   */
  on<E extends keyof AuthEvents>(event: E, handler: (event: AuthEvent<E>) => void): () => void;

  /** The storage in use: `'memory'` if the browser blocks the configured one, undefined after `dispose()`. */
  readonly storage: 'local' | 'session' | 'memory' | 'custom' | undefined;

  /** Ends all subscriptions, and releases the wasm object and the channel to other tabs. The session stays stored. */
  dispose(): void;
}

/** The channels of an AppSync Event API. */
export interface AppSyncEvents {
  /**
   * Publishes one to five events to a channel such as `/default/room`, over HTTP ("Publish events via HTTP", AppSync Events
   * Developer Guide). An event is any JSON value.
   *
   * @returns Which events were published and which failed. It does not throw for a failed event.
   * @throws the errors of {@link Auth.graphql}; `bad_input` also for no events, more than five, or a channel with a wildcard.
   */
  publish(channel: string, events: readonly unknown[], options?: AppSyncOptions): Promise<PublishOutput>;
  /**
   * Subscribes to a channel such as `/default/room`, or to all channels below one: `/default/*`. Works like
   * {@link Auth.subscribe}, but yields the events. Events that AppSync fails to broadcast, or that are not JSON, are skipped.
   *
   * Source: "Understanding the Event API WebSocket protocol", AppSync Events Developer Guide.
   */
  subscribe<T = unknown>(channel: string, options?: SubscriptionOptions): AppSyncSubscription<T>;
}

/** The results of published events; `index` is the event's position in the list. */
export interface PublishOutput {
  successful: { identifier: string; index: number }[];
  failed: { identifier: string; index: number; code?: number; message?: string }[];
}

export interface AppSyncOptions extends Signal {
  /** The authorization mode. Default: the configuration's `defaultAuthMode`. */
  authMode?: AppSyncAuthMode;
  /**
   * Only for `'oidc'` and `'lambda'`: the token in printable ASCII, or a function that returns it. The function is called
   * for each request, subscription and connection, a minute before a token expires (`exp`, if it is a JWT), when a user signs
   * in or out, and at most once a minute with `isRefused` when AppSync rejects its token. Subscriptions with the same function
   * share a connection. An error that it throws ends them, unless the error has `retryable: true`. If it does not settle
   * within 15 seconds (45 for a request), the attempt fails, and subscriptions try again after a pause.
   */
  authToken?: string | ((reason: { isRefused: boolean }) => string | Promise<string>);
}

export interface GraphQLInput extends AppSyncOptions {
  /** The document: a string, or a `String` object from a GraphQL code generator. */
  query: string | String;
  variables?: object;
  /** The operation to run, if the document has several. */
  operationName?: string;
}

export interface SubscriptionOptions extends AppSyncOptions {
  /** Called once when the connection is lost or cannot be opened, with the reason. Poolpass keeps trying to reconnect. */
  onDisconnect?: (error: PoolpassError) => void;
  /** Called when the subscription has reconnected. Messages may have been missed: reload the data that you show. */
  onReconnect?: () => void;
}

export interface SubscribeInput extends SubscriptionOptions {
  /** The document, with one subscription. */
  query: string | String;
  variables?: object;
}

export interface GraphQLResult<T> {
  data: T;
  extensions?: Record<string, unknown>;
}

export interface GraphQLMessage<T> extends Omit<GraphQLResult<T>, 'data'> {
  /** `null` if the whole message failed. */
  data: T | null;
  /** The errors of fields that are null in `data`. */
  errors?: GraphQLError[];
}

/** An error in AppSync's form. */
export interface GraphQLError {
  message?: string;
  /** Such as `UnauthorizedException` for a request, `Unauthorized` for a field, `ValidationError`. */
  errorType?: string;
  errorInfo?: unknown;
  path?: (string | number)[] | null;
  locations?: { line: number; column: number }[] | null;
  [member: string]: unknown;
}

/** The messages of a subscription, for one reader. */
export interface AppSyncSubscription<T> extends AsyncIterableIterator<T> {
  /** Resolves when AppSync has acknowledged the subscription: later messages arrive. Rejects if it ends before. */
  readonly ready: Promise<void>;
  next(): Promise<IteratorResult<T, undefined>>;
  return(value?: unknown): Promise<IteratorResult<T, undefined>>;
  throw(error?: unknown): Promise<IteratorResult<T, undefined>>;
  [Symbol.asyncIterator](): AppSyncSubscription<T>;
}

/** Every method accepts a signal. When it fires, the call fails with an `AbortError`. */
export interface Signal {
  signal?: AbortSignal;
}

export interface SignUpInput extends Signal {
  /** The user name, or the e-mail address or phone number if the pool uses it to sign in. */
  username: string;
  /** May be missing where the pool has passwordless sign-in. */
  password?: string;
  options?: {
    userAttributes?: UserAttributes;
    /** Whether {@link Auth.autoSignIn} is to follow, or with which options of `signIn`. */
    autoSignIn?: boolean | SignInInput['options'];
    /** For the pre sign-up trigger. */
    validationData?: Record<string, string>;
    /** For the triggers. */
    clientMetadata?: Record<string, string>;
  };
}

export interface SignUpOutput {
  isSignUpComplete: boolean;
  userId: string;
  nextStep:
    | { signUpStep: 'DONE' }
    /** Call {@link Auth.autoSignIn}. */
    | { signUpStep: 'COMPLETE_AUTO_SIGN_IN' }
    | { signUpStep: 'CONFIRM_SIGN_UP'; codeDeliveryDetails?: CodeDeliveryDetails };
}

/** Attributes by name, such as `email`. Those that are undefined are left out. */
export type UserAttributes = Record<string, string | undefined>;

/** The destination of a code. */
export interface CodeDeliveryDetails {
  /** Masked by the service: `a***@e***`. */
  destination?: string;
  deliveryMedium?: 'EMAIL' | 'SMS';
  attributeName?: VerifiableUserAttributeKey;
}

/** An attribute that a code can be sent to. */
export type VerifiableUserAttributeKey = 'email' | 'phone_number';

export interface ConfirmSignUpInput extends Signal {
  username: string;
  /** Spaces are ignored. */
  confirmationCode: string;
  options?: {
    /** Whether to take over an alias that another user has. */
    forceAliasCreation?: boolean;
    clientMetadata?: Record<string, string>;
  };
}

export interface ConfirmSignUpOutput {
  isSignUpComplete: true;
  /** After `COMPLETE_AUTO_SIGN_IN` call {@link Auth.autoSignIn}. */
  nextStep: { signUpStep: 'DONE' } | { signUpStep: 'COMPLETE_AUTO_SIGN_IN' };
}

export interface ResendSignUpCodeInput extends Signal {
  username: string;
  options?: { clientMetadata?: Record<string, string> };
}

export interface AuthUser {
  username: string;
  /** `sub`: the user's immutable ID. */
  userId: string;
  signInDetails?: SignInDetails;
}

export interface SignInDetails {
  /** The user name or alias that the user entered. */
  loginId: string;
  authFlowType: AuthFlowType;
}

export interface FetchAuthSessionInput extends Signal {
  /** Whether to refresh tokens that are still valid. */
  forceRefresh?: boolean;
  /** Data for the triggers of a refresh. Calls that share one refresh share the data of the first. */
  clientMetadata?: Record<string, string>;
}

export interface AuthSession {
  tokens?: AuthTokens;
  /** Never requested here: see {@link Auth.getCredentials}. */
  credentials?: undefined;
  /** Never requested here: see {@link Auth.getCredentials}. */
  identityId?: undefined;
  userSub?: string;
}

export interface AuthTokens {
  accessToken: JWT;
  idToken?: JWT;
  signInDetails?: SignInDetails;
}

/** A token and its claims. The claims are not verified: they came from Cognito over TLS. */
export interface JWT {
  payload: JWTPayload;
  /** The token for an `Authorization` header. */
  toString(): string;
}

/** The claims that Cognito's tokens have. */
interface KnownClaims {
  sub?: string;
  iss?: string;
  aud?: string | string[];
  /** Seconds since 1970. */
  exp?: number;
  /** Seconds since 1970. */
  iat?: number;
  token_use?: 'access' | 'id';
  /** The scopes of an access token, separated by spaces. */
  scope?: string;
  /** The user's groups. Missing if the user is in none. */
  'cognito:groups'?: string[];
  /** The ARNs of the groups' roles. */
  'cognito:roles'?: string[];
  /** The ARN of the role of the group with the highest precedence. */
  'cognito:preferred_role'?: string;
}

/** The claims of a token: Cognito's, the user's attributes in an ID token, and those that your trigger adds. */
export type JWTPayload = KnownClaims & { [claim: string]: JsonValue };

/** A value of JSON. */
export type JsonValue = null | string | number | boolean | JsonValue[] | { [member: string]: JsonValue };

export interface SignOutInput extends Signal {
  /** Whether to end all sessions of the user, on every device. */
  global?: boolean;
  /**
   * Whether to redirect to the hosted UI's `/logout`, which ends its session and returns: `true`, `false`, or one of the
   * URLs in `redirectSignOut`. Default: if the user signed in through the hosted UI and a URL fits.
   */
  redirect?: boolean | string;
  /** Redirects to `/logout` and then to the sign-in page, with these options. Not together with `redirect`. */
  signInAgain?: SignInWithRedirectInput;
}

export interface GetCredentialsInput extends Signal {
  /** Replaces the result of the setting `logins`. */
  logins?: Logins;
  /** One of the roles in the user's token (`cognito:roles`). */
  roleArn?: string;
  /** Whether to replace credentials that are still valid. */
  forceRefresh?: boolean;
  /** AWS SDK clients pass this. It is not used. */
  callerClientConfig?: unknown;
}

/** {@link Auth.getCredentials}, as clients of the AWS SDK for JavaScript v3 take it. */
export interface CredentialsProvider {
  (input?: GetCredentialsInput): Promise<AwsCredentials>;
  /** Tells the SDK not to cache the result: Poolpass caches it, for the user who is signed in. */
  readonly memoized: true;
}

/** Temporary credentials, in the form of the AWS SDK for JavaScript v3. */
export interface AwsCredentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
  /** By this device's clock, even if it is wrong. */
  expiration: Date;
  /** The identity in the identity pool: `<region>:<uuid>`. */
  identityId: string;
}

export interface SignableRequest {
  url: string;
  /** Default `GET`. */
  method?: string;
  headers?: Record<string, string>;
  /** The body to hash. Not together with `payloadHash`. */
  body?: string | Blob | BufferSource | URLSearchParams;
  /** The body's SHA-256 in hexadecimal, or `UNSIGNED-PAYLOAD` for S3. */
  payloadHash?: string;
}

export interface SigningOptions extends GetCredentialsInput {
  /** The service's signing name, such as `execute-api`. */
  service?: string;
  region?: string;
}

export interface SignInWithRedirectInput<State = unknown> extends Signal {
  /**
   * The provider: one of the user pool, by Amplify's or Cognito's name, by another name (`custom`) or by an identifier such
   * as an e-mail domain; or one of `oidcProviders`. Default: the user chooses on the sign-in page.
   */
  provider?:
    | 'Amazon'
    | 'Apple'
    | 'Facebook'
    | 'Google'
    | 'COGNITO'
    | (string & {})
    | { custom: string }
    | { idpIdentifier: string }
    | { oidc: string };
  /** Any JSON value. It stays in this browser and is returned with the result, or with the error. */
  customState?: State;
  options?: RedirectOptions;
}

export interface RedirectOptions {
  /** Replaces the configuration's scopes. */
  scopes?: string[];
  /** The user name to fill in. */
  loginHint?: string;
  /** The language of the sign-in page. */
  lang?: string;
  /** `'none'`, `'login'`, `'select_account'`, `'consent'`, or several of them. */
  prompt?: string | string[];
  /** Default: random. It is always verified. */
  nonce?: string;
  /** The resource server that the access token is for, as a URL (RFC 8707). */
  resource?: string;
  /** The requested levels of authentication (`acr_values`). */
  acrValues?: string;
  /** The maximum age of the user's authentication, in seconds. It is verified. */
  maxAge?: number;
  /** The first page. Default `'signIn'`. */
  page?: 'signIn' | 'signUp' | 'forgotPassword' | 'passkeys';
  /** The URL in `redirectSignIn` to return to. Default: the one that fits this page. */
  redirectUri?: string;
  /** Path, query and fragment to restore after the sign-in. Default: this page's. `''` keeps the callback URL. */
  returnTo?: string;
  /** More parameters of the authorization request. */
  parameters?: Record<string, string>;
}

export interface SignInWithPopupInput<State = unknown> extends Omit<SignInWithRedirectInput<State>, 'options'> {
  options?: RedirectOptions & {
    /** Redirects this page if the browser blocks the window. Default: an error. */
    fallback?: 'redirect';
    /** In pixels. Default 500. */
    width?: number;
    /** In pixels. Default 650. */
    height?: number;
  };
}

export interface SignInWithRedirectOutput<State = unknown> {
  /** The user, after a sign-in with the user pool. */
  user?: AuthUser;
  /** The name in `oidcProviders`, after a direct sign-in with a provider: see {@link Auth.fetchProviderSession}. */
  provider?: string;
  customState?: State;
  /** Path, query and fragment of the page where the flow started. As a relative URL it stays on this page's origin. */
  returnTo?: string;
}

export interface HandleRedirectInput extends Signal {
  /** The callback URL with the response. Default: this page's URL, from which the response is removed. */
  url?: string;
}

export interface VerifyTokenInput extends Signal {
  token: string;
  tokenUse: 'id' | 'access';
}

export type SignOutOutput =
  /** Cognito ended the session too. */
  | { isRevoked: true; error?: undefined }
  /** Cognito did not end the session, for this reason. A copied refresh token works until it expires. */
  | { isRevoked: false; error: PoolpassError };

/** The events and their data. */
export interface AuthEvents {
  signedIn: AuthUser;
  /** Has an `error` if Cognito ended the session, or if the storage was cleared: code `signed_out`, reason `storage_cleared`. */
  signedOut: { error?: PoolpassError };
  tokenRefresh: Record<string, never>;
  /** The session continues unless `signedOut` follows. */
  tokenRefresh_failure: { error: PoolpassError };
  /** A stored session could not be read. It was moved to a key that ends in `.corrupt`. */
  sessionCorrupted: Record<string, never>;
  /** The session could not be stored. It stays in this tab's memory until a later sign-in is stored. */
  sessionPersistFailed: { error: PoolpassError };
  /**
   * The user is signed in, but this device could not be confirmed or stored, so it is not remembered. If Cognito has not confirmed
   * it, the session ends when its tokens expire.
   */
  confirmDevice_failure: { error: PoolpassError };
  /** A sign-in by redirect succeeded. */
  signInWithRedirect: Record<string, never>;
  /** A sign-in by redirect failed, or the user returned without a response (`flow_cancelled`). */
  signInWithRedirect_failure: { error: PoolpassError };
  /** The flow's `customState`, after a success or a failure. */
  customOAuthState: { customState: unknown };
}

export interface AuthEvent<E extends keyof AuthEvents> {
  event: E;
  data: AuthEvents[E];
  /** Whether this tab or another caused it. */
  origin: 'local' | 'remote';
}

/** The kinds of error. */
export type PoolpassErrorCode =
  | 'service'
  | 'oauth'
  | 'redirect_flow'
  | 'token_invalid'
  | 'network'
  | 'timeout'
  | 'reply_too_large'
  | 'aborted'
  | 'invalid_response'
  | 'sign_in'
  | 'srp_refused'
  | 'callback'
  | 'bad_input'
  | 'bad_config'
  | 'storage_read'
  | 'storage_write'
  | 'lock_timeout'
  | 'signed_out'
  | 'no_credentials'
  | 'origin_not_allowed'
  | 'no_fetch'
  | 'no_crypto'
  | 'no_window'
  | 'no_random'
  | 'passkey'
  | 'popup_blocked'
  | 'popup_closed'
  | 'popup_unanswered'
  | 'appsync'
  | 'no_websocket'
  | 'wasm_load'
  | 'disposed'
  | 'internal';

/** The exact cause, where one name stands for many things. */
export type PoolpassErrorReason =
  | 'access_expired'
  | 'access_revoked'
  | 'already_confirmed'
  | 'attempt_limit'
  | 'attribute_not_writable'
  | 'client_has_secret'
  | 'device_unknown'
  | 'code_used'
  | 'factor_not_set_up'
  | 'flow_not_enabled'
  | 'guests_not_allowed'
  | 'identity_forbidden'
  | 'insufficient_scope'
  | 'login_expired'
  | 'login_invalid'
  | 'logins_mismatch'
  | 'no_verified_address'
  | 'recovery_by_admin_only'
  | 'role_ambiguous'
  | 'session_expired'
  | 'session_used'
  | 'no_sign_in'
  | 'superseded'
  | 'answer_under_way'
  | 'device_rejected'
  | 'sign_up_closed'
  | 'storage_cleared'
  | 'temporary_password'
  | 'temporary_password_expired'
  | 'refresh_expired'
  | 'refresh_invalid'
  | 'refresh_reused'
  | 'refresh_revoked'
  | 'user_disabled'
  | 'wrong_password'
  // Errors of an authorization server (RFC 6749, RFC 6750, OpenID Connect Core).
  | 'access_denied'
  | 'account_selection_required'
  | 'consent_required'
  | 'interaction_required'
  | 'invalid_client'
  | 'invalid_grant'
  | 'invalid_request'
  | 'invalid_scope'
  | 'invalid_token'
  | 'login_required'
  | 'server_error'
  | 'temporarily_unavailable'
  | 'unauthorized_client'
  | 'unsupported_grant_type'
  | 'unsupported_response_type'
  // Failures of a flow.
  | 'flow_cancelled'
  | 'flow_expired'
  | 'flow_interrupted'
  | 'flow_no_code'
  | 'flow_other_callback'
  | 'flow_unknown'
  | 'flow_used'
  // Why the browser gave no passkey.
  | 'passkey_bad_options'
  | 'passkey_cancelled'
  | 'passkey_exists'
  | 'passkey_failed'
  | 'passkey_interrupted'
  | 'passkey_missing'
  | 'passkey_not_supported'
  | 'passkey_superseded'
  | 'passkey_timed_out'
  | 'passkey_wrong_domain'
  // Failures to load the wasm.
  | 'blocked_by_policy'
  | 'http_error'
  | 'invalid_wasm'
  | 'no_browser'
  | 'no_url'
  | 'no_webassembly'
  | 'not_found'
  | 'unreachable'
  // Failures of the verification of a token.
  | 'malformed_token'
  | 'missing_claim'
  | 'token_expired'
  | 'token_not_yet_valid'
  | 'unknown_key'
  | 'wrong_algorithm'
  | 'wrong_at_hash'
  | 'wrong_audience'
  | 'wrong_auth_time'
  | 'wrong_issue_time'
  | 'wrong_issuer'
  | 'wrong_nonce'
  | 'wrong_signature'
  | 'wrong_subject'
  | 'wrong_token_use';

/**
 * An error of this package. Two kinds of errors are passed on unchanged: those of `fetch` for your own request, by
 * {@link Auth.fetch}, and those that your callbacks `logins` and `authToken` throw.
 *
 * Check `error.code === 'appsync'` to narrow it to AppSync's, which have `errors` and `data`.
 */
export type PoolpassError = AppSyncError | OtherError;

/** The class of all errors, for `instanceof`. Apps cannot construct it. */
export const PoolpassError: PoolpassErrorClass;

export interface PoolpassErrorClass extends Function {
  readonly prototype: PoolpassError;
}

/** AppSync rejected a request. */
export interface AppSyncError extends PoolpassErrorMembers {
  readonly code: 'appsync';
  /** AppSync's errors. */
  readonly errors: GraphQLError[];
  /** The data that AppSync sent with its errors: fields that failed are null. */
  readonly data?: unknown;
}

/** Any other error. */
export interface OtherError extends PoolpassErrorMembers {
  readonly code: Exclude<PoolpassErrorCode, 'appsync'>;
  readonly errors?: undefined;
  readonly data?: undefined;
}

interface PoolpassErrorMembers extends Error {
  /** Cognito's exception name, such as `NotAuthorizedException`, or else Amplify's name. */
  readonly name: string;
  readonly reason?: PoolpassErrorReason;
  /** Whether the same call may succeed later without a change or, after a wrong code, with another code. */
  readonly retryable: boolean;
  /** How to recover. */
  readonly recoverySuggestion?: string;
  /** The HTTP status of the service's response. */
  readonly status?: number;
  /** The service's request ID, for AWS support. */
  readonly requestId?: string;
  /**
   * After how many milliseconds the service wants to be asked again, if it says so by `Retry-After` and the page may read that header:
   * AWS does not expose it to pages of other origins, a proxy of yours (`userPool.endpoint`) can. Poolpass waits up to five seconds by itself.
   */
  readonly retryAfterMs?: number;
  /** The `customState` of a sign-in by redirect or popup. */
  readonly customState?: unknown;
  /** After a sign-in by redirect or popup: path, query and fragment of the page where it started. */
  readonly returnTo?: string;
}

/** Whether a value is a {@link PoolpassError}, also of another copy of the package. */
export function isPoolpassError(value: unknown): value is PoolpassError;

export {};
