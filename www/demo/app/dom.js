// Building elements. Text stays text: nothing here parses markup, as Trusted Types require.

/** An element with attributes (functions are listeners: `onclick`) and children. */
export function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') node.addEventListener(name.replace(/^on/, ''), value);
    else if (value === true) node.setAttribute(name, '');
    else if (value !== undefined && value !== null && value !== false) node.setAttribute(name, value);
  }
  node.append(...children.flat().filter((child) => child !== undefined && child !== null && child !== false));
  return node;
}

let ids = 0;

/** An id that nothing else on the page has. */
export function newId(name) {
  ids += 1;
  return `${name}-${ids}`;
}

/** A step's heading. It receives the focus when the step is shown. */
export function heading(text) {
  return element('h1', { tabindex: '-1' }, text);
}

/** A link that opens in a new tab. */
export function outsideLink(href, text) {
  return element('a', { href, target: '_blank', rel: 'noopener' }, text, element('span', { class: 'unseen' }, ' (new tab)'));
}

/** A card with a heading that names it. */
export function card(title, ...children) {
  const id = newId('card');
  return element('section', { class: 'card', 'aria-labelledby': id }, element('h2', { id }, title), ...children);
}
