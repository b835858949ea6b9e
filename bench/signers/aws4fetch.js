import { AwsV4Signer } from 'aws4fetch';

const cache = new Map();
let given;

export async function prepare({ place, credentials }) {
  given = { ...credentials, ...place, cache };
}

export async function sign({ url, headers, body, payloadHash }) {
  const hashed = payloadHash && { 'x-amz-content-sha256': payloadHash };
  const signed = await new AwsV4Signer({ ...given, method: 'POST', url, headers: { ...headers, ...hashed }, body }).sign();
  return signed.headers.get('authorization');
}
