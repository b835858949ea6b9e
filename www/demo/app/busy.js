import { element } from './dom.js';

/** Runs the work unless it is running already. Meanwhile the button is marked as busy and keeps the focus. */
export async function whileBusy(button, work) {
  if (button.getAttribute('aria-busy') === 'true') return;
  button.setAttribute('aria-busy', 'true');
  button.setAttribute('aria-disabled', 'true');
  try {
    await work();
  } finally {
    button.removeAttribute('aria-busy');
    button.removeAttribute('aria-disabled');
  }
}

/** A button that runs some work. An error is shown in the problem box. */
export function actionButton(text, work, problem, kind = '') {
  const button = element('button', { type: 'button', class: kind }, text);
  button.addEventListener('click', () =>
    whileBusy(button, async () => {
      problem.clear();
      await work().catch(problem.show);
    }),
  );
  return button;
}
