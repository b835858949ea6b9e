// The caller's identity according to AWS: STS GetCallerIdentity needs a signature but no permission.

const BODY = 'Action=GetCallerIdentity&Version=2011-06-15';

/** Sends the signed request. */
export async function askCaller(auth, { endpoint, region }) {
  const request = { url: `${endpoint}/`, method: 'POST', body: BODY, headers: { 'content-type': 'application/x-www-form-urlencoded' } };
  const { url, ...rest } = request;
  const signature = await auth.sign(request, { service: 'sts', region });
  return fetch(url, { ...rest, headers: { ...rest.headers, ...signature } });
}

/** The role's name in the response of STS. */
export function roleIn(xml) {
  return /<Arn>[^<]*:assumed-role\/([^/<]+)\//.exec(xml)?.[1];
}

/** The name of the credentials' role. */
export async function roleOf(auth, settings) {
  const response = await askCaller(auth, settings);
  if (!response.ok) throw new Error(`STS responded with status ${response.status}.`);
  return roleIn(await response.text());
}
