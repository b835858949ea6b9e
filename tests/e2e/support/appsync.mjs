// The AppSync APIs of poolpass-local, and a page whose kit asks them.
import { expect } from '@playwright/test';
import { awsPage } from './identity.mjs';

export const WELCOME = '00000000-0000-4000-8000-00000000a001';
export const LAMBDA = { authMode: 'lambda', authToken: 'poolpass-lambda-token' };

const ENDPOINT = process.env.POOLPASS_ENDPOINT;
const api = (path) => ({ endpoint: `${ENDPOINT}/${path}`, region: 'eu-west-1', apiKey: 'da2-poolpasslocal0000000000000' });

/**
 * A page with `auth` on it, and `listen(name, open)`, which puts what a subscription brings into `heard[name]`:
 * `{values, reconnects, isReady, isOver, error}`.
 */
export function appSyncPage(context) {
  return awsPage(context, { config: { graphql: api('graphql'), events: api('event') }, prepare: listening });
}

function listening() {
  window.live = {};
  window.listen = (name, open) => {
    const stop = new AbortController();
    const found = { values: [], reconnects: 0, isReady: false, isOver: false, error: undefined };
    live[name] = { found, stop: () => stop.abort() };
    const messages = open({ signal: stop.signal, onReconnect: () => (found.reconnects += 1) });
    messages.ready.then(() => (found.isReady = true), () => {});
    (async () => {
      try {
        for await (const value of messages) found.values.push(value);
      } catch (error) {
        found.error = plain(error);
      }
      found.isOver = true;
    })();
  };
}

/** Subscribes to a field, such as `onCreateNote`, by its name or another. Waits until it is there, or over. */
export async function listen(page, field, { name = field, argument = '', ...options } = {}) {
  const query = `subscription { ${field}${argument} { id title owner } }`;
  await page.evaluate(([name, input]) => listen(name, (more) => auth.subscribe({ ...input, ...more })), [name, { query, ...options }]);
  await expect.poll(async () => settled(await heard(page, name))).toBe(true);
}

/** Subscribes to a channel. */
export async function hear(page, channel, options = {}) {
  await page.evaluate(([channel, options]) => listen(channel, (more) => auth.events.subscribe(channel, { ...options, ...more })), [channel, options]);
  await expect.poll(async () => settled(await heard(page, channel))).toBe(true);
}

const settled = ({ isReady, isOver }) => isReady || isOver;

/** What a subscription has brought so far. */
export function heard(page, name) {
  return page.evaluate((name) => live[name].found, name);
}

/** The titles of the notes that it has brought. */
export async function titles(page, name = 'onCreateNote') {
  return (await heard(page, name)).values.map(({ data }) => data?.[name.split(' ')[0]]?.title);
}

/** Asks the GraphQL API; an error comes back as its plain members. */
export function asks(page, query, variables, options = {}) {
  return page.evaluate((input) => auth.graphql(input).catch((error) => ({ ...plain(error), errors: error.errors, data: error.data })), { query, variables, ...options });
}

/** Writes a note. */
export function write(page, title, { shared = false, ...options } = {}) {
  const query = 'mutation ($input: CreateNoteInput!) { createNote(input: $input) { id title owner shared } }';
  return asks(page, query, { input: { title, shared } }, options);
}

/** The page's WebSockets from now on: when each opens and closes, in order, and what they say. */
export function socketsOf(page) {
  const order = [];
  const said = [];
  let count = 0;
  page.on('websocket', (socket) => {
    const number = (count += 1);
    order.push(`open ${number}`);
    socket.on('close', () => order.push(`close ${number}`));
    socket.on('framereceived', ({ payload }) => said.push({ number, ...JSON.parse(payload) }));
  });
  return { order, said };
}
