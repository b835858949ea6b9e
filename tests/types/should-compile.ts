// Uses that are right: they have to compile without an assertion or an `any`.
import { createAuth, decodeJWT, isPoolpassError, load, PoolpassError } from 'poolpass';
import { createAuth as createInlineAuth } from 'poolpass/inline';

export const sameTypes: typeof createAuth = createInlineAuth;

export async function everything(bytes: Uint8Array<ArrayBuffer>, signal: AbortSignal): Promise<void> {
  await load();
  await load(new URL('https://example.com/poolpass_bg.wasm'));
  await load(bytes);

  const auth = await createAuth({
    region: 'eu-west-1',
    userPool: {
      userPoolId: 'eu-west-1_AbCdEf123',
      userPoolClientId: '1h57kf5cpq17m0eml12EXAMPLE',
      oauth: {
        domain: 'auth.example.com',
        scopes: ['openid', 'email', 'notes/read'],
        redirectSignIn: ['https://app.example.com/callback'],
        redirectSignOut: ['https://app.example.com/'],
      },
    },
    identityPool: { identityPoolId: 'eu-west-1:7a3f0c52-91d4-4d0e-8a53-1f6f0c1f2b11', allowGuestAccess: true },
    oidcProviders: { work: { issuer: 'https://login.example.com', clientId: 'spa', redirectSignIn: ['https://app.example.com/callback'] } },
    storage: 'local',
    endpoint: 'http://localhost:9400',
    handleRedirect: false,
  });

  const store = new Map<string, string>();
  const custom = await createAuth({
    userPool: { userPoolId: 'eu-west-1_AbCdEf123', userPoolClientId: '1h57kf5cpq17m0eml12EXAMPLE' },
    storage: {
      getItem: (key) => store.get(key) ?? null,
      setItem: (key, value) => void store.set(key, value),
      removeItem: (key) => void store.delete(key),
    },
  });
  custom.dispose();

  const ids = { userPoolId: 'eu-west-1_AbCdEf123', userPoolClientId: '1h57kf5cpq17m0eml12EXAMPLE' };
  await createAuth({ userPool: { ...ids, clientSecret: 'text' } });
  await createAuth({ userPool: { ...ids, clientSecret: async (username) => (await fetch(`/hash?name=${username}`)).text() } });
  const { isSignedIn: isEnough, nextStep: stepUp } = await auth.requireAuth({ acr: ['urn:cognito:loa:4', 'urn:cognito:loa:3'], maxAge: 300, signal });
  if (!isEnough && stepUp.signInStep === 'CONFIRM_SIGN_IN_WITH_TOTP_CODE') await auth.confirmSignIn({ challengeResponse: '123456' });
  await auth.requireAuth({ acr: 'urn:cognito:loa:2', options: { preferredChallenge: 'EMAIL_OTP' } });
  const { sessions, nextToken } = await auth.listSessions({ signal });
  for (const { sessionId, isCurrentSession, createDate } of sessions) {
    if (sessionId && !isCurrentSession && createDate && createDate < new Date()) await auth.revokeSession({ sessionId, options: { revokeAssociatedSessions: 'LINKED' } });
  }
  if (nextToken) await auth.listSessions({ nextToken });
  await auth.updateAuthEventFeedback({ username: 'ada', eventId: 'e', feedbackToken: 't', feedbackValue: 'Invalid' });
  await auth.fetchAuthSession({ clientMetadata: { app: 'x' } });

  // The configurations of AWS Amplify, as they are.
  const pool = { user_pool_id: 'eu-west-1_AbCdEf123', user_pool_client_id: '1h57kf5cpq17m0eml12EXAMPLE', aws_region: 'eu-west-1' };
  await createAuth({ version: '1.3', auth: pool, endpoint: 'http://localhost:9400', storage: 'memory' });
  await createAuth({ version: '1.3', auth: pool, storage: { aws_region: 'eu-west-1', bucket_name: 'b' }, data: { url: 'x' } });
  await createAuth({ auth: pool, origins: [{ origin: 'https://api.example.com', auth: 'access' }], handleRedirect: false });
  await createAuth({ Auth: { Cognito: { userPoolId: pool.user_pool_id, userPoolClientId: pool.user_pool_client_id } } });
  await createAuth({ aws_project_region: 'eu-west-1', aws_user_pools_id: pool.user_pool_id, aws_user_pools_web_client_id: 'x' });

  const signUp = await auth.signUp({
    username: 'zoe',
    password: 'Correct-Horse7!',
    options: { userAttributes: { email: 'zoe@example.com', 'custom:plan': 'free' }, clientMetadata: { from: 'web' } },
    signal,
  });
  if (signUp.nextStep.signUpStep === 'CONFIRM_SIGN_UP') {
    const destination: string | undefined = signUp.nextStep.codeDeliveryDetails?.destination;
    show(destination ?? 'unknown');
  } else {
    const done: 'DONE' = signUp.nextStep.signUpStep;
    show(done);
  }
  await auth.resendSignUpCode({ username: 'zoe' });
  const confirmed: boolean = (await auth.confirmSignUp({ username: 'zoe', confirmationCode: '123456' })).isSignUpComplete;
  show(String(confirmed));

  const { isSignedIn, nextStep } = await auth.signIn({ username: 'zoe', password: 'Correct-Horse7!' });
  show(isSignedIn ? 'signed in' : nextStep.signInStep);
  await auth.signIn({ username: 'zoe', password: 'x', options: { authFlowType: 'USER_PASSWORD_AUTH' }, signal });

  const user = await auth.getCurrentUser();
  show(user.username + user.userId);
  const attributes = await auth.fetchUserAttributes();
  show(attributes.email ?? attributes['custom:plan'] ?? 'none');

  const { nextStep: reset } = await auth.resetPassword({ username: 'zoe', options: { clientMetadata: { from: 'web' } }, signal });
  const address: 'email' | 'phone_number' | undefined = reset.codeDeliveryDetails.attributeName;
  show(address ?? 'unknown');
  await auth.confirmResetPassword({ username: 'zoe', newPassword: 'Purple-Elephant3#', confirmationCode: '123456' });
  await auth.updatePassword({ oldPassword: 'Correct-Horse7!', newPassword: 'Purple-Elephant3#' });
  await auth.updatePassword({ newPassword: 'Purple-Elephant3#' });
  const updated = await auth.updateUserAttributes({ userAttributes: { name: 'Zoe', email: 'zoe@example.com' } });
  const step = updated.email.nextStep;
  show(step.updateAttributeStep === 'DONE' ? updated.name.nextStep.updateAttributeStep : (step.codeDeliveryDetails.destination ?? ''));
  show(String((await auth.updateUserAttribute({ userAttribute: { attributeKey: 'custom:plan', value: 'free' } })).isUpdated));
  await auth.deleteUserAttributes({ userAttributeKeys: ['nickname', 'custom:plan'] });
  await auth.sendUserAttributeVerificationCode({ userAttributeKey: 'email' });
  await auth.confirmUserAttribute({ userAttributeKey: 'email', confirmationCode: '123456' });
  const uri: URL = (await auth.setUpTOTP()).getSetupUri('Notes', 'zoe');
  await auth.verifyTOTPSetup({ code: uri.href, options: { friendlyDeviceName: 'phone' } });
  const { enabled = [], preferred } = await auth.fetchMFAPreference();
  await auth.updateMFAPreference({ totp: enabled.includes('TOTP') && preferred !== 'TOTP' ? 'PREFERRED' : 'ENABLED', passkey: 'DISABLED' });
  show((await auth.fetchAuthFactors()).factors?.join() ?? '');
  const plan = decodeJWT('a.b.c').payload['custom:plan'];
  show(typeof plan === 'string' ? plan : 'none');
  await auth.deleteUser({ signal });

  const session = await auth.fetchAuthSession({ forceRefresh: true, signal });
  show(session.tokens?.accessToken.toString() ?? 'signed out');
  const expiry: number | undefined = session.tokens?.idToken?.payload.exp;
  show(String(expiry) + (session.userSub ?? ''));

  const groups: string[] = await auth.groups({ signal });
  const own = await auth.claims();
  const role: string | undefined = own?.['cognito:preferred_role'] ?? own?.['cognito:roles']?.[0] ?? own?.sub;
  const inToken: string[] = session.tokens?.accessToken.payload['cognito:groups'] ?? [];
  show(groups.concat(inToken).join() + (role ?? '') + String(own?.['custom:plan']));

  const stop: () => void = auth.on('signedIn', ({ event, origin }) => show(`${event} ${origin}`));
  auth.on('signedOut', () => {});
  auth.on('tokenRefresh', () => {});
  stop();

  await auth.signInWithRedirect();
  await auth.signInWithRedirect({ provider: 'Google', customState: { from: ['menu', 3] }, options: { prompt: 'login', maxAge: 60 }, signal });
  await auth.signInWithRedirect({ provider: { custom: 'ExampleSAML' }, options: { scopes: ['openid'], page: 'signUp' } });
  await auth.signInWithRedirect({ provider: { idpIdentifier: 'example.com' } });
  await auth.signInWithRedirect({ provider: { oidc: 'work' }, options: { parameters: { ui_locales: 'de' }, returnTo: '/notes?x=1#2' } });
  const arrived = await auth.handleRedirect();
  if (arrived) show((arrived.user?.username ?? arrived.provider ?? '') + String(arrived.customState) + (arrived.returnTo ?? ''));
  await auth.handleRedirect({ url: 'https://app.example.com/callback?code=c&state=s', signal });
  const popup = await auth.signInWithPopup({ provider: 'Apple', options: { fallback: 'redirect', width: 400 }, signal });
  show(popup.user?.userId ?? '');
  // With the type of the state, what comes back has it too.
  await auth.signInWithRedirect<Cart>({ customState: { cart: 7 } });
  show(String((await auth.handleRedirect<Cart>())?.customState?.cart.toFixed()));
  const { customState } = await auth.signInWithPopup({ customState: { cart: 7 } });
  show(String(customState?.cart.toFixed()));
  const claims = await auth.userInfo({ signal });
  show(String(claims.email));
  const verified = await auth.verifyToken({ token: 'a.b.c', tokenUse: 'access' });
  show(String(verified.exp));
  show((await auth.fetchProviderSession({ provider: 'work' })).idToken?.payload.sub ?? 'none');
  auth.on('customOAuthState', ({ data }) => show(String(data.customState)));
  auth.on('signInWithRedirect_failure', ({ data }) => show(data.error.reason ?? data.error.code));
  await auth.signOut({ redirect: false });
  await auth.signOut({ redirect: 'https://app.example.com/' });
  await auth.signOut({ signInAgain: { provider: 'COGNITO', options: { prompt: ['login', 'consent'] } } });

  const api = { endpoint: 'https://api.example.com/graphql', region: 'eu-west-1', defaultAuthMode: 'apiKey', apiKey: 'da2-x' } as const;
  await createAuth({
    userPool: { userPoolId: 'eu-west-1_AbCdEf123', userPoolClientId: '1h57kf5cpq17m0eml12EXAMPLE' },
    graphql: api,
    events: { endpoint: 'https://api.example.com/event', defaultAuthMode: 'none' },
  });
  const { data, extensions } = await auth.graphql<{ note: Note | null }>({ query: '{ note { id } }', variables: { id: '1' }, operationName: 'Note', authMode: 'iam', signal });
  show((data.note?.id ?? 'none') + String(extensions?.cost));
  const untyped = await auth.graphql({ query: new String('{ note { id } }'), authMode: 'oidc', authToken: async ({ isRefused }) => String(isRefused) });
  show(String(untyped.data.note));
  const notes = auth.subscribe<{ onNote: Note }>({ query: 'subscription { onNote { id } }', authToken: 'x', authMode: 'lambda', onDisconnect: ({ code }) => show(code), onReconnect: () => show('again') });
  await notes.ready;
  for await (const { data, errors } of notes) show(data?.onNote.id ?? errors?.[0]?.message ?? '');
  const outcome = await auth.events.publish('/default/room', [{ id: 1 }, 'text', null], { authMode: 'userPool', signal });
  show(String(outcome.successful.length) + (outcome.failed[0]?.message ?? ''));
  const { events } = auth;
  for await (const event of events.subscribe<Note>('/default/*', { signal })) {
    show(event.id);
    break;
  }
  await events.subscribe('/default/*').return();

  const { isRevoked, error } = await auth.signOut({ global: true });
  if (!isRevoked) show(error.code);
  const none: undefined = isRevoked ? error : undefined;
  show(String(none));
}

