// Runs in the page. Cognito is answered by a function in the page, so that a call costs no network: what is left is the
// program that is measured. The measures call what hangs on globalThis.bench.

const networkFetch = globalThis.fetch.bind(globalThis);
const clock = Date.now;
const loaded = new Map();
let calls = [];

/** Puts the stand-in for Cognito in place; before any kit is loaded, for some keep `fetch`. */
function stub(cognito) {
  globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    const { origin, pathname } = new URL(request.url);
    if (origin === location.origin) return networkFetch(request);
    const operation = request.headers.get('x-amz-target')?.split('.')[1] ?? pathname;
    const isJson = request.headers.get('content-type')?.includes('json');
    const body = isJson ? await request.json() : {};
    calls.push({ operation, body });
    return Response.json(answer(operation, body, cognito), {
      headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': crypto.randomUUID() },
    });
  };
}

function answer(operation, body, cognito) {
  switch (operation) {
    case 'InitiateAuth':
      if (body.AuthFlow?.startsWith('REFRESH_TOKEN')) return { AuthenticationResult: newTokens(cognito) };
      return { ChallengeName: 'PASSWORD_VERIFIER', ChallengeParameters: cognito.challenge };
    case 'RespondToAuthChallenge':
      return { ChallengeParameters: {}, AuthenticationResult: { ...newTokens(cognito), RefreshToken: 'bench-refresh-token' } };
    case 'GetTokensFromRefreshToken':
      return { AuthenticationResult: newTokens(cognito) };
    case 'GetId':
      return { IdentityId: cognito.identityPoolId };
    case 'GetCredentialsForIdentity': {
      const Expiration = Math.floor(Date.now() / 1000) + 3600;
      return { IdentityId: cognito.identityPoolId, Credentials: { ...cognito.awsCredentials, Expiration } };
    }
    case '/oauth2/token':
      return cognito.signedTokens;
    default:
      return operation.endsWith('jwks.json') ? cognito.jwks : {};
  }
}

/** Tokens that nobody signed, for an hour from now by the page's clock. */
function newTokens({ claims, accessClaims, idClaims }) {
  const now = Math.floor(Date.now() / 1000);
  const times = { auth_time: now, iat: now, exp: now + 3600 };
  const part = (value) => btoa(JSON.stringify(value)).replace(/\+/g, '-').replace(/\//g, '_').replace(/=/g, '');
  const jwt = (payload) => `${part({ kid: 'bench', alg: 'RS256' })}.${part({ ...claims, ...payload, ...times })}.${'A'.repeat(342)}`;
  return { AccessToken: jwt(accessClaims), IdToken: jwt(idClaims), ExpiresIn: 3600, TokenType: 'Bearer' };
}

/** Moves the page's clock on. */
function shiftClock(milliseconds) {
  Date.now = () => clock.call(Date) + milliseconds;
}

/** Loads a module and prepares it; milliseconds until it can be used. */
async function load(path, settings) {
  const start = performance.now();
  const module = await import(`/${path}`);
  await module.prepare(settings);
  const milliseconds = performance.now() - start;
  loaded.set(path, module);
  return milliseconds;
}

/** Prepares the first sign-in, if the kit can. Returns whether it can. */
async function warmUp(path) {
  const { warmUp } = loaded.get(path);
  await warmUp?.();
  return warmUp !== undefined;
}

/** One whole sign-in: its milliseconds and what was sent, to be judged outside. */
async function signIn(path, { username, password, stays = false }) {
  const kit = loaded.get(path);
  calls = [];
  const start = performance.now();
  const signedIn = await kit.signIn(username, password);
  const milliseconds = performance.now() - start;
  const sent = calls;
  if (!stays) {
    await kit.signOut();
    localStorage.clear();
  }
  return { milliseconds, signedIn, calls: sent };
}

/** From the import to the access token of a session that is stored. */
async function restore(path, settings) {
  calls = [];
  const start = performance.now();
  const kit = await import(`/${path}`);
  await kit.prepare(settings);
  const token = await kit.accessToken();
  return { milliseconds: performance.now() - start, token, requests: calls.length };
}

/** Goes to the hosted UI. */
async function leave(path, settings) {
  const kit = await import(`/${path}`);
  await kit.leave(settings);
}

/** From the import to the access token, on the page that the user returns to. */
async function arrive(path, settings) {
  const start = performance.now();
  const kit = await import(`/${path}`);
  const token = await kit.arrive(settings);
  return { milliseconds: performance.now() - start, token };
}

/** Many calls for a token at once: milliseconds until the last has one, and the refreshes that were sent. */
async function waitTogether(path, count) {
  const kit = loaded.get(path);
  calls = [];
  const start = performance.now();
  const tokens = await Promise.all(Array.from({ length: count }, () => kit.accessToken()));
  const milliseconds = performance.now() - start;
  return { milliseconds, refreshes: calls.length, tokens: [...new Set(tokens)] };
}

/** Microseconds of one signature, over `count` of them, and the last one. */
async function sign(path, { size, count, ...request }) {
  const { sign } = loaded.get(path);
  const given = { ...request, body: size === undefined ? undefined : new Uint8Array(size).fill(110) };
  let signature;
  const start = performance.now();
  for (let done = 0; done < count; done += 1) signature = await sign(given);
  return { microseconds: ((performance.now() - start) * 1000) / count, signature };
}

/** Microseconds of one verification, over `count` of them, and the subject that the last one told. */
async function verify(path, token, count) {
  const { verify } = loaded.get(path);
  let subject;
  const start = performance.now();
  for (let done = 0; done < count; done += 1) subject = await verify(token);
  return { microseconds: ((performance.now() - start) * 1000) / count, subject };
}

globalThis.bench = { stub, shiftClock, load, warmUp, signIn, restore, leave, arrive, waitTogether, sign, verify };
