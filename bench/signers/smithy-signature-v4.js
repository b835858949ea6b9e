import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';

let signer;

export async function prepare({ place, credentials }) {
  signer = new SignatureV4({ ...place, credentials, sha256: Sha256, applyChecksum: false });
}

export async function sign({ url, headers, body, payloadHash }) {
  const { protocol, hostname, pathname, searchParams } = new URL(url);
  const hashed = payloadHash && { 'x-amz-content-sha256': payloadHash };
  const request = {
    method: 'POST', protocol, hostname, path: pathname, query: Object.fromEntries(searchParams),
    headers: { host: hostname, ...headers, ...hashed }, body,
  };
  const signed = await signer.sign(request);
  return signed.headers.authorization;
}
