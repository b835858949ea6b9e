// Uses that are wrong: each of them has to be an error, or the line above it becomes one.
import { createAuth, PoolpassError, type Auth } from 'poolpass';

// @ts-expect-error there is no such export
import { createClient } from 'poolpass';

export async function wrong(auth: Auth, error: PoolpassError): Promise<void> {
  const userPool = { userPoolId: 'eu-west-1_AbCdEf123', userPoolClientId: '1h57kf5cpq17m0eml12EXAMPLE' };
  // @ts-expect-error a configuration is needed
  await createAuth();
  // @ts-expect-error and a user pool or an identity pool with it
  await createAuth({ region: 'eu-west-1' });
  // @ts-expect-error an unknown setting
  await createAuth({ region: 'eu-west-1', userPool, userPol: userPool });
  // @ts-expect-error an unknown store
  await createAuth({ region: 'eu-west-1', userPool, storage: 'disk' });
  // @ts-expect-error an unknown store beside Amplify's settings
  await createAuth({ Auth: { Cognito: {} }, storage: 'disk' });
  // @ts-expect-error an unknown credential beside Amplify's settings
  await createAuth({ auth: {}, origins: [{ origin: 'https://api.example.com', auth: 'bearer' }] });
  // @ts-expect-error a store that cannot remove
  await createAuth({ userPool, storage: { getItem: () => null, setItem: () => {} } });
  // @ts-expect-error a browser keeps no secret
  await createAuth({ userPool: { ...userPool, userPoolClientSecret: 'x' } });

  // @ts-expect-error a password is needed
  await auth.signUp({ username: 'zoe' });
  // @ts-expect-error a code is a text: a number loses its leading zeros
  await auth.confirmSignUp({ username: 'zoe', confirmationCode: 123456 });
  // @ts-expect-error at least one attribute
  await auth.deleteUserAttributes({ userAttributeKeys: [] });
  // @ts-expect-error no code is sent to a name
  await auth.sendUserAttributeVerificationCode({ userAttributeKey: 'name' });
  // @ts-expect-error Amplify's words are in capitals
  await auth.updateMFAPreference({ totp: 'preferred' });
  // @ts-expect-error a passkey is no factor to prefer
  await auth.updateMFAPreference({ passkey: 'PREFERRED' });
  // @ts-expect-error only what was given is in the result
  (await auth.updateUserAttributes({ userAttributes: { name: 'Zoe' } })).email;
  // @ts-expect-error an unknown flow
  await auth.signIn({ username: 'zoe', password: 'x', options: { authFlowType: 'SRP' } });
  // @ts-expect-error an attribute is a text
  await auth.signUp({ username: 'zoe', password: 'x', options: { userAttributes: { email_verified: true } } });
  // @ts-expect-error not an AbortSignal
  await auth.getCurrentUser({ signal: new AbortController() });
  // @ts-expect-error a provider is named in one way
  await auth.signInWithRedirect({ provider: { custom: 'A', idpIdentifier: 'b' }, options: { scopes: 'openid' } });
  // @ts-expect-error an unknown page
  await auth.signInWithRedirect({ options: { page: 'logout' } });
  // @ts-expect-error the redirect has no window to size
  await auth.signInWithRedirect({ options: { width: 400 } });
  // @ts-expect-error a token is for something
  await auth.verifyToken({ token: 'a.b.c' });
  // @ts-expect-error a URL or whether
  await auth.signOut({ redirect: 1 });
  // @ts-expect-error a provider has an issuer
  await createAuth({ userPool, oidcProviders: { work: { clientId: 'spa' } } });
  // @ts-expect-error there may have been no arrival
  (await auth.handleRedirect()).user;
  // @ts-expect-error there is no session without a promise
  auth.fetchAuthSession().tokens;
  // @ts-expect-error there may be no tokens
  (await auth.fetchAuthSession()).tokens.accessToken;
  // @ts-expect-error nobody may be signed in
  (await auth.claims()).sub;
  // @ts-expect-error an unknown step
  if ((await auth.signIn({ username: 'zoe', password: 'x' })).nextStep.signInStep === 'FINISHED') return;
  const { nextStep } = await auth.signUp({ username: 'zoe', password: 'x' });
  // @ts-expect-error a user who is confirmed was sent no code
  if (nextStep.signUpStep === 'DONE') nextStep.codeDeliveryDetails;
  const { isRevoked, error: failure } = await auth.signOut();
  // @ts-expect-error what was revoked has no error
  if (isRevoked) failure.code;
  // @ts-expect-error other errors than AppSync's have no errors
  if (error.code === 'network') error.errors.length;
  // @ts-expect-error the state has another type
  await auth.signInWithRedirect<{ cart: number }>({ customState: { cart: 'seven' } });
  // @ts-expect-error groups are texts
  (await auth.claims())?.['cognito:groups']?.[0]?.toFixed();
  // @ts-expect-error errors are made here alone
  new PoolpassError({ message: 'x' });
  // @ts-expect-error an unknown event
  auth.on('signedin', () => {});
  // @ts-expect-error a handler is a function
  auth.on('signedIn');
  // @ts-expect-error methods are not replaced
  auth.signIn = undefined;
  // @ts-expect-error an API has an address
  await createAuth({ userPool, graphql: { apiKey: 'x' } });
  // @ts-expect-error an unknown mode
  await createAuth({ userPool, events: { endpoint: 'https://api.example.com/event', defaultAuthMode: 'anonymous' } });
  // @ts-expect-error a query is needed
  await auth.graphql({ variables: {} });
  // @ts-expect-error the mode is authMode
  await auth.graphql({ query: '{x}', authorization: 'iam' });
  // @ts-expect-error a query is not subscribed to again
  await auth.graphql({ query: '{x}', onReconnect() {} });
  // @ts-expect-error a subscription is no promise
  auth.subscribe({ query: 'subscription { x }' }).then();
  // @ts-expect-error a message's data may be missing
  for await (const { data } of auth.subscribe<{ x: string }>({ query: 'subscription { x }' })) data.x;
  // @ts-expect-error an event is not known to be anything
  for await (const event of auth.events.subscribe('/a')) event.id;
  // @ts-expect-error events come in a list
  await auth.events.publish('/a', 'event');
  // @ts-expect-error a hash is a text
  await createAuth({ userPool: { ...userPool, clientSecret: () => 1 } });
  // @ts-expect-error seconds are a number
  await auth.requireAuth({ maxAge: '300' });
  // @ts-expect-error a password is chosen as an answer
  await auth.requireAuth({ acr: 'x', options: { preferredChallenge: 'PASSWORD' } });
  // @ts-expect-error a session is named
  await auth.revokeSession({});
  // @ts-expect-error feedback has two values
  await auth.updateAuthEventFeedback({ username: 'ada', eventId: 'e', feedbackToken: 't', feedbackValue: 'Maybe' });
  // @ts-expect-error the API is not replaced
  auth.events = undefined;
  // @ts-expect-error a code is read, not set
  error.code = 'x';
}

export default createClient;
