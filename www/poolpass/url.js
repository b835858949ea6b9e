// One reading of a URL: what is signed is what is sent. `new URL` writes the form that `fetch` sends.
import { misuse } from './shared.js';

const DOT_SEGMENT = /^[^?#]*[\\/](?:\.|%2e){1,2}(?:[\\/?#]|$)/i;
const ABSOLUTE = /^\s*[a-z][a-z\d+.-]*:/i;

/** An absolute URL in the form in which it is sent. */
export function sentForm(url) {
  let text;
  let sent;
  try {
    text = String(url);
    sent = new URL(text).href;
  } catch {
    throw misuse('url must be an absolute URL.');
  }
  refuseDots(text);
  return sent;
}

/**
 * The input of `fetch`. If its request is signed, a plus in the query is written as the blank that it means: S3 reads it
 * so, but not every server does.
 */
export function sentInput(input, isSigned) {
  const isRequest = input instanceof Request;
  const { url } = isRequest ? input : new Request(input);
  if (!isSigned(url)) return input;
  if (typeof input === 'string' && ABSOLUTE.test(input)) refuseDots(input);
  const plain = new URL(url);
  if (!plain.search.includes('+')) return input;
  plain.search = plain.search.replaceAll('+', '%20');
  // With a new URL a body would become a stream, which HTTP/1.1 cannot send. The signature is of a blank in any case.
  if (isRequest) return input.body ? input : new Request(plain, input);
  return plain.href;
}

/** Browsers resolve dots. A key of S3 with a segment of dots would become another key. */
function refuseDots(text) {
  if (DOT_SEGMENT.test(text.replace(/[\t\n\r]/g, ''))) {
    throw misuse('url has a dot segment in its path, which browsers resolve and S3 does not.');
  }
}
