// The identity pool that poolpass-local starts with, and a page whose kit uses it.
import { kitPage } from './kit.mjs';

export const IDENTITY_POOL = 'eu-west-1:00000000-0000-4000-8000-000000000001';
export const USER_ROLE = 'poolpass-user';
export const GUEST_ROLE = 'poolpass-guest';
export const EDITORS_ROLE = 'poolpass-editors';

const ENDPOINT = process.env.POOLPASS_ENDPOINT;
export const SHARED = `${ENDPOINT}/api/iam/notes/shared`;
export const roleArn = (role) => `arn:aws:iam::000000000000:role/${role}`;

/** A page with `auth` on it that knows the identity pool and signs what goes to poolpass-local. */
export function awsPage(context, { config = {}, ...more } = {}) {
  const settings = {
    identityPool: { identityPoolId: IDENTITY_POOL, allowGuestAccess: true },
    origins: [{ origin: ENDPOINT, auth: 'iam', service: 'execute-api', region: 'eu-west-1' }],
    ...config,
  };
  return kitPage(context, { config: settings, ...more });
}

/** The same, which signs for another service. */
export function servicePage(context, service) {
  return awsPage(context, { config: { origins: [{ origin: ENDPOINT, auth: 'iam', service, region: 'eu-west-1' }] } });
}

/** Calls `auth.fetch`: the status and the body, or the error. */
export function fetched(page, url, init = {}) {
  return page.evaluate(
    async ([url, init]) => {
      try {
        const response = await auth.fetch(url, init);
        const text = await response.text();
        return { status: response.status, text, body: text.startsWith('{') ? JSON.parse(text) : undefined };
      } catch (error) {
        return plain(error);
      }
    },
    [url, init],
  );
}

/** The role that STS knows the page's credentials by. */
export function roleOf(page) {
  return page.evaluate(async (url) => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const request = { url, method: 'POST', headers, body: 'Action=GetCallerIdentity&Version=2011-06-15' };
    const signature = await auth.sign(request, { service: 'sts', region: 'eu-west-1' });
    const response = await fetch(url, { method: 'POST', body: request.body, headers: { ...headers, ...signature } });
    const text = await response.text();
    return /:assumed-role\/([^/<]+)\//.exec(text)?.[1] ?? `${response.status} ${text}`;
  }, `${ENDPOINT}/`);
}
