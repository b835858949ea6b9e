// Where the help of a step goes: beside the step where there is room, otherwise above it, because people need it first.

/** The width from which page.css has two columns. */
const TWO_COLUMNS = matchMedia('(min-width: 56rem)');

/** Moves `help` in the document, not only on the screen, so that keyboards and screen readers find it in the same order. */
export function placeHelp(help, { above, beside }) {
  function place() {
    const focused = help.contains(document.activeElement) ? document.activeElement : undefined;
    (TWO_COLUMNS.matches ? beside : above).prepend(help);
    focused?.focus();
  }
  TWO_COLUMNS.addEventListener('change', place);
  place();
}
