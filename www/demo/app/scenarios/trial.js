// One request to try: the request, its credential, and the result.
import { whileBusy } from '../busy.js';
import { element, newId } from '../dom.js';
import { answerOf, answerOfError } from './answer.js';
import { NO_CREDENTIAL } from './credential.js';
import { fact } from './fact.js';

/**
 * @param name the text of the button
 * @param about who is allowed to do this
 * @param request method and address, as shown
 * @param credential returns the credential that will be sent, in words
 * @param send returns the response. It may call its argument with a more exact `request`
 * @param read describes a response that isn't a `Response`
 */
export function trial({ name, about, request, credential = () => NO_CREDENTIAL, send, read = answerOf }) {
  const id = newId('trial');
  const verdict = element('p', { class: 'verdict' });
  const asked = element('dl', { class: 'facts' });
  const text = element('pre', { class: 'answer', tabindex: '0', role: 'group', 'aria-label': `${name}: response` });
  const result = element('div', { class: 'result', hidden: true }, asked, text);
  const button = element('button', { type: 'button', 'aria-describedby': id }, name);

  function show({ kind, verdict: words, text: body }, sent) {
    verdict.dataset.kind = kind;
    verdict.textContent = words;
    asked.replaceChildren(fact('Request', sent.request), fact('Credential', sent.credential));
    text.textContent = body;
    result.hidden = false;
  }

  async function run() {
    const sent = { request, credential: NO_CREDENTIAL };
    verdict.textContent = '';
    try {
      sent.credential = await credential();
      const answer = await send((shown) => {
        sent.request = shown;
      });
      show(await read(answer), sent);
    } catch (error) {
      show(answerOfError(error), sent);
    }
  }

  button.addEventListener('click', () => whileBusy(button, run));
  const whole = element(
    'li',
    { class: 'trial' },
    button,
    element('p', { id, class: 'quiet' }, about),
    element('div', { role: 'status' }, verdict),
    result,
  );
  return {
    element: whole,
    clear() {
      verdict.textContent = '';
      delete verdict.dataset.kind;
      asked.replaceChildren();
      text.textContent = '';
      result.hidden = true;
    },
  };
}

/** Several requests under a heading. */
export function trialGroup(title, about, trials) {
  const id = newId('trials');
  return {
    element: element(
      'section',
      { class: 'card', 'aria-labelledby': id },
      element('h2', { id }, title),
      element('p', { class: 'lead' }, about),
      element('ul', { class: 'trials' }, ...trials.map((each) => each.element)),
    ),
    clear: () => trials.forEach((each) => each.clear()),
  };
}
