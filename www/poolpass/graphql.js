// Requests to AppSync over HTTP: queries, mutations, and events to publish.
import { refusal } from './appsync_error.js';
import { unreachable } from './network_error.js';
import { unproven } from './proof.js';
import { remedyFor } from './requests.js';
import { aborted, PoolpassError } from './shared.js';

/** AppSync itself gives up after 30 seconds. */
const ANSWER_WITHIN_MS = 45_000;

/**
 * Sends a request. It is repeated once with another credential and once with the right time, where it was refused for
 * these and so has had no effect. Nothing else is repeated.
 */
export async function ask(prove, correctClock, api, body, { signal, ...auth }) {
  const request = { api, purpose: 'http', body, signal, ...auth };
  const tried = new Set();
  let proof = await within(ANSWER_WITHIN_MS, prove(request));
  for (;;) {
    const answer = { proof, ...(await post(proof, body, signal)) };
    const remedy = await remedyOf(answer);
    if (!remedy || tried.has(remedy)) return read(api, answer);
    tried.add(remedy);
    if (remedy === 'clock') await correctClock(answer.proof.url, answer.response.headers.get('date'));
    const refused = remedy === 'renew' ? proof : undefined;
    proof = await within(ANSWER_WITHIN_MS, prove({ ...request, refused })).catch((error) => unrenewed(api, answer, error));
    if (!proof) return read(api, answer);
  }
}

/** There is no other credential now: the error is the service's refusal, and says that the call may succeed later. */
function unrenewed(api, answer, cause) {
  if (cause?.code !== 'network' && cause?.code !== 'timeout') throw cause;
  try {
    return read(api, answer) && undefined;
  } catch (refused) {
    throw Object.assign(refused, { cause, retryable: true });
  }
}

/** Rejects if a credential does not come in time: the app's own functions may never answer. */
function within(ms, proving) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(unproven(ms)), ms);
    proving.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

async function remedyOf({ proof, response, text }) {
  const { status, headers } = response;
  if (!proof.isRenewable || status < 400) return undefined;
  const remedy = proof.authMode === 'iam' ? await remedyFor(new Response(text, { status, headers }), 'iam') : undefined;
  return remedy ?? (status === 401 ? 'renew' : undefined);
}

/** The answer and its text. */
async function post({ url, headers }, body, signal) {
  const giver = new AbortController();
  const giveUp = () => giver.abort();
  const timer = setTimeout(giveUp, ANSWER_WITHIN_MS);
  signal?.addEventListener('abort', giveUp, { once: true });
  try {
    if (signal?.aborted) giveUp();
    const request = { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body };
    // A redirect could take the credential to another origin.
    const response = await fetch(url, { ...request, signal: giver.signal, credentials: 'omit', redirect: 'error' });
    return { response, text: await response.text() };
  } catch (cause) {
    if (signal?.aborted) throw aborted(signal);
    throw unreachable(giver.signal.aborted ? 'timeout' : 'network', cause, url);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', giveUp);
  }
}

function read(api, { response: { status, headers }, text }) {
  const requestId = headers.get('x-amzn-requestid') ?? undefined;
  const reply = parsed(text);
  if (api === 'events' && Array.isArray(reply.successful)) return { successful: reply.successful, failed: reply.failed ?? [] };
  const { data, errors, extensions } = reply;
  const isRefused = errors && (!Array.isArray(errors) || errors.length > 0);
  if (api === 'graphql' && !isRefused && data !== undefined && data !== null) return { data, ...(extensions && { extensions }) };
  // As aws-amplify: a call with errors rejects, whatever data came with them.
  if (isRefused || status >= 400) throw Object.assign(refusal(isRefused ? errors : reply, { status, requestId }), data !== undefined && { data });
  const message = "The service's answer cannot be read: it has neither data nor errors.";
  throw new PoolpassError({ name: 'InvalidResponseException', code: 'invalid_response', message, status, requestId });
}

/** A reply as an object; an empty one if a proxy has answered something else. */
function parsed(text) {
  try {
    return Object(JSON.parse(text));
  } catch {
    return {};
  }
}
