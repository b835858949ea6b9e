// The budget in size.json: how many bytes each page may load, and of what they were made when it was written.

/** Another compiler's patch release moves a few hundred bytes. That is no growth of ours. */
const ROOM = 1.01;

/** What size.json holds for what has been measured. */
export function written({ pages, wasm }) {
  const budgets = Object.entries(pages).map(([page, { brotli, parts }]) => {
    return [page, { budget: Math.ceil((brotli * ROOM) / 100) * 100, brotli, parts }];
  });
  return {
    '//': 'Written by `cargo xtask size --update`. budget and brotli: brotli 11 of wasm and minified JavaScript; the rest uncompressed.',
    pages: Object.fromEntries(budgets),
    wasm,
  };
}

/** A line for each page that is over its budget or has none, and for each budget without a page. */
export function violations(allowed, measured) {
  const lines = [];
  for (const [page, { brotli, parts }] of Object.entries(measured.pages)) {
    const before = allowed.pages[page];
    if (!before) {
      lines.push(`${page} has no budget in size.json: run cargo xtask size --update`);
    } else if (brotli > before.budget) {
      const over = `${count(brotli - before.budget)} over its budget of ${count(before.budget)}`;
      const grown = [...growth(before.parts, parts), ...Object.keys(parts).flatMap((part) => wasmGrowth(part, allowed, measured))];
      lines.push(
        `${page} loads ${count(brotli)} bytes (brotli), ${over} and ${count(brotli - before.brotli)} more than when that was set. ` +
          `Grown, uncompressed: ${grown.join(', ') || 'nothing'}`,
      );
    }
  }
  for (const page of Object.keys(allowed.pages)) {
    if (!(page in measured.pages)) lines.push(`size.json has a budget for ${page}, which bench/pages.mjs does not list`);
  }
  return lines;
}

const wasmGrowth = (part, allowed, measured) =>
  part in measured.wasm ? growth(allowed.wasm[part] ?? {}, measured.wasm[part]).map((line) => `${part}: ${line}`) : [];

/** What has grown, the most first. */
function growth(before, now) {
  return Object.entries(now)
    .map(([part, bytes]) => [part, bytes - (before[part] ?? 0)])
    .filter(([, difference]) => difference > 0)
    .sort(([, a], [, b]) => b - a)
    .map(([part, difference]) => `${part} +${count(difference)}`);
}

/** With separators, for people. */
export const count = (bytes) => bytes.toLocaleString('en');
