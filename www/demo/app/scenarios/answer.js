// The result of a request in words: allowed, refused, hidden from the page, or not sent.
import { pretty, prettyJson } from './pretty.js';

const EMPTY = '(empty body)';

/** Describes a response. */
export async function answerOf(response) {
  const text = await response.text();
  const said = response.headers.get('www-authenticate');
  return {
    kind: response.ok ? 'allowed' : 'refused',
    verdict: `${response.status}, ${response.ok ? 'allowed' : 'refused'}`,
    text: (pretty(text) || EMPTY) + (said ? `\n\nWWW-Authenticate: ${said}` : ''),
  };
}

/** Describes AppSync's response. `failedPart` names the part that failed while the rest succeeded. */
export function answerOfAppSync({ failedPart, errors, ...answer }) {
  return {
    kind: failedPart ? 'refused' : 'allowed',
    verdict: `200, ${failedPart ? `${failedPart} failed` : 'allowed'}`,
    text: prettyJson({ ...answer, errors: errors?.map(inShort) }),
  };
}

/** Describes an error of `fetch` or the kit. */
export function answerOfError(error) {
  if (error.code === 'appsync' && error.status) {
    const { status, data, errors } = error;
    const verdict = `${status}, ${data ? 'a field failed' : 'refused'}`;
    return { kind: 'refused', verdict, text: prettyJson({ ...(data && { data }), errors: errors.map(inShort) }) };
  }
  if (error instanceof TypeError) {
    return {
      kind: 'hidden',
      verdict: 'The browser hides the response from this page',
      text: 'A REST API sends its own errors without CORS headers, so a page can’t tell a 401 or 403 from no response at all. '
        + 'To fix this in your API, add the headers to the gateway responses DEFAULT_4XX and DEFAULT_5XX.',
    };
  }
  const advice = error.recoverySuggestion ? `\n${error.recoverySuggestion}` : '';
  return { kind: 'unsent', verdict: 'Not sent', text: `${error.message}${advice}\n\n${[error.name, error.code].filter(Boolean).join(' · ')}` };
}

/** An AppSync error without empty members and positions in the document. */
const inShort = ({ errorType, message, path }) => ({ errorType, message, path: path ?? undefined });
