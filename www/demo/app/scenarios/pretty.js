// Replies in a form to read: JSON and XML in lines, and nothing that would work for whoever reads along.

/** What an API echoes of a signed URL. */
const SECRET = /^X-Amz-(Security-Token|Signature|Credential)$/i;
/** A value of DynamoDB's: its type, and a text or a word. */
const TYPED = /\{\s+("[A-Z]{1,4}": (?:"(?:[^"\\]|\\.)*"|\w+))\s+\}/g;

/** A value as JSON. */
export function prettyJson(value) {
  return JSON.stringify(value, (name, member) => (SECRET.test(name) ? '…' : member), 2).replace(TYPED, '{ $1 }');
}

/** A text that may be JSON or XML. */
export function pretty(text) {
  try {
    return prettyJson(JSON.parse(text));
  } catch {
    return text.replace(/^<\?xml[^>]*>\s*/, '').replaceAll('><', '>\n<');
  }
}
