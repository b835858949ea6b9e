const EVERY_MS = 2000;

async function refresh() {
  const state = await ask('GET', 'overview');
  showClock(state.clock);
  show('inbox', state.messages, inbox);
  show('pools', state.userPools, pools);
  show('identity-pools', state.identityPools, identityPools);
  show('counts', state.requests.byOperation, counts);
  show('requests', state.requests.log, requests);
  show('faults', state.faults, faults);
  offerPools(state.userPools);
  await refreshUsers();
}

/** Does what a control asks for, then shows what came of it. */
async function act(work, text) {
  try {
    await work();
    await refresh();
    say(text());
  } catch (error) {
    say(error.message);
  }
}

byId('address').textContent = location.origin;

byId('clock-buttons').addEventListener('click', ({ target }) => {
  const step = target.dataset.advance;
  if (step === undefined) return;
  const body = step === 'reset' ? { reset: true } : { advanceSeconds: Number(step) };
  act(() => ask('POST', 'clock', body), () => `The clock now shows ${byId('now').textContent}`);
});

byId('empty-inbox').addEventListener('click', () => act(() => ask('DELETE', 'inbox'), () => 'The inbox is empty.'));

byId('search').addEventListener('submit', (event) => event.preventDefault());
byId('search').addEventListener('input', () => turnTo(null).catch((error) => say(error.message)));
byId('first').addEventListener('click', () => turnTo(null).catch((error) => say(error.message)));
byId('next').addEventListener('click', ({ target }) => turnTo(target.dataset.after).catch((error) => say(error.message)));

byId('fault').addEventListener('submit', (event) => {
  event.preventDefault();
  const kind = byId('fault-kind').value;
  const fault = { operation: byId('fault-operation').value.trim(), kind, times: Number(byId('fault-times').value) };
  if (kind === 'error') fault.status = Number(byId('fault-status').value);
  if (kind === 'late') fault.delayMs = 5000;
  act(() => ask('POST', 'faults', fault), () => 'The fault waits for a request.');
});
byId('forget-faults').addEventListener('click', () => act(() => ask('DELETE', 'faults'), () => 'No faults are waiting.'));

// A second press within five seconds does it.
byId('reset').addEventListener('click', ({ target }) => {
  if (target.dataset.sure === undefined) {
    target.dataset.sure = '';
    target.textContent = 'Press again to reset';
    setTimeout(() => {
      delete target.dataset.sure;
      target.textContent = 'Reset…';
    }, 5000);
    return;
  }
  act(() => ask('POST', 'reset', {}), () => 'Everything is as the configuration says.');
});

document.addEventListener('click', async ({ target }) => {
  const text = target.dataset?.copy;
  if (text === undefined) return;
  try {
    await navigator.clipboard.writeText(text);
    say(`Copied ${text}`);
  } catch {
    say('This browser does not let the page copy.');
  }
});

const keepUp = () => document.hidden || refresh().catch(() => say('poolpass-local does not answer.'));
setInterval(keepUp, EVERY_MS);
keepUp();
