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
  /** OpenID Connect providers to sign in with directly, by names of yours: `signInWithRedirect({ provider: { oidc: name } })`. */
  oidcProviders?: Record<string, OidcProviderConfig>;
  /** The AppSync GraphQL API that {@link Auth.graphql} and {@link Auth.subscribe} ask. */
  graphql?: AppSyncConfig;
  /** The AppSync Event API that {@link Auth.events} is of. */
  events?: AppSyncConfig;
  /** Which credential goes with the requests of {@link Auth.fetch}, by their origin. A request to another one is an error. */
  origins?: OriginRule[];
  /**
   * Logins for the identity pool beside those that poolpass knows of (the user pool's, and those of `oidcProviders`). Called
   * whenever credentials are wanted, so for each signature too: keep a token while it is good.
   *
   * Keys are the pool's names of providers, such as `accounts.google.com` or `graph.facebook.com`. For a developer
   * provider it is `cognito-identity.amazonaws.com`, with the token that your back end got by
   * `GetOpenIdTokenForDeveloperIdentity`; the identity is the one that the token names.
   */
  logins?: () => Logins | Promise<Logins>;
  /** Where the session is kept. Default `'local'`. */
  storage?: StorageConfig;
  /** Address of `poolpass-local`, such as `http://localhost:9400`. Leave it out for AWS. Its hosted UI stands there too. */
  endpoint?: string;
  /**
   * Whether `createAuth` takes the answer of a sign-in page out of this page's URL and finishes the sign-in. Default
   * `true`; with `false` call `handleRedirect()` where you want it done.
   */
  handleRedirect?: boolean;
}

/** A user pool and its app client. */
export interface UserPoolConfig {
  /** `<region>_<name>` */
  userPoolId: string;
  /** The app client's id. The client must have no secret. */
  userPoolClientId: string;
  /** Hosted UI (managed login) of the pool. */
  oauth?: OAuthConfig;
}

/** Hosted UI (managed login). */
export interface OAuthConfig {
  /** Host of the pool's domain: `<prefix>.auth.<region>.amazoncognito.com`, or your own. */
  domain: string;
  /** Scopes to ask for, such as `openid`, `email`, `notes/read`. Left out: all that the app client allows. */
  scopes?: string[];
  /** Callback URLs, exactly as registered with the app client. The one of the page's address or origin is used. */
  redirectSignIn?: string[];
  /** Sign-out URLs, exactly as registered with the app client. */
  redirectSignOut?: string[];
}

/** An OpenID Connect provider that is asked directly, without the user pool. */
export interface OidcProviderConfig {
  /** Its `issuer`, such as `https://login.example.com`. `/.well-known/openid-configuration` is fetched from there. */
  issuer: string;
  /** The client registered there: a public one that may use the code flow with PKCE from a browser. */
  clientId: string;
  /** Default `openid`, which is always asked for. */
  scopes?: string[];
  /** Callback URLs registered there. */
  redirectSignIn?: string[];
}

/** An identity pool. */
export interface IdentityPoolConfig {
  /** `<region>:<uuid>` */
  identityPoolId: string;
  /** Whether guests get credentials. */
  allowGuestAccess?: boolean;
  /** The basic (classic) flow: you choose the roles, and STS gives the credentials. Default: the enhanced flow. */
  basicFlow?: {
    authenticatedRoleArn: string;
    guestRoleArn?: string;
    /** 900 to 43,200; the role's own time unless given. */
    durationSeconds?: number;
  };
}

/** A provider's name in the identity pool, such as `accounts.google.com`, and its token. */
export type Logins = Record<string, string>;

/** The credential for the requests to one origin. */
export interface OriginRule {
  /** Scheme, host and port, such as `https://api.example.com`. */
  origin: string;
  /** ID token or access token as a bearer's, a signature with the identity pool's credentials, or nothing. */
  auth: 'id' | 'access' | 'iam' | 'none';
  /** The signing name of the service, for `iam`, such as `execute-api`. Default: the one that an AWS host names. */
  service?: string;
  /** The region. Default: the one that an AWS host names. */
  region?: string;
}

