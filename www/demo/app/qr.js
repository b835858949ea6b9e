// A QR code as a picture. The library comes with the first one.
const SVG = 'http://www.w3.org/2000/svg';
/** The light margin that readers need, in modules. */
const MARGIN = 4;

/** A picture of the text. `label` says what it is for. */
export async function qrCode(text, label) {
  const { generate } = await import('../vendor/lean-qr/lean-qr.mjs');
  const code = generate(text);
  const side = code.size + 2 * MARGIN;
  const picture = make('svg', { class: 'qr', role: 'img', 'aria-label': label, viewBox: `0 0 ${side} ${side}`, 'shape-rendering': 'crispEdges' });
  picture.append(make('rect', { class: 'light', width: side, height: side }), make('path', { class: 'dark', d: darkModules(code) }));
  return picture;
}

function darkModules(code) {
  const path = [];
  for (let y = 0; y < code.size; y += 1) {
    for (let x = 0; x < code.size; x += 1) {
      if (code.get(x, y)) path.push(`M${x + MARGIN} ${y + MARGIN}h1v1h-1z`);
    }
  }
  return path.join('');
}

function make(tag, attributes) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  return node;
}
