/** The line above the step, read out by screen readers: `say` what happened; nothing makes it go away. */
export function noticeIn(place) {
  return {
    say(text) {
      place.textContent = text ?? '';
    },
  };
}