/**
 * Where the session is kept:
 * - `'local'`: `localStorage`, shared by all tabs, kept until sign-out;
 * - `'session'`: `sessionStorage`, of one tab and gone with it;
 * - `'memory'`: gone with a reload;
 * - an object of yours.
 */
export type StorageConfig = 'local' | 'session' | 'memory' | KeyValueStorage;

/** An AppSync API. */
export interface AppSyncConfig {
  /**
   * Its HTTP endpoint: `https://….appsync-api.<region>.amazonaws.com/graphql`, or `…/event`, or one of a domain of yours.
   * `http:` on this machine only. The real-time endpoint is derived from it: `wss:`, or `ws:` on this machine.
   */
  endpoint: string;
  /** The API's region, for `iam`. Default: the configuration's. */
  region?: string;
  /** How to prove who asks, unless a call says. Default `'userPool'`. */
  defaultAuthMode?: AppSyncAuthMode;
  /** For `'apiKey'`. */
  apiKey?: string;
}

/**
 * How a request to AppSync proves who asks:
 * - `'apiKey'`: the API key;
 * - `'userPool'`: the user's access token, refreshed as needed. For the ID token use `'oidc'`;
 * - `'iam'`, or `'identityPool'`: a signature with the identity pool's credentials, a guest's too;
 * - `'oidc'`, `'lambda'`: the call's `authToken`.
 */
