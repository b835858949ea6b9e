// Handovers in many random schedules. However slow the network is, however late a subscription is registered, and whichever
// connection is cut off: no message is lost unless `onReconnect` tells of a gap.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import './start.mjs';
import { renewing } from '../../www/poolpass/proof.js';
import { Realtime } from '../../www/poolpass/realtime.js';
import { clock } from './clock.mjs';
import { FanOut, numbers } from './fan_out.mjs';

const LIFE = 600_000;
const UNTIL_RENEWAL = LIFE - 55_000;
const STEP = 20;
/** Lets all promises settle; nothing here waits for more. */
const rest = async () => {
  for (let hop = 0; hop < 12; hop += 1) await undefined;
};
const { WebSocket } = globalThis;
after(() => (globalThis.WebSocket = WebSocket));

/** What is published: all alike, a few texts, or each text once. */
const TEXTS = { alike: () => 'changed', few: (at) => `text ${at % 3}`, distinct: (at) => `text ${at}` };

/**
 * Runs one handover while messages are published every `every` ms. `cut` says which connection is cut off at a random moment.
 * Returns how many messages were lost and doubled, and which gaps were told.
 */
async function handover(tick, seed, { textOf, every, cut, times }) {
  const chance = numbers(seed);
  const service = new FanOut(chance, times);
  globalThis.WebSocket = service.WebSocket;
  let token = 1;
  let expiresAt = Date.now() + LIFE;
  const realtime = new Realtime(renewing(async () => ({ url: 'wss://x', protocol: 'p', headers: { Authorization: `t${token}` }, isRenewable: true, expiresAt })));
  const told = [];
  const subscription = realtime.subscribe('graphql', '{}', { onReconnect: () => told.push('back'), onDisconnect: () => told.push('away') });
  const given = [];
  const reading = (async () => {
    for await (const { data } of subscription) given.push({ text: data, at: Date.now() });
  })();
  const pass = async (ms) => {
    for (let left = ms; left > 0; left -= STEP) {
      tick(STEP);
      await rest();
    }
  };
  await rest();
  await pass(2 * times.lag + 2 * times.registration + 3 * times.lag);
  await subscription.ready;
  tick(expiresAt - 55_000 - Date.now() - 1_000);
  token += 1;
  expiresAt += LIFE;
  const published = [];
  const cutAt = Date.now() + chance() * 7_000;
  let isCut = false;
  const begunAt = Date.now();
  for (let nextAt = begunAt; Date.now() < begunAt + 9_000; ) {
    if (Date.now() >= nextAt) {
      nextAt += every * (0.5 + chance());
      const text = textOf(published.length);
      published.push({ text, at: Date.now() });
      service.publish(text);
    }
    if (cut && !isCut && Date.now() >= cutAt && service.connections.length > 1) {
      isCut = true;
      service.connections[cut === 'old' ? 0 : 1].cut();
    }
    await pass(STEP);
  }
  await pass(1_000);
  realtime.close();
  await reading;
  return { ...count(published, given), published: published.length, told };
}

/** Each message needs a delivery of its own, not before it was published. */
function count(published, given) {
  let lost = 0;
  let doubled = 0;
  for (const text of new Set(published.map(({ text }) => text))) {
    const [sent, came] = [published, given].map((all) => all.filter((one) => one.text === text));
    let missing = 0;
    sent.forEach(({ at }, from) => {
      const since = came.filter((one) => one.at >= at).length;
      missing = Math.max(missing, sent.length - from - since);
    });
    lost += missing;
    doubled += Math.max(came.length - sent.length, 0);
  }
  return { lost, doubled };
}

const SCHEDULES = 15;
const usual = { lag: 400, registration: 300, early: 0 };
const TIMES = { 'of usual speed': usual, 'slow to register': { lag: 200, registration: 2_000, early: 0 }, 'acknowledged before it is registered': { lag: 300, registration: 300, early: 200 } };

for (const [kind, textOf] of Object.entries(TEXTS)) {
  for (const [speed, times] of Object.entries(TIMES)) {
    for (const cut of [undefined, 'old', 'new']) {
      const title = cut ? `the ${cut} connection is cut off` : 'no connection is cut off';
      test(`${kind} messages, a service that is ${speed}, ${title}: none is lost`, async (t) => {
        const { tick } = clock(t);
        t.mock.method(Math, 'random', numbers(0)); // the kit's pauses
        const totals = { lost: 0, doubled: 0, published: 0, gaps: 0 };
        for (let seed = 1; seed <= SCHEDULES; seed += 1) {
          const every = [30, 90, 270, 900][seed % 4];
          const { lost, doubled, published, told } = await handover(tick, seed, { textOf, every, cut, times });
          if (told.length > 0) totals.gaps += 1;
          else assert.equal(lost, 0, `seed ${seed}, every ${every} ms: ${lost} of ${published} lost`);
          totals.doubled += doubled;
          totals.published += published;
        }
        // Messages that can be told apart come once; equal ones twice at most while both connections serve.
        if (kind === 'distinct' && !cut) assert.equal(totals.doubled, 0);
        assert.ok(totals.doubled < totals.published / 4, JSON.stringify(totals));
        assert.ok(totals.gaps < SCHEDULES, 'schedules without a gap are among them');
      });
    }
  }
}
