const live = document.getElementById('live');
const said = document.getElementById('said');
let shown = live.innerHTML;

async function refresh() {
  const reply = await fetch('/', { cache: 'no-store' });
  const page = new DOMParser().parseFromString(await reply.text(), 'text/html');
  const fresh = page.getElementById('live').innerHTML;
  if (fresh === shown || String(getSelection()) !== '') return;
  const focused = document.activeElement?.dataset?.advance;
  live.innerHTML = shown = fresh;
  if (focused) live.querySelector(`[data-advance="${focused}"]`)?.focus();
}

live.addEventListener('click', async ({ target }) => {
  const step = target.dataset?.advance;
  if (!step) return;
  const body = JSON.stringify(step === 'reset' ? { reset: true } : { advanceSeconds: Number(step) });
  await fetch('/_poolpass/clock', { method: 'POST', body });
  await refresh();
  said.textContent = `The clock now shows ${live.querySelector('time').textContent}`;
});

setInterval(() => document.hidden || refresh().catch(() => { said.textContent = 'poolpass-local does not answer.'; }), 2000);
