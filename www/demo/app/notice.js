// The notice: a short text above the page that says what happened. It disappears for the eye, while screen readers
// still find the last one.
const SHOWN_FOR_MS = 8_000;
const CONTROLS = 'a, button, input, label, summary';

/** Shows notices in `place`, which has the role `status`. Each replaces the last one; an empty text removes it. */
export function noticeIn(place) {
  let timer;
  /** What ends the notice: `time`, `action`, or `nothing` but the next one. */
  let endedBy;

  function show(text = '', end) {
    endedBy = text ? end : undefined;
    place.classList.remove('unseen');
    place.textContent = text;
    waitAnew();
  }

  function hide() {
    endedBy = undefined;
    clearTimeout(timer);
    place.classList.add('unseen');
  }

  // The time begins when somebody can see the notice.
  function waitAnew() {
    clearTimeout(timer);
    if (endedBy === 'time' && !document.hidden) timer = setTimeout(hide, SHOWN_FOR_MS);
  }

  function act({ target }) {
    if (['time', 'action'].includes(endedBy) && target.closest?.(CONTROLS)) hide();
  }

  document.addEventListener('visibilitychange', waitAnew);
  for (const event of ['click', 'input']) document.addEventListener(event, act, { capture: true });

  return {
    /** News: shown for some seconds, or until the next action. */
    say: (text) => show(text, 'time'),
    /** A warning or something to do: shown until the next action. */
    keep: (text) => show(text, 'action'),
    /** A state that lasts: shown until it is replaced. */
    hold: (text) => show(text, 'nothing'),
  };
}
