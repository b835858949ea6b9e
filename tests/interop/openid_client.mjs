// openid-client, a certified relying party for servers, at the hosted UI of poolpass-local.
import * as openid from 'openid-client';
import { signInAtHostedUi } from './browser.mjs';
import { endpoint, region, userPoolId } from './emulator.mjs';

export const ISSUER = `https://cognito-idp.${region}.amazonaws.com/${userPoolId}`;

/** Discovers the pool as a client. The issuer's address is AWS's own, so what goes there is sent to the emulator. */
export async function discover(clientId, authentication = openid.None()) {
  const toEmulator = (url, options) => fetch(url.replace(new URL(ISSUER).origin, endpoint), options);
  const config = await openid.discovery(new URL(ISSUER), clientId, {}, authentication, {
    [openid.customFetch]: toEmulator,
    execute: [openid.allowInsecureRequests, openid.enableNonRepudiationChecks],
  });
  config[openid.customFetch] = toEmulator;
  return config;
}

/** Begins a sign-in: the checks for its end, and the address to send the browser to. */
export async function begin(config, redirectUri, { maxAge, ...parameters } = {}) {
  const pkceCodeVerifier = openid.randomPKCECodeVerifier();
  const checks = { pkceCodeVerifier, expectedState: openid.randomState(), expectedNonce: openid.randomNonce(), maxAge };
  const url = openid.buildAuthorizationUrl(config, {
    redirect_uri: redirectUri,
    code_challenge: await openid.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
    state: checks.expectedState,
    nonce: checks.expectedNonce,
    scope: 'openid email',
    ...(maxAge === undefined ? {} : { max_age: String(maxAge) }),
    ...parameters,
  });
  return { url: url.href, checks };
}

/** Goes to the hosted UI, signs in there if somebody is given, and comes back with the callback's address. */
export async function visit(page, url, redirectUri, person) {
  const arrival = page.waitForRequest((request) => request.isNavigationRequest() && request.url().startsWith(`${redirectUri}?`));
  await page.goto(url);
  if (person) await signInAtHostedUi(page, person);
  return new URL((await arrival).url());
}
