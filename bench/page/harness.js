// Runs in the page. Cognito is answered by a function in the page, so that a sign-in costs no
// network: what is left is the kit. run.mjs calls what hangs on globalThis.bench.

const answers = { calls: [] };
const kits = new Map();

/** Puts the stand-in for Cognito in place; before any kit is loaded, for some keep `fetch`. */
function stub({ challenge, tokens }) {
  globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    if (new URL(request.url).origin === location.origin) return networkFetch(request);
    const operation = request.headers.get('x-amz-target')?.split('.')[1] ?? new URL(request.url).pathname;
    const body = request.method === 'GET' ? {} : await request.json();
    answers.calls.push({ operation, body });
    return Response.json(reply(operation, { challenge, tokens }), {
      headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': crypto.randomUUID() },
    });
  };
}

const networkFetch = globalThis.fetch.bind(globalThis);

function reply(operation, { challenge, tokens }) {
  switch (operation) {
    case 'InitiateAuth':
      return { ChallengeName: 'PASSWORD_VERIFIER', ChallengeParameters: challenge };
    case 'RespondToAuthChallenge':
      return { ChallengeParameters: {}, AuthenticationResult: { ...tokens, ExpiresIn: 3600, TokenType: 'Bearer' } };
    default:
      return {};
  }
}

/** Loads a kit and configures it; milliseconds until it is ready to sign in. */
async function load(name, settings) {
  const start = performance.now();
  const kit = await import(`/kits/${name}.js`);
  await kit.prepare(settings);
  const milliseconds = performance.now() - start;
  kits.set(name, kit);
  return milliseconds;
}

/** One whole sign-in: its milliseconds and what was sent, to be judged by run.mjs. */
async function signIn(name, { username, password }) {
  const kit = kits.get(name);
  answers.calls = [];
  const start = performance.now();
  const signedIn = await kit.signIn(username, password);
  const milliseconds = performance.now() - start;
  const { calls } = answers;
  await kit.signOut();
  localStorage.clear();
  return { milliseconds, signedIn, calls };
}

globalThis.bench = { stub, load, signIn };
