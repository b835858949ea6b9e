// Who is signed in, how, and for how long.
import { element } from '../dom.js';
import { fromNow, moment } from '../times.js';

const FLOWS = { USER_SRP_AUTH: 'SRP: the password was proven, not sent', USER_PASSWORD_AUTH: 'by sending the password' };
const STORAGES = { local: 'localStorage', session: 'sessionStorage', memory: 'this tab’s memory' };
const TICK_MS = 1_000;

export function identity() {
  const values = {};
  const rows = ['User name', 'User id', 'Signed in', 'Scopes', 'Tokens run out', 'Kept in'].map((name) => {
    values[name] = element('dd', {}, '…');
    return element('div', {}, element('dt', {}, name), values[name]);
  });
  let flow;
  let expiresAt;
  let timer;

  function tick() {
    const text = expiresAt === undefined ? 'not known: no fresh tokens' : `${fromNow(expiresAt)} (${moment(expiresAt)})`;
    if (values['Tokens run out'].textContent !== text) values['Tokens run out'].textContent = text;
  }

  return {
    element: element('dl', { class: 'facts' }, ...rows),
    showUser({ username, userId, signInDetails }, storage) {
      values['User name'].textContent = username;
      values['User id'].textContent = userId;
      flow = signInDetails?.authFlowType;
      values['Kept in'].textContent = STORAGES[storage] ?? storage;
    },
    showTokens(tokens) {
      const provider = tokens?.idToken?.payload.identities?.[0]?.providerName;
      const place = provider ? `through ${provider}, by the hosted page` : 'at the hosted page';
      values['Signed in'].textContent = FLOWS[flow] ?? flow ?? place;
      values.Scopes.textContent = tokens?.accessToken.payload.scope ?? 'not known: no fresh tokens';
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
