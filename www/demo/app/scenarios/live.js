// The messages of a subscription as they arrive, its state, and a button to start and stop it.
import { element } from '../dom.js';
import { clockTime } from '../times.js';
import { NO_CREDENTIAL } from './credential.js';
import { fact } from './fact.js';

const KEPT = 20;

/**
 * @param name the name of the list
 * @param begin the text of the button
 * @param ask returns `{request, credential, open}` for the current choices: the request in words, a promise of the credential in
 * words, and a function that takes options for the kit and returns the subscription
 * @param wordsOf makes a message readable
 */
export function liveList({ name, begin, ask, wordsOf }) {
  const state = element('p', { class: 'verdict' });
  const facts = element('dl', { class: 'facts', hidden: true });
  const list = element('ol', { class: 'heard', 'aria-label': `${name}, newest first`, hidden: true });
  const button = element('button', { type: 'button', class: 'primary' }, begin);
  let running;

  function tell(kind, words) {
    state.dataset.kind = kind;
    state.textContent = words;
  }

  function add(message) {
    list.prepend(element('li', {}, element('time', {}, clockTime(Date.now())), element('div', {}, wordsOf(message))));
    while (list.children.length > KEPT) list.lastElementChild.remove();
    list.hidden = false;
  }

  async function listen() {
    const stop = new AbortController();
    const { signal } = stop;
    const inTime = (work) => (value) => running === stop && work(value);
    running = stop;
    button.replaceChildren('Stop', element('span', { class: 'unseen' }, `: ${name}`));
    list.replaceChildren();
    list.hidden = true;
    tell('waiting', 'Connecting…');
    try {
      const { request, credential, open } = ask();
      const shown = await credential.catch(() => NO_CREDENTIAL);
      if (signal.aborted) return;
      facts.replaceChildren(fact('Request', request), fact('Credential', shown));
      facts.hidden = false;
      let times = 0;
      const onReconnect = inTime(() => tell('allowed', `Live again, after ${(times += 1)} interruption${times > 1 ? 's' : ''}`));
      const onDisconnect = inTime(() => tell('waiting', 'Connection lost. Reconnecting…'));
      const messages = open({ signal, onDisconnect, onReconnect });
      messages.ready.then(inTime(() => tell('allowed', 'Live')), () => {}); // the loop throws it
      for await (const message of messages) add(message);
      inTime(() => over('waiting', 'Ended by the service'))();
    } catch (error) {
      inTime(() => over('refused', `${error.message} (${error.name})`))();
    }
  }

  function over(kind, words) {
    running = undefined;
    button.textContent = begin;
    tell(kind, words);
  }

  function stop() {
    running.abort();
    over('waiting', 'Stopped');
  }

  button.addEventListener('click', () => (running ? stop() : void listen()));
  return {
    element: element('div', { class: 'live' }, element('div', {}, button), element('div', { role: 'status' }, state), facts, list),
    /** Removes the previous user's messages. A running subscription continues as the current user. */
    clear() {
      list.replaceChildren();
      list.hidden = true;
      facts.hidden = true;
      if (running) return;
      state.textContent = '';
      delete state.dataset.kind;
    },
  };
}
