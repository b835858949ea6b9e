// The poolpass-local that every client here is pointed at: its built-in seed and its control API.
import { randomUUID } from 'node:crypto';
import { endpoint } from './endpoint.mjs';

export { endpoint };

export const region = 'eu-west-1';
export const userPoolId = 'eu-west-1_PoolPass1';
/** App clients of the seed: one whose refresh tokens stay, one whose refresh tokens rotate without a grace period. */
export const WEB = 'poolpasslocalwebclient0001';
export const ROTATING = 'poolpasslocalrotation00001';
/** Users of the seed. */
export const alice = { username: 'alice', password: 'Correct-Horse7!', email: 'alice@example.com' };
export const bob = { username: 'bob', password: 'Battery-Staple8?', email: 'bob@example.com' };
export const dave = { username: 'dave', password: 'Temporary-1!', email: 'dave@example.com' };

/** Somebody who has not signed up yet. */
export function newcomer() {
  const username = `newcomer-${randomUUID().slice(0, 8)}`;
  return { username, password: 'Purple-Lemon9&', email: `${username}@example.com` };
}

/** Back to the seed: users, sessions, inbox, clock, faults, request log. */
export const reset = () => control('POST', 'reset');

/** Moves the emulator's clock; the clients' own stays. */
export const advanceClock = (advanceSeconds) => control('POST', 'clock', { advanceSeconds });

export const orderFault = (fault) => control('POST', 'faults', fault);

/** How often each operation was called while `work` ran. */
export async function countingRequests(work) {
  await control('DELETE', 'requests');
  await work();
  return (await control('GET', 'requests')).byOperation;
}

/** The last message to an address. */
export async function lastMessage(to) {
  const { messages } = await control('GET', `inbox?to=${encodeURIComponent(to)}`);
  if (!messages[0]) throw new Error(`nothing was sent to ${to}`);
  return messages[0];
}

/** The code of the last message to an address. */
export async function lastCode(to) {
  const { code } = await lastMessage(to);
  if (!code) throw new Error(`no code was sent to ${to}`);
  return code;
}

/** The key set as anybody fetches it. */
export async function fetchJwks(poolId = userPoolId) {
  return answered(await fetch(`${endpoint}/${poolId}/.well-known/jwks.json`));
}

async function control(method, path, body) {
  return answered(await fetch(`${endpoint}/_poolpass/${path}`, { method, body: body && JSON.stringify(body) }));
}

async function answered(response) {
  if (!response.ok) throw new Error(`${response.url} answered ${response.status}: ${await response.text()}`);
  return response.json();
}
