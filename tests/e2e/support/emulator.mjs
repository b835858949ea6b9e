// poolpass-local's control API, from outside the browser.

export const WEB_CLIENT = 'poolpasslocalwebclient0001';
export const ROTATION_CLIENT = 'poolpasslocalrotation00001';
export const ALICE = { username: 'alice', password: 'Correct-Horse7!' };
/** Has signed up and not confirmed it. */
export const CAROL = { username: 'carol', password: 'Correct-Horse7!' };
/** Has a temporary password. */
export const DAVE = { username: 'dave', password: 'Temporary-1!' };
export const BOB = { username: 'bob', password: 'Battery-Staple8?' };
/** Is asked for the code of an authenticator app. */
export const FRANK = { username: 'frank', password: 'Correct-Horse7!' };
/** Longer than a token lives by a minute. */
export const TOKEN_LIFE_MS = 3_660_000;

export class Emulator {
  constructor(endpoint) {
    this.endpoint = endpoint;
  }

  async #ask(method, path, body) {
    const reply = await fetch(`${this.endpoint}/_poolpass/${path}`, { method, body: body && JSON.stringify(body) });
    const answer = await reply.json();
    if (!reply.ok) throw new Error(`${method} ${path}: ${reply.status} ${answer.message}`);
    return answer;
  }

  /** As it was when it started: seed users, real time, empty inbox, no faults, no requests counted. */
  async reset() {
    await this.#ask('POST', 'reset');
    await this.#ask('DELETE', 'faults');
    await this.#ask('DELETE', 'requests');
    await this.#ask('DELETE', 'inbox');
    await this.#ask('POST', 'clock', { reset: true });
  }

  advance(ms) {
    return this.#ask('POST', 'clock', { advanceSeconds: ms / 1000 });
  }

  fault(fault) {
    return this.#ask('POST', 'faults', fault);
  }

  forgetFaults() {
    return this.#ask('DELETE', 'faults');
  }

  /** As an administrator's script does. Any well-formed signature will do. */
  async administer(operation, input, service = 'cognito-idp', target = 'AWSCognitoIdentityProviderService') {
    const scope = `20300101/eu-west-1/${service}/aws4_request`;
    const authorization = `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/${scope}, SignedHeaders=host, Signature=${'0'.repeat(64)}`;
    const headers = { authorization, 'x-amz-target': `${target}.${operation}`, 'x-amz-date': '20300101T000000Z' };
    const body = JSON.stringify(input);
    const reply = await fetch(`${this.endpoint}/`, { method: 'POST', headers: { ...headers, 'content-type': 'application/x-amz-json-1.1' }, body });
    const text = await reply.text();
    if (!reply.ok) throw new Error(`${operation}: ${reply.status} ${text}`);
    return text && JSON.parse(text);
  }

  deleteIdentity(identityId) {
    return this.administer('DeleteIdentities', { IdentityIdsToDelete: [identityId] }, 'cognito-identity', 'AWSCognitoIdentityService');
  }

  /** AppSync's open WebSockets. */
  sockets() {
    return this.#ask('GET', 'sockets');
  }

  /** What befalls all of them: `{cut: true}`, `{close: code}` or `{silence: true}`. */
  disturbSockets(how) {
    return this.#ask('POST', 'sockets', how);
  }

  /** The codes that were sent to somebody, newest first. */
  async codes(to) {
    const { messages } = await this.#ask('GET', `inbox?to=${encodeURIComponent(to)}`);
    return messages.map((message) => message.code);
  }

  /** What somebody's authenticator app shows. */
  async totp(username) {
    return (await this.#ask('GET', `totp?user=${username}`)).code;
  }

  /** What an authenticator app with this secret shows. */
  async totpOf(secret) {
    return (await this.#ask('GET', `totp?secret=${secret}`)).code;
  }

  /** Makes every pool sign with new keys. */
  rollKeys(keepOld = false) {
    return this.#ask('POST', 'keys', { roll: true, keepOld });
  }

  /** The journal: operations with their status, oldest first. */
  async requests() {
    return (await this.#ask('GET', 'requests')).log;
  }

  /** How many requests of each operation have come. */
  async counts() {
    return (await this.#ask('GET', 'requests')).byOperation;
  }

  forgetRequests() {
    return this.#ask('DELETE', 'requests');
  }
}
