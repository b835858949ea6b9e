// Times in the reader's locale.
const CLOCK = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' });
const MOMENT = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
const RELATIVE = new Intl.RelativeTimeFormat('en', { numeric: 'always' });
const UNITS = [['day', 86_400], ['hour', 3_600], ['minute', 60], ['second', 1]];

/** Time of day of milliseconds since 1970. */
export const clockTime = (ms) => CLOCK.format(ms);

/** Date and time of milliseconds since 1970. */
export const moment = (ms) => MOMENT.format(ms);

/** The distance from now, such as "in 59 minutes". Less than two minutes are given in seconds. */
export function fromNow(ms) {
  const seconds = Math.trunc((ms - Date.now()) / 1000);
  const [unit, length] = UNITS.find(([, length]) => Math.abs(seconds) >= 2 * length) ?? ['second', 1];
  return RELATIVE.format(Math.trunc(seconds / length), unit);
}
