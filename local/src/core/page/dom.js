const byId = (id) => document.getElementById(id);

/** Builds an element. Texts are only ever set as text. */
function make(name, properties = {}, ...children) {
  const element = document.createElement(name);
  const { dataset = {}, ...own } = properties;
  Object.assign(element, own);
  Object.assign(element.dataset, dataset);
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

/** A table, or a sentence where there are no rows. A cell is a text or an element. */
function table(caption, columns, rows, whenEmpty) {
  if (rows.length === 0) return make('p', { className: 'empty' }, whenEmpty);
  const cell = (content, index) => make('td', { dataset: { label: columns[index] } }, content ?? '');
  return make('table', {},
    make('caption', {}, caption),
    make('thead', {}, make('tr', {}, ...columns.map((text) => make('th', { scope: 'col' }, text)))),
    make('tbody', {}, ...rows.map((row) => make('tr', {}, ...row.map(cell)))));
}

/** A code or an id with a button that copies it. */
function copyable(text, className = '') {
  const button = make('button', { type: 'button', className: 'copy', dataset: { copy: text } }, 'Copy');
  button.setAttribute('aria-label', `Copy ${text}`);
  return make('span', { className: 'copyable' }, make('code', { className }, text), button);
}

const shown = new Map();

/** Puts content in place of what there was, if its data is other than before: nothing flickers, and focus and selection stay. */
function show(id, data, ...build) {
  const text = JSON.stringify(data);
  if (shown.get(id) === text) return;
  const place = byId(id);
  if (place.contains(getSelection().anchorNode) && String(getSelection()) !== '') return;
  const focused = place.contains(document.activeElement) ? document.activeElement.dataset.copy : undefined;
  shown.set(id, text);
  place.replaceChildren(...build.flatMap((content) => content(data)));
  if (focused !== undefined) [...place.querySelectorAll('[data-copy]')].find((own) => own.dataset.copy === focused)?.focus();
}

function say(text) {
  byId('said').textContent = text;
}

const time = (ms) => `${new Date(ms).toISOString().replace('T', ' ').slice(0, 19)} UTC`;

/** Asks the control API. */
async function ask(method, path, body) {
  const reply = await fetch(`/_poolpass/${path}`, { method, cache: 'no-store', body: body && JSON.stringify(body) });
  const answer = await reply.json();
  if (!reply.ok) throw new Error(answer.message);
  return answer;
}