export type AppSyncAuthMode = 'apiKey' | 'userPool' | 'iam' | 'identityPool' | 'oidc' | 'lambda';

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
   * Leaves for the hosted UI, or for a provider behind it, to sign in: authorization code with PKCE. Resolves when the
   * page is being left. The answer is taken when the page comes back: see {@link Auth.handleRedirect}.
   *
   * Every flow is a record of its own, so several may be under way in several tabs, and nothing waits for one that is
   * abandoned. It lives for ten minutes.
   *
   * @throws {@link PoolpassError}: `InvalidRedirectException` if no callback URL fits this page; code `storage_write` if
   * the browser keeps nothing; `NetworkError` for a provider that is asked directly.
   */
  signInWithRedirect(input?: SignInWithRedirectInput): Promise<void>;

  /**
   * The same in a window of its own. Call it in a click's handler, before anything is waited for. The callback URL's page
   * has to call `createAuth` as this one does: it hands the answer over and closes. Works under
   * Cross-Origin-Opener-Policy.
   *
   * @throws {@link PoolpassError} with code `popup_blocked` (unless `fallback: 'redirect'`), `popup_closed`, `aborted`,
   * and those of {@link Auth.handleRedirect}.
   */
  signInWithPopup(input?: SignInWithPopupInput): Promise<SignInWithRedirectOutput>;

  /**
   * The answer of the sign-in page that this page has come back from, or `null` if it has not. `createAuth` has begun this
   * already, unless told otherwise: the URL is clean by then. Calling it again gives the same answer.
   *
   * The ID token's and the access token's signature, issuer, client, use and times are verified, and the ID token's nonce
   * and `at_hash`. After a success the address that was left is shown again (`popstate` is fired for your router); after an
   * error it is in `returnTo` alone.
   *
   * @throws {@link PoolpassError}, with your `customState` and `returnTo` where there are any: code `oauth` with what the
   * server said (`reason` such as `access_denied`), `redirect_flow` (`flow_unknown`, `flow_expired`, `flow_used`,
   * `flow_interrupted`, `flow_no_code`), `token_refused`; `NetworkError`.
   */
  handleRedirect(input?: HandleRedirectInput): Promise<SignInWithRedirectOutput | null>;

  /**
   * Asks the GraphQL API: a query or a mutation, over HTTP.
   * A refused token is renewed once, a refused signature's time is corrected once; nothing else is sent twice. Gives up
   * after 45 seconds.
   *
   * Where there are data they are the result, with the `errors` of the fields that are missing. Errors alone are thrown.
   *
   * @throws {@link PoolpassError}, with one of these codes:
   * - `bad_input`, `bad_config` (no API is configured, or no API key): before anything is sent;
   * - `appsync`: AppSync's `errors`, the first one's type as `name`, such as `UnauthorizedException`, with `status`;
   * - `bad_reply`: an answer that is not AppSync's;
   * - `signed_out`, and what else {@link Auth.getCredentials} and a refresh throw: there is nothing to prove who asks with;
   * - `network`, `timeout`, `aborted`, `disposed`.
   * @example
   * const { data } = await auth.graphql<{ note: Note }>({ query: 'query ($id: ID!) { note(id: $id) { id text } }', variables: { id: '1' } });
   */
  graphql<T = Record<string, unknown>>(input: GraphQLInput): Promise<GraphQLResult<T>>;

  /**
   * Subscribes at the GraphQL API, at once ("Building a real-time WebSocket client", AppSync Developer Guide). What comes
   * waits to be read, up to 10,000 messages. `break`, `return()` and the signal end the subscription; a `for await` loop
   * throws what else ends it.
   *
   * Subscriptions that prove who asks in the same way share a WebSocket, up to a hundred. When it is lost, silent for
   * longer than AppSync lets happen (5 minutes), or may have died while the machine slept, it is made again: after pauses
   * of 0.5 to 60 seconds for as long as it takes, at once when the network or the page is back. What was sent meanwhile is
   * lost, see `onDisconnect` and `onReconnect`. Before the token expires, and every day, another takes over without a gap:
   * a message that both bring is given once.
   *
   * When somebody signs in or out, in any tab, what the user's tokens or credentials have opened is closed, what waits to
   * be read is dropped, and the subscription is made again as who is there now; `onReconnect` tells. If nobody is, and
   * guests may not, it ends with an error such as `signed_out`. The API key, and a token of yours that is a text, are no
   * user's: they stay.
   *
   * @throws {@link PoolpassError} with code `bad_input`, at once. The iterator and `ready` throw these codes, once:
   * - `appsync`: AppSync's `errors`, the first one's type as `name`, such as `UnauthorizedException` (again, with new
   *   tokens), `MaxSubscriptionsReachedError`, `UnsupportedOperation`; or `QueueOverflowException`;
   * - `timeout`: AppSync has not answered the start within 15 seconds;
   * - `bad_config`, `bad_input` (of `authMode` and `authToken`), `signed_out`, and what else {@link Auth.getCredentials}
   *   and a refresh throw that is not `retryable`;
   * - `no_websocket`: there is no WebSocket, as in Node.js before 22, or the browser opens none to this address;
   * - `network`: the part of this package that does it cannot be loaded;
   * - `aborted`, `disposed`.
   * @example
   * const notes = auth.subscribe<{ onNote: Note }>({ query: 'subscription { onNote { id text } }', signal, onReconnect: getAll });
   * await notes.ready; // from here on nothing is missed: now get what is there already
   * await getAll();
   * for await (const { data } of notes) show(data.onNote);
   */
  subscribe<T = Record<string, unknown>>(input: SubscribeInput): AppSyncSubscription<GraphQLMessage<T>>;

  /** Channels of the Event API. */
  readonly events: AppSyncEvents;

  /**
   * The user's claims by the hosted UI's userInfo endpoint. Needs a session with the scope `openid`, so one from there.
   *
   * @throws {@link PoolpassError}: `UserUnAuthenticatedException`; code `oauth` with `insufficient_scope`; code
   * `token_refused` with `wrong_subject`; `NetworkError`.
   */
  userInfo(input?: Signal): Promise<Record<string, unknown>>;

  /**
   * Verifies a token of this user pool and app client: signature, issuer, client, use, times by this device's clock. Gives
   * its claims.
   *
   * @throws {@link PoolpassError} with code `token_refused`, whose `reason` says why; `NetworkError` if the pool's keys
   * cannot be fetched.
   */
  verifyToken(input: VerifyTokenInput): Promise<JWTPayload>;

  /**
   * The ID token of a provider that was asked directly, as long as it is good.
   *
   * @throws {@link PoolpassError} with code `bad_config` if there is no such provider.
   */
  fetchProviderSession(input: { provider: string } & Signal): Promise<{ idToken?: JWT }>;

  /**
   * Temporary AWS credentials that can be used now, and the identity they are of: the user's, or a guest's. Asked for once by
   * all callers in all tabs, renewed before they expire. AWS SDK for JavaScript v3 clients take it as it is:
   * `new S3Client({ region, credentials: auth.getCredentials })`.
   *
   * A guest who signs in keeps the identity, unless the user has one already. Who has signed out, or whose login has expired,
   * is a guest again, of another identity.
   *
   * @throws {@link PoolpassError}: `NoCredentialsException` if nobody is signed in and guests are not allowed; code
   * `bad_config` if the user signed in without the scope openid, so that there is no ID token;
   * `NotAuthorizedException` and the service's others; `NetworkError`; `LockTimeoutException`.
   */
  getCredentials(input?: GetCredentialsInput): Promise<AwsCredentials>;

  /**
   * Takes logins off the user's identity (`UnlinkIdentity`). Without its last one it cannot be reached any more.
   *
   * @throws as {@link Auth.getCredentials}.
   */
  unlinkIdentity(input: GetCredentialsInput & { providers: string[] }): Promise<void>;

  /**
   * `fetch` with the credential that `origins` gives the request's origin. A 401 to a bearer's token brings one refresh and
   * one repetition; a signature refused for its time, one with the server's clock; one refused because the credentials are
   * over, one with new ones. Redirects are not followed where a credential is sent. Never silently without one.
   *
   * A stream as `init.body` goes out once, and with `iam` unsigned: to S3 by https alone. Other bodies are hashed for
   * `iam`, unless `x-amz-content-sha256` among the headers tells the hash, or says `UNSIGNED-PAYLOAD`.
   *
   * @throws {@link PoolpassError}: `NoRuleException` for an origin without a rule; `UserUnAuthenticatedException`; those of
   * {@link Auth.getCredentials}. What `fetch` throws otherwise.
   */
  fetch(input: RequestInfo | URL, init?: RequestInit): Promise<Response>;

  /**
   * The headers that a request has to send beside its own, to be signed by Signature Version 4. Service and region are those
   * of the call, else of the rule in `origins`, else of an AWS host; they are never guessed. The signature is of the URL as
   * `fetch` sends it, with a plus in the query read as a blank.
   *
   * @throws {@link PoolpassError} with code `bad_input` if service or region is missing, if the path has a segment `.` or
   * `..`, or if a header has a character outside printable ASCII; those of {@link Auth.getCredentials}.
   */
  sign(request: SignableRequest, options?: SigningOptions): Promise<Record<string, string>>;

  /**
   * A URL that carries its signature: good for `expiresIn` seconds (a whole number, 1 to 604,800; default 900), and not
   * longer than the credentials. `https:`, `wss:`, and for local services `http:` and `ws:`.
   *
   * @throws as {@link Auth.sign}.
   */
  presign(
    url: string | URL | SignableRequest,
    options?: SigningOptions & { expiresIn?: number },
  ): Promise<string>;

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
   * The groups that the user is in (`cognito:groups`), as of the last refresh; none if nobody is signed in. Your servers
   * decide by the token, not by this.
   *
   * @throws as {@link Auth.fetchAuthSession}.
   */
  groups(input?: FetchAuthSessionInput): Promise<string[]>;

  /**
   * The claims of the ID token, as of the last refresh, such as `email`, `cognito:roles` and `cognito:preferred_role`: those
   * of the access token where there is no ID token, `null` if nobody is signed in.
   *
   * @throws as {@link Auth.fetchAuthSession}.
   */
  claims(input?: FetchAuthSessionInput): Promise<JWTPayload | null>;

  /**
   * The user's attributes as the pool has them now (`GetUser`).
   *
   * @throws {@link PoolpassError}: `UserUnAuthenticatedException`, `NotAuthorizedException` and the service's others;
   * `NetworkError`.
   */
  fetchUserAttributes(input?: Signal): Promise<Record<string, string>>;

  /**
   * Signs out here at once, and at Cognito as far as it can be reached (`RevokeToken`, or `GlobalSignOut`). Whoever signed
   * in at the hosted UI is signed out there too, if a sign-out URL is configured: the page is left for it.
   *
   * @throws {@link PoolpassError} with code `storage_write` if the stored session could not be removed;
   * `InvalidRedirectException`, before anything is done, if no URL fits.
   */
  signOut(input?: SignOutInput): Promise<SignOutOutput>;

  /**
   * Hears an event, from this tab and the others; call what it returns to stop. Handlers run in a microtask of their own,
   * never inside the operation that caused the event.
   */
  on<E extends keyof AuthEvents>(event: E, handler: (event: AuthEvent<E>) => void): () => void;

  /** The storage in use: `'memory'` where the browser blocks the one that was asked for, undefined once disposed. */
  readonly storage: 'local' | 'session' | 'memory' | 'custom' | undefined;

  /** Ends all subscriptions, lets go of the wasm object and the channel to other tabs. The session stays stored. */
  dispose(): void;
}

