// Readable responses: JSON and XML in lines, without working credentials.

/** The secrets of a presigned URL, which an API may echo. */
const SECRET = /^X-Amz-(Security-Token|Signature|Credential)$/i;
/** A DynamoDB value: its type, and a string or a word. */
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
