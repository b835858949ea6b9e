// An app that is nothing but the kit: a bare page that makes its auth again whenever it is loaded, as every app does.
import { expect } from '@playwright/test';
import { WEB_CLIENT } from './emulator.mjs';

/** A page of the demo's origin and policy on which nothing else runs. The app client knows it as a callback URL. */
export const APP_PAGE = 'config.json';
export const SCOPES = ['openid', 'email', 'profile', 'aws.cognito.signin.user.admin'];

const ADDRESS = new URL(APP_PAGE, process.env.POOLPASS_DEMO_URL).href;

/**
 * Lets every page of the context that shows the app be an app: `auth`, `heard` (its events by name) and `arrival`, a promise of what
 * came of coming back, settled either way. `auths` of them are made at once, and `arrivals` are their promises. With `remount`
 * one more is made and disposed of first, as React's StrictMode does. With `anyPath` every page of the origin is the app's.
 */
export async function installApp(context, { clientId = WEB_CLIENT, auths = 1, remount = false, oauth = {}, config = {}, anyPath = false } = {}) {
  const settings = {
    userPool: {
      userPoolId: 'eu-west-1_PoolPass1',
      userPoolClientId: clientId,
      oauth: { domain: 'auth.example.com', scopes: SCOPES, redirectSignIn: [ADDRESS], redirectSignOut: [ADDRESS], ...oauth },
    },
    endpoint: process.env.POOLPASS_ENDPOINT,
    ...config,
  };
  await context.addInitScript(appInPage, { settings, auths, remount, address: ADDRESS, anyPath });
}

function appInPage({ settings, auths, remount, address, anyPath }) {
  if (location.origin + (anyPath ? '' : location.pathname) !== (anyPath ? new URL(address).origin : address)) return;
  window.plain = (error) => {
    const { name, code, reason, retryable, status, message, recoverySuggestion, customState, returnTo } = error;
    const isError = error instanceof Error;
    return { failed: true, isError, name, code, reason, retryable, status, message, recoverySuggestion, customState, returnTo };
  };
  window.heard = [];
  window.begun = (async () => {
    const { createAuth } = await import('/poolpass/index.js');
    if (remount) createAuth(settings).then((auth) => auth.dispose());
    const all = await Promise.all(Array.from({ length: auths }, () => createAuth(settings)));
    window.auth = all[0];
    for (const event of ['signedIn', 'signedOut', 'signInWithRedirect', 'signInWithRedirect_failure', 'customOAuthState']) {
      auth.on(event, ({ data, origin }) => heard.push({ event, origin, data: data?.error ? plain(data.error) : data }));
    }
    window.arrivals = all.map((auth) => auth.handleRedirect().catch(plain));
    window.arrival = arrivals[0];
  })();
}

/** A tab with the app in it. */
export async function openApp(context, { query = '', ...settings } = {}) {
  await installApp(context, settings);
  return openTab(context, query);
}

/** Another tab of an app that is installed. */
export async function openTab(context, query = '') {
  const page = await context.newPage();
  await page.goto(APP_PAGE + query);
  await ready(page);
  return page;
}

/** Waits until the app has come up. */
export async function ready(page) {
  await page.waitForURL((url) => url.href.startsWith(ADDRESS));
  await page.evaluate(() => begun);
}

/** Leaves for the hosted page. */
export async function leave(page, input = {}) {
  await page.evaluate((input) => void auth.signInWithRedirect(input).catch((error) => console.error(error)), input);
  await page.waitForURL(`${process.env.POOLPASS_ENDPOINT}/**`);
}

/** What came of coming back to the app. */
export async function arrival(page) {
  await ready(page);
  return page.evaluate(() => arrival);
}

/** Runs something on the app's page when it is come back to, before the kit does anything. */
export async function onReturn(page, work, argument) {
  await page.addInitScript(`if (location.pathname === '/${APP_PAGE}') (${work})(${JSON.stringify(argument)})`);
}

/** The address that the hosted page sends the browser back to, once it does. */
export async function callback(page) {
  const request = await page.waitForRequest((request) => request.url().startsWith(`${ADDRESS}?`) && /[?&]state=/.test(request.url()));
  return request.url();
}

/** The answer, and what token reads said meanwhile; `order` tells who was first. */
export async function arrivalBesideReads(page) {
  await ready(page);
  return page.evaluate(async () => {
    const order = [];
    const note = (name) => (value) => (order.push(name), value);
    const answer = arrival.then(note('answer'));
    const reads = [auth.fetchAuthSession().then(note('tokens')), auth.getCurrentUser().catch(plain).then(note('user'))];
    const [{ tokens }, user] = await Promise.all(reads);
    return { hasTokens: tokens !== undefined, user, answer: await answer, order };
  });
}

/** How long after the token endpoint's reply the answer came, in milliseconds. */
export function msAfterReply(page) {
  return page.evaluate(async () => {
    await arrival;
    const settledAt = performance.now();
    // The browser tells of a request some time after it has ended.
    return new Promise((resolve) => {
      new PerformanceObserver((seen) => {
        const reply = seen.getEntries().find(({ name }) => name.endsWith('/oauth2/token'));
        if (reply) resolve(settledAt - reply.responseEnd);
      }).observe({ type: 'resource', buffered: true });
    });
  });
}

/** The stored records of flows: in the tab and, where it is not the tab's own, in the origin. */
export function flowRecords(page) {
  return page.evaluate(() => {
    const of = (storage) => Object.entries({ ...storage }).filter(([key]) => key.includes('.flow.'));
    return { tab: Object.fromEntries(of(sessionStorage)), origin: Object.fromEntries(of(localStorage)) };
  });
}

/** What no app may find after a flow: notes that it is used are left, without a secret. */
export async function expectNothingLeft(page) {
  const { tab, origin } = await flowRecords(page);
  const texts = [...Object.values(tab), ...Object.values(origin)];
  for (const text of texts) expect(JSON.parse(text)).toEqual({ v: 1, phase: 'used', createdAt: expect.any(Number) });
}