export async function passkeys(auth: Auth, signal: AbortSignal): Promise<string | undefined> {
  const registered: void = await auth.associateWebAuthnCredential({ signal });
  const { credentials, nextToken } = await auth.listWebAuthnCredentials({ pageSize: 2 });
  for (const { credentialId, createdAt } of credentials) {
    if (createdAt.getTime() > 0) await auth.deleteWebAuthnCredential({ credentialId });
  }
  const options = { authFlowType: 'USER_AUTH', preferredChallenge: 'WEB_AUTHN', autofill: true } as const;
  const { nextStep } = await auth.signIn({ username: 'ada', options, signal });
  return nextStep.signInStep === 'CONFIRM_SIGN_IN_WITH_PASSKEY' ? nextToken : String(registered);
}

export function failures(thrown: unknown): string {
  if (isPoolpassError(thrown)) {
    const known: boolean = thrown.code === 'service' && thrown.name === 'NotAuthorizedException';
    const rest: [boolean, string | undefined, string | undefined, number | undefined] = [
      thrown.retryable, thrown.recoverySuggestion, thrown.requestId, thrown.status,
    ];
    show(thrown.errors?.[0]?.message ?? '');
    if (thrown.code === 'appsync') show(thrown.errors.map(({ errorType }) => errorType).join());
    return `${known} ${rest.join()} ${thrown.reason ?? ''}`;
  }
  if (thrown instanceof PoolpassError && thrown.code === 'appsync') return String(thrown.errors.length);
  return thrown instanceof PoolpassError ? thrown.message : 'not ours';
}

interface Note {
  id: string;
}

interface Cart {
  cart: number;
}

declare function show(text: string): void;
