// What came of a request, for people: let through, refused, kept from the page, or not sent at all.
import { pretty, prettyJson } from './pretty.js';

const EMPTY = '(an empty body)';

/** Reads a reply. */
export async function answerOf(response) {
  const text = await response.text();
  const said = response.headers.get('www-authenticate');
  return {
    kind: response.ok ? 'allowed' : 'refused',
    verdict: `${response.status}, ${response.ok ? 'let through' : 'refused'}`,
    text: (pretty(text) || EMPTY) + (said ? `\n\nWWW-Authenticate: ${said}` : ''),
  };
}

/** Reads what AppSync has answered: `refused` names what was, while the rest is let through. */
export function answerOfAppSync({ refused, errors, ...answer }) {
  return {
    kind: refused ? 'refused' : 'allowed',
    verdict: `200, ${refused ? `${refused} refused` : 'let through'}`,
    text: prettyJson({ ...answer, errors: errors?.map(inShort) }),
  };
}

/** Reads what `fetch` or the kit threw. */
export function answerOfError(error) {
  if (error.code === 'appsync' && error.status) {
    const { status, data, errors } = error;
    const verdict = `${status}, ${data ? 'a field refused' : 'refused'}`;
    return { kind: 'refused', verdict, text: prettyJson({ ...(data && { data }), errors: errors.map(inShort) }) };
  }
  if (error instanceof TypeError) {
    return {
      kind: 'hidden',
      verdict: 'The browser keeps the answer from this page',
      text: 'A REST API answers for itself without CORS headers, so that a page can’t tell its 401 or 403 from no answer at all. '
        + 'Your API can add them to the gateway responses DEFAULT_4XX and DEFAULT_5XX.',
    };
  }
  const advice = error.recoverySuggestion ? `\n${error.recoverySuggestion}` : '';
  return { kind: 'unsent', verdict: 'Not sent', text: `${error.message}${advice}\n\n${[error.name, error.code].filter(Boolean).join(' · ')}` };
}

/** What an error of AppSync says, without the members that are empty here, and places in the document. */
const inShort = ({ errorType, message, path }) => ({ errorType, message, path: path ?? undefined });
