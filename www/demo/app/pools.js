// The user pools that poolpass-local starts with, and which of them this page uses.
import { inBrowser } from './kept.js';

const KEY = 'pool';

/** `offers`: what not every pool has. */
export const POOLS = [
  {
    userPoolId: 'eu-west-1_PoolPass1',
    userPoolClientId: 'poolpasslocalwebclient0001',
    title: 'Plain pool',
    about: 'Passwords, the hosted page with providers, and an authenticator app for users who want one.',
    offers: ['providers', 'custom', 'notes'],
  },
  {
    userPoolId: 'eu-west-1_PoolPass2',
    userPoolClientId: 'poolpasslocalfactorsapp001',
    title: 'Pool with every factor',
    about: 'Passwords, codes by e-mail and SMS, passkeys, and every kind of MFA for users who want it.',
    offers: ['passkeys', 'sessions', 'custom', 'EMAIL', 'SMS'],
  },
  {
    userPoolId: 'eu-west-1_PoolPass3',
    userPoolClientId: 'poolpasslocalstrictapp0001',
    title: 'Strict pool',
    about: 'MFA for everybody. Users have a name, and a remembered device takes the place of the code.',
    offers: ['devices', 'sessions', 'EMAIL'],
  },
];

/** The settings of the page with the pool that the user chose, if any, and with what that pool offers. */
export function withChosenPool(settings) {
  const chosen = POOLS.find(({ userPoolId }) => userPoolId === (inBrowser.read(KEY) ?? settings.userPoolId));
  const ownClient = chosen?.userPoolId === settings.userPoolId ? settings.userPoolClientId : undefined;
  const { userPoolId = settings.userPoolId, userPoolClientId = settings.userPoolClientId, ...pool } = chosen ?? {};
  const has = (what) => !chosen || pool.offers.includes(what);
  return { ...settings, userPoolId, userPoolClientId: ownClient ?? userPoolClientId, poolTitle: pool.title ?? userPoolId, has };
}

/** Loads the page again with another pool. */
export function usePool(userPoolId, hash = '') {
  inBrowser.write(KEY, userPoolId);
  history.replaceState(null, '', location.pathname + hash);
  location.reload();
}

/** The pool that has something. */
export const poolThatHas = (what) => POOLS.find(({ offers }) => offers.includes(what));