/** Channels of an AppSync Event API. */
export interface AppSyncEvents {
  /**
   * Publishes up to five events, which are anything that JSON can hold, to a channel such as `/default/room`, over HTTP
   * ("Publish events via HTTP", AppSync Events Developer Guide).
   *
   * @returns Which events went out, and which did not: it does not throw for these.
   * @throws {@link PoolpassError}, as {@link Auth.graphql}.
   */
  publish(channel: string, events: readonly unknown[], options?: AppSyncOptions): Promise<PublishOutput>;
  /**
   * Subscribes to a channel such as `/default/room`, or to those below one: `/default/*`. As {@link Auth.subscribe}, but
   * gives the events themselves. One that AppSync fails to broadcast, or that is no JSON, is left out.
   *
   * Source: "Understanding the Event API WebSocket protocol", AppSync Events Developer Guide.
   */
  subscribe<T = unknown>(channel: string, options?: SubscriptionOptions): AppSyncSubscription<T>;
}

/** What became of events, each by its place in the list. */
export interface PublishOutput {
  successful: { identifier: string; index: number }[];
  failed: { identifier: string; index: number; code?: number; message?: string }[];
}

export interface AppSyncOptions extends Signal {
  /** Default: the configuration's `defaultAuthMode`. */
  authMode?: AppSyncAuthMode;
  /**
   * For `'oidc'` and `'lambda'`, and only for these: the token, or a function that gets one; printable ASCII. The function
   * is asked for each request, start and connection, a minute before a token expires (`exp`, if it is a JWT), when somebody
   * signs in or out, and once where AppSync refuses what it gave, with `isRefused`. Subscriptions share a connection if
   * they have the same function. What it throws ends them, unless it has `retryable: true`.
   */
  authToken?: string | ((reason: { isRefused: boolean }) => string | Promise<string>);
}

