// What AppSync's refusals mean.
import { PoolpassError } from './shared.js';

/** Refusals that other credentials may turn. */
const UNAUTHORIZED = /Unauthorized|UnrecognizedClient|ExpiredToken/;
/** Refusals that pass by themselves. */
const PASSING = /Limit|Throttl|TooManyRequests|Internal|Unavailable|Timeout/i;
/** Of a connection, these alone do not pass. */
const LASTING = /Unauthorized|BadRequest|UnsupportedOperation|Forbidden|AccessDenied|UnrecognizedClient|ExpiredToken/;

/** The error for a list of AppSync's, or for the one that there is: its first gives the name, all are `errors`. */
export function refusal(given, { status, requestId } = {}) {
  const errors = [given].flat().filter((error) => typeof error === 'object' && error !== null);
  const first = errors[0] ?? {};
  const error = new PoolpassError({
    name: nameOf(first) ?? 'AppSyncException',
    code: 'appsync',
    message: textOf(first.message) ?? 'AppSync has refused this and does not say why.',
    retryable: PASSING.test(nameOf(first) ?? '') || status === 429 || status >= 500,
    status,
    requestId,
  });
  return Object.assign(error, { errors });
}

/** The error of a connection that was refused: what is not known to last may pass. */
export function connectionRefusal(given) {
  const error = refusal(given);
  const { errorCode } = error.errors[0] ?? {};
  const isLasting = LASTING.test(error.name) || [400, 401, 403].includes(errorCode);
  return Object.assign(error, { retryable: error.retryable || !isLasting });
}

/** Whether an error may go away with other credentials. */
export function isUnauthorized(error) {
  return error?.code === 'appsync' && (UNAUTHORIZED.test(error.name) || error.errors[0]?.errorCode === 401);
}

/** `errorType`, without the name space that some have: `com.amazonaws.deepdish.graphql.auth#UnauthorizedException`. */
function nameOf({ errorType }) {
  return textOf(errorType)?.split('#').pop();
}

function textOf(value) {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
