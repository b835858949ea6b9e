// auth.fetch: a request with the credential that the rules give its origin, repeated once where a new credential may help
// and once where the right time may. Bodies stay in JavaScript; the wasm gets their hash.
import { payloadHash } from './payload.js';
import { sentInput } from './url.js';

/** What AWS services call a signature that is too old or too new. */
const SKEW = /RequestTimeTooSkewed|RequestExpired|RequestInTheFuture|Signature expired|Signature not yet current/;
const EXPIRED = /ExpiredToken/;

/** `run` and `runWithLogins` ask the wasm; the latter with the logins that the app adds, which only a signature needs. */
export async function authorizedFetch(run, runWithLogins, rules, input, init) {
  let request = new Request(sentInput(input, (url) => ruleOf(rules, url)?.auth === 'iam'), init);
  const isStream = init?.body instanceof ReadableStream;
  const auth = ruleOf(rules, request.url)?.auth;
  const payloadHash = auth === 'iam' ? await hashOf(request, isStream) : undefined;
  const tried = [];
  for (;;) {
    const again = isStream || tried.length > 1 ? undefined : request.clone();
    const response = await send(request, tried.at(-1) === 'renew');
    const remedy = again && (await remedyFor(response, auth));
    // Who was away for long with a wrong clock needs both.
    if (!remedy || tried.includes(remedy)) return response;
    if (remedy === 'clock') await run('correctClock', { url: request.url, date: response.headers.get('date') });
    await response.body?.cancel();
    tried.push(remedy);
    request = again;
  }

  async function send(request, renew) {
    const { method, url, signal } = request;
    const own = Object.fromEntries(request.headers);
    const authorize = auth === 'iam' ? runWithLogins : run;
    const { headers } = await authorize('authorize', { method, url, headers: own, payloadHash, renew, signal });
    for (const [name, value] of Object.entries(headers)) request.headers.set(name, value);
    // A redirect could take the credential to another origin.
    return fetch(request, Object.keys(headers).length > 0 ? { redirect: 'error' } : {});
  }
}

function ruleOf(rules, url) {
  return rules.find((rule) => new URL(rule.origin).origin === new URL(url).origin);
}

/** What may help against a refusal: other tokens, or the server's time. */
export async function remedyFor(response, auth) {
  if (auth === 'id' || auth === 'access') return response.status === 401 ? 'renew' : undefined;
  if (auth !== 'iam' || ![400, 401, 403].includes(response.status)) return undefined;
  const text = (response.headers.get('x-amzn-errortype') ?? '') + (await response.clone().text());
  if (SKEW.test(text) && response.headers.get('date')) return 'clock';
  return EXPIRED.test(text) ? 'renew' : undefined;
}

async function hashOf(request, isStream) {
  const given = request.headers.get('x-amz-content-sha256');
  if (given) return given;
  if (isStream) return 'UNSIGNED-PAYLOAD'; // S3 takes it; for any other service it is refused before it is sent
  const body = await request.clone().arrayBuffer();
  return body.byteLength > 0 ? payloadHash(body) : undefined;
}