export interface GraphQLInput extends AppSyncOptions {
  /** The document: a text, or a `String` object as GraphQL code generators make them. */
  query: string | String;
  variables?: object;
  /** Which of the document's operations, if it has several. */
  operationName?: string;
}

export interface SubscriptionOptions extends AppSyncOptions {
  /** Hears once that the connection is lost or cannot be made, and why. It is tried again until it is there. */
  onDisconnect?: (error: PoolpassError) => void;
  /** Hears that the subscription is there again after it was cut off. Messages may have been missed: get anew what you show. */
  onReconnect?: () => void;
}

export interface SubscribeInput extends SubscriptionOptions {
  /** The document, with one subscription. */
  query: string | String;
  variables?: object;
}

export interface GraphQLResult<T> {
  data: T;
  /** Of the fields that are null in `data`. */
  errors?: GraphQLError[];
  extensions?: Record<string, unknown>;
}

export interface GraphQLMessage<T> extends Omit<GraphQLResult<T>, 'data'> {
  /** Null if the whole message failed. */
  data: T | null;
}

/** An error as AppSync has it. */
export interface GraphQLError {
  message?: string;
  /** Such as `UnauthorizedException` of a request, `Unauthorized` of a field, `ValidationError`. */
  errorType?: string;
  errorInfo?: unknown;
  path?: (string | number)[] | null;
  locations?: { line: number; column: number }[] | null;
  [member: string]: unknown;
}

