// Bar charts as SVG that is readable on a light and on a dark page.

const WIDTH = 720;
const LABEL = 210;
const VALUE = 90;
const BAR = 16;
const LINE = 22;

const STYLE = `
  text { font: 13px system-ui, sans-serif; fill: #1f2328; }
  .title { font-weight: 600; }
  .bar { fill: #8c959f; }
  .ours { fill: #0969da; }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3; }
    .bar { fill: #6e7681; }
    .ours { fill: #58a6ff; }
  }`;

/**
 * Groups of horizontal bars, shorter is better unless the title says otherwise. Each group has a scale of its own, from zero.
 * `groups` is `[{ label, bars: [{ label, value, text, isOurs }] }]`.
 */
export function barChart(title, groups) {
  const parts = [`<text class="title" x="0" y="16">${escaped(title)}</text>`];
  let y = 30;
  for (const { label, bars } of groups) {
    if (label) {
      parts.push(`<text x="0" y="${y + 14}">${escaped(label)}</text>`);
      y += LINE;
    }
    const longest = Math.max(...bars.map(({ value }) => value));
    for (const { label: name, value, text, isOurs } of bars) {
      const width = Math.max(1, (value / longest) * (WIDTH - LABEL - VALUE));
      parts.push(
        `<text x="${LABEL - 8}" y="${y + 13}" text-anchor="end">${escaped(name)}</text>`,
        `<rect class="${isOurs ? 'bar ours' : 'bar'}" x="${LABEL}" y="${y}" width="${width.toFixed(1)}" height="${BAR}" rx="2"/>`,
        `<text x="${(LABEL + width + 6).toFixed(1)}" y="${y + 13}">${escaped(text)}</text>`,
      );
      y += LINE;
    }
    y += 8;
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${y}" width="${WIDTH}" height="${y}" role="img" aria-label="${escaped(title)}">
<style>${STYLE}
</style>
${parts.join('\n')}
</svg>
`;
}

const escaped = (text) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');
