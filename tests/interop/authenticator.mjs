// An authenticator app.
import { setTimeout } from 'node:timers/promises';
import { endpoint } from './emulator.mjs';

/** A code of an app that has not been used: time passes until there is one. */
export async function freshCode(secret, used = []) {
  for (;;) {
    const response = await fetch(`${endpoint}/_poolpass/totp?secret=${secret}`);
    const { code } = await response.json();
    if (!used.includes(code)) {
      used.push(code);
      return code;
    }
    await fetch(`${endpoint}/_poolpass/clock`, { method: 'POST', body: JSON.stringify({ advanceSeconds: 30 }) });
    await setTimeout(0);
  }
}
