// The hash of a body that is signed.
import { PoolpassError } from './shared.js';

/** In bytes. Up to this size the wasm is faster than WebCrypto, which uses another thread (docs/decisions.md). */
const SMALL = 4096;

const encoder = new TextEncoder();
let sha256;

/** Sets the function that hashes small bodies. It is the wasm's. */
export function hashSmallWith(hash) {
  sha256 = hash;
}

/** SHA-256 in hexadecimal of anything that `fetch` takes as a body; of a small one at once, otherwise a promise of it. */
export function payloadHash(body) {
  const bytes = bytesOf(body);
  return sha256 && bytes?.length <= SMALL ? sha256(bytes) : hashLater(bytes ?? body);
}

async function hashLater(body) {
  const bytes = ArrayBuffer.isView(body) ? body : new Uint8Array(await new Response(body).arrayBuffer());
  if (sha256 && bytes.length <= SMALL) return sha256(bytes);
  if (!globalThis.crypto?.subtle) {
    throw new PoolpassError({ name: 'CryptoException', code: 'no_crypto', message: 'Signing a large body needs WebCrypto: https, or localhost.' });
  }
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function bytesOf(body) {
  if (typeof body === 'string') return encoder.encode(body);
  if (body instanceof ArrayBuffer) return new Uint8Array(body);
  return ArrayBuffer.isView(body) ? new Uint8Array(body.buffer, body.byteOffset, body.byteLength) : undefined;
}