/** What comes, until it ends. To be read by one reader. */
export interface AppSyncSubscription<T> extends AsyncIterableIterator<T> {
  /** Resolves when AppSync has acknowledged it: what happens from then on comes. Rejects if it ends before. */
  readonly ready: Promise<void>;
  next(): Promise<IteratorResult<T, undefined>>;
  return(value?: unknown): Promise<IteratorResult<T, undefined>>;
  throw(error?: unknown): Promise<IteratorResult<T, undefined>>;
  [Symbol.asyncIterator](): AppSyncSubscription<T>;
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
  /** Never asked for here: see {@link Auth.getCredentials}. */
  credentials?: undefined;
  /** Never asked for here: see {@link Auth.getCredentials}. */
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
  /**
   * Whether to leave for the hosted UI's `/logout`, which ends its own session and comes back: `true`, `false`, or one of
   * `redirectSignOut`. Left out: if the user signed in there and a URL fits.
   */
  redirect?: boolean | string;
  /** Leave for `/logout`, and on to the sign-in page, with these wishes. Not together with `redirect`. */
  signInAgain?: SignInWithRedirectInput;
}

export interface GetCredentialsInput extends Signal {
  /** In place of what the setting `logins` gives. */
  logins?: Logins;
  /** One of the roles that the user's token names (`cognito:roles`). */
  roleArn?: string;
  /** Ask for others also if those at hand are good. */
  forceRefresh?: boolean;
  /** What AWS SDK clients pass. Not used. */
  callerClientConfig?: unknown;
}

/** Temporary credentials, in the form of the AWS SDK for JavaScript v3. */
export interface AwsCredentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
  /** By this device's clock, be it right or wrong. */
  expiration: Date;
  /** The identity in the identity pool: `<region>:<uuid>`. */
  identityId: string;
}

export interface SignableRequest {
  url: string;
  /** Default `GET`. */
  method?: string;
  headers?: Record<string, string>;
  /** Hashed here. Not together with `payloadHash`. */
  body?: string | Blob | BufferSource | URLSearchParams;
  /** SHA-256 of the body in hexadecimal, or `UNSIGNED-PAYLOAD` for S3. */
  payloadHash?: string;
}

export interface SigningOptions extends GetCredentialsInput {
  /** The service's signing name, such as `execute-api`. */
  service?: string;
  region?: string;
}

export interface SignInWithRedirectInput extends Signal {
  /**
   * Who signs the user in: a provider of the user pool by Amplify's or Cognito's name, by another name (`custom`) or by an
   * identifier such as an e-mail domain; or one of `oidcProviders`, which is asked directly. Left out: the sign-in page
   * lets choose.
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
  /** Anything that JSON can hold. It stays in this browser and comes back with the answer, also with an error. */
  customState?: unknown;
  options?: RedirectOptions;
}

