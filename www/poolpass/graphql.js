// Requests to AppSync over HTTP: queries, mutations, and events to publish.
import { refusal } from './appsync_error.js';
import { PoolpassError, aborted, unreachable } from './error.js';
import { remedyFor } from './requests.js';

/** AppSync itself gives up after 30 seconds. */
const ANSWER_WITHIN_MS = 45_000;

/**
 * Sends a request, and once more each with new credentials and by the right time where it was refused for these. What is
 * repeated has had no effect. Nothing else is repeated.
 */
export async function ask(prove, correctClock, api, body, { signal, ...auth }) {
  const tried = new Set();
  for (let remedy; ; tried.add(remedy)) {
    const proof = await prove({ api, purpose: 'http', body, renew: remedy === 'renew', signal, ...auth });
    const answer = { proof, ...(await post(proof, body, signal)) };
    remedy = await remedyOf(answer);
    if (!remedy || tried.has(remedy)) return read(api, answer);
    if (remedy === 'clock') await correctClock(answer.proof.url, answer.response.headers.get('date'));
  }
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
    throw unreachable(giver.signal.aborted ? 'timeout' : 'network', cause);
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
  if (api === 'graphql' && data !== undefined && data !== null) {
    return { data, ...(errors && { errors }), ...(extensions && { extensions }) };
  }
  if (errors || status >= 400) throw refusal(errors ?? reply, { status, requestId });
  const message = "The service's answer cannot be read: it has neither data nor errors.";
  throw new PoolpassError({ name: 'UnexpectedReplyException', code: 'bad_reply', message, status, requestId });
}

/** A reply as an object; an empty one if what stands between has answered something else. */
function parsed(text) {
  try {
    return Object(JSON.parse(text));
  } catch {
    return {};
  }
}
