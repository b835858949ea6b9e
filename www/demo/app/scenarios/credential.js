// A credential in words: its kind and its beginning, to tell it from another. Never the whole credential.
const SHOWN = 8;

export const NO_CREDENTIAL = 'none';

/** A key or token. Cognito's tokens begin with their header, which holds no secret. */
export function textInWords(kind, text) {
  return text ? `${kind}: ${text.slice(0, SHOWN)}… (${text.length} characters)` : `no ${kind}`;
}

/** A bearer token. */
export function tokenInWords(kind, token) {
  return textInWords(token ? `${kind} (bearer)` : kind, token);
}

/** A signature, by the public half of its credentials. */
export function signatureInWords(service, { accessKeyId }) {
  return `Signature Version 4 for ${service}, with the temporary key ${accessKeyId.slice(0, SHOWN)}…`;
}

/** A presigned URL without its credentials. */
export function withoutSecrets(url) {
  return url.replace(/(X-Amz-(?:Security-Token|Signature|Credential)=)[^&]*/g, '$1…');
}