export interface RedirectOptions {
  /** In place of the configuration's. */
  scopes?: string[];
  /** The user name to begin with. */
  loginHint?: string;
  /** The language of the sign-in page. */
  lang?: string;
  /** `'none'`, `'login'`, `'select_account'`, `'consent'`, or several. */
  prompt?: string | string[];
  /** Random unless given. Verified in any case. */
  nonce?: string;
  /** What the access token is for: a URL of your resource server (RFC 8707). */
  resource?: string;
  /** Levels of authentication to choose from. */
  acrValues?: string;
  /** The user has to have authenticated within so many seconds. Verified. */
  maxAge?: number;
  /** The page to begin with. Default `'signIn'`. */
  page?: 'signIn' | 'signUp' | 'forgotPassword' | 'passkeys';
  /** Which of `redirectSignIn` to come back to, if not the one that fits this page. */
  redirectUri?: string;
  /** Path, query and fragment to show afterwards. Default: this page's. `''`: leave the callback's. */
  returnTo?: string;
  /** Further parameters of the authorization request. */
  parameters?: Record<string, string>;
}

export interface SignInWithPopupInput extends Omit<SignInWithRedirectInput, 'options'> {
  options?: RedirectOptions & {
    /** What to do if the browser blocks the window. Default: an error. */
    fallback?: 'redirect';
    /** In pixels. Default 500. */
    width?: number;
    /** In pixels. Default 650. */
    height?: number;
  };
}

export interface SignInWithRedirectOutput {
  /** The user, if the user pool signed them in. */
  user?: AuthUser;
  /** The name of the provider that was asked directly: see {@link Auth.fetchProviderSession}. */
  provider?: string;
  customState?: unknown;
  /** Path, query and fragment of the page that was left. */
  returnTo?: string;
}

export interface HandleRedirectInput extends Signal {
  /** The URL that the sign-in page came back to. Default: this page's, whose answer is then taken out of it. */
  url?: string;
}

export interface VerifyTokenInput extends Signal {
  token: string;
  tokenUse: 'id' | 'access';
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
  /** A sign-in page has brought a session. */
  signInWithRedirect: Record<string, never>;
  /** It has not; or the user came back without an answer (`flow_cancelled`). */
  signInWithRedirect_failure: { error: PoolpassError };
  /** What was kept for the end of the flow, however it ended. */
  customOAuthState: { customState: unknown };
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
  | 'oauth'
  | 'redirect_flow'
  | 'token_refused'
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
  | 'no_credentials'
  | 'no_rule'
  | 'no_crypto'
  | 'no_random'
  | 'popup_blocked'
  | 'popup_closed'
  | 'appsync'
  | 'no_websocket'
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
  | 'guests_not_allowed'
  | 'identity_forbidden'
  | 'login_expired'
  | 'login_invalid'
  | 'logins_mismatch'
  | 'role_ambiguous'
  | 'session_expired'
  | 'session_used'
  | 'refresh_expired'
  | 'refresh_invalid'
  | 'refresh_reused'
  | 'refresh_revoked'
  | 'user_disabled'
  | 'wrong_password'
  // What an authorization server said (RFC 6749, RFC 6750, OpenID Connect Core).
  | 'access_denied'
  | 'account_selection_required'
  | 'consent_required'
  | 'insufficient_scope'
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
  // What became of a flow.
  | 'flow_cancelled'
  | 'flow_expired'
  | 'flow_interrupted'
  | 'flow_no_code'
  | 'flow_unknown'
  | 'flow_used'
  // Why a token is not believed.
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
  /** AppSync's errors, where it has refused something. */
  readonly errors?: GraphQLError[];
  /** Of a flow by way of a sign-in page: what was kept for its end. */
  readonly customState?: unknown;
  /** Of a flow by way of a sign-in page: path, query and fragment of the page that was left. */
  readonly returnTo?: string;
}

/** Tells a {@link PoolpassError} also across two copies of the package. */
export function isPoolpassError(value: unknown): value is PoolpassError;

export {};
