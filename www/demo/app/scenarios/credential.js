// A credential in words: of which kind it is, and enough of it to tell it from another. Never all of it.
const SHOWN = 8;

export const NO_CREDENTIAL = 'none';

/** A key or token. The beginning of Cognito's tokens is their header, which says nothing. */
export function textInWords(kind, text) {
  return text ? `${kind}: ${text.slice(0, SHOWN)}… (${text.length} characters)` : `${kind}: there is none`;
}

/** A bearer's token. */
export function tokenInWords(kind, token) {
  return textInWords(token ? `${kind}, as a bearer’s` : kind, token);
}

/** Temporary credentials, by their public half. */
export function signatureInWords(service, { accessKeyId }) {
  return `Signature Version 4 for ${service}, by the temporary key ${accessKeyId.slice(0, SHOWN)}…`;
}

/** A signed URL without what makes it work. */
export function withoutSecrets(url) {
  return url.replace(/(X-Amz-(?:Security-Token|Signature|Credential)=)[^&]*/g, '$1…');
}
