// auth.fetch: a request with the credential that the rules give its origin, repeated once where a new credential may help
// and once where the right time may. Bodies stay in JavaScript; the wasm gets their hash.
import { errorText } from './error_body.js';
import { attach, checkMode, isStreamed, requestOf } from './outgoing.js';
import { payloadHash } from './payload.js';

/** What AWS services call a signature that is too old or too new. */
const SKEW = /RequestTimeTooSkewed|RequestExpired|RequestInTheFuture|Signature expired|Signature not yet current/;
const EXPIRED = /ExpiredToken/;
const CURABLE = new RegExp(`${SKEW.source}|${EXPIRED.source}`);

/**
 * `run` asks the wasm with an input in JSON, and `runWithLogins` with an input and the logins that the app adds, which only a
 * signature needs.
 *
 * Poolpass's own errors are PoolpassErrors. Errors of `fetch` for the app's own request are passed on unchanged.
 */
export async function authorizedFetch(run, runWithLogins, rules, input, init) {
  let request = requestOf(input, init, (url) => ruleOf(rules, url)?.auth === 'iam');
  const { signal } = request;
  const auth = ruleOf(rules, request.url)?.auth;
  if (auth && auth !== 'none') checkMode(request);
  const isStream = isStreamed(request);
  const bodyHash = auth === 'iam' ? await hashOf(request, isStream) : undefined;
  let credential = await authorize(request);
  for (const tried = []; ; ) {
    const again = isStream || tried.length > 1 ? undefined : request.clone();
    const response = await send(request, credential.headers);
    const remedy = again && (await remedyFor(response, auth));
    if (signal.aborted) throw signal.reason; // as `fetch` does
    // A machine that slept for long and has a wrong clock needs both.
    if (!remedy || tried.includes(remedy)) return response;
    const next = await remedied(remedy, response, again);
    if (!next) return response;
    response.body?.cancel().catch(() => {});
    tried.push(remedy);
    request = again;
    credential = next;
  }

  function authorize({ method, url, headers }, refused) {
    // Plain data: the Request has checked it.
    const asked = { method, url, headers: Object.fromEntries(headers), payloadHash: bodyHash, refused };
    return auth === 'iam' ? runWithLogins('authorize', asked, signal) : run('authorize', JSON.stringify(asked), signal);
  }

  /** Another credential, or one with the right time; `undefined` if there is none, so that the answer at hand is the result. */
  async function remedied(remedy, response, again) {
    try {
      if (remedy === 'clock') {
        await run('correctClock', JSON.stringify({ url: again.url, date: response.headers.get('date') }));
        return await authorize(again);
      }
      const next = await authorize(again, credential.fingerprint);
      return next.fingerprint === credential.fingerprint ? undefined : next;
    } catch (error) {
      if (signal.aborted) throw error;
      return undefined;
    }
  }
}

function send(request, headers) {
  attach(headers, request);
  const isCredentialed = Object.keys(headers).length > 0;
  // A redirect could take the credential to another origin. `manual` follows none.
  return fetch(request, isCredentialed && request.redirect !== 'manual' ? { redirect: 'error' } : {});
}

function ruleOf(rules, url) {
  return rules.find((rule) => new URL(rule.origin).origin === new URL(url).origin);
}

/** What may help against a refusal: other tokens, or the server's time. */
export async function remedyFor(response, auth) {
  if (auth === 'id' || auth === 'access') return response.status === 401 ? 'renew' : undefined;
  if (auth !== 'iam' || ![400, 401, 403].includes(response.status)) return undefined;
  const text = (response.headers.get('x-amzn-errortype') ?? '') + (await errorText(response, CURABLE));
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
