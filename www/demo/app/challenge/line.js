// The line of code that answers a step.
import { HIDDEN, quoted } from '../code-line.js';

const literal = (value) => (typeof value === 'string' ? quoted(value) : `{ ${membersOf(value)} }`);
const KEY = /^[A-Za-z_$][\w$]*$/;
const membersOf = (object) => Object.entries(object).map(([name, value]) => `${KEY.test(name) ? name : quoted(name)}: ${literal(value)}`).join(', ');

/** `isSecret`: the answer itself is not shown. */
export function answerLine({ challengeResponse, options }, isSecret) {
  const answer = isSecret ? HIDDEN : quoted(challengeResponse);
  return `await auth.confirmSignIn({ challengeResponse: ${answer}${options ? `, options: ${literal(options)}` : ''} });`;
}
