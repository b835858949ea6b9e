// The signed-in user: the method, the scopes, and the time left.
import { element } from '../dom.js';
import { fromNow, moment } from '../times.js';

const FLOWS = {
  USER_SRP_AUTH: 'SRP: the password never left this page',
  USER_PASSWORD_AUTH: 'Password, sent over TLS',
  USER_AUTH: 'The user’s choice of factor',
  CUSTOM_WITHOUT_SRP: 'Custom challenge',
  CUSTOM_WITH_SRP: 'Password by SRP, then custom challenge',
};
const STORAGES = { local: 'localStorage', session: 'sessionStorage', memory: 'this tab’s memory' };
const TICK_MS = 1_000;

export function identity() {
  const values = {};
  const rows = ['User name', 'User ID', 'Sign-in method', 'Scopes', 'Tokens expire', 'Stored in'].map((name) => {
    values[name] = element('dd', {}, '…');
    return element('div', {}, element('dt', {}, name), values[name]);
  });
  let flow;
  let expiresAt;
  let timer;

  function tick() {
    const text = expiresAt === undefined ? 'unknown: no valid tokens' : `${fromNow(expiresAt)} (${moment(expiresAt)})`;
    if (values['Tokens expire'].textContent !== text) values['Tokens expire'].textContent = text;
  }

  return {
    element: element('dl', { class: 'facts' }, ...rows),
    showUser({ username, userId, signInDetails }, storage) {
      values['User name'].textContent = username;
      values['User ID'].textContent = userId;
      flow = signInDetails?.authFlowType;
      values['Stored in'].textContent = STORAGES[storage] ?? storage;
    },
    showTokens(tokens) {
      const provider = tokens?.idToken?.payload.identities?.[0]?.providerName;
      const place = provider ? `${provider}, through the hosted page` : 'Hosted page';
      values['Sign-in method'].textContent = FLOWS[flow] ?? flow ?? place;
      values.Scopes.textContent = tokens?.accessToken.payload.scope ?? 'unknown: no valid tokens';
      expiresAt = tokens && tokens.accessToken.payload.exp * 1000;
      tick();
    },
    start() {
      timer = setInterval(tick, TICK_MS);
    },
    stop() {
      clearInterval(timer);
    },
  };
}
