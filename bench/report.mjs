// What has been measured, as docs/performance.md with its charts.
import { barChart } from './chart.mjs';

const OURS = 'poolpass';

/** `{ [file]: text }`, below docs/. */
export function report(results) {
  const charts = {};
  const chart = (name, title, groups) => {
    charts[`performance/${name}.svg`] = barChart(title, groups);
    return `![${title}](performance/${name}.svg)`;
  };
  return { 'performance.md': text(results, chart), ...charts };
}

function text(results, chart) {
  const { signIns, slowSignIns, starts, restores, returns, signatures, verification, waiting, sizes, about } = results;
  const signInKinds = {
    'first of a page': signIns.first,
    'first after warmUp': signIns.warm,
    later: signIns.later,
    'first, processor 6 times slower': slowSignIns.first,
    'first after warmUp, processor 6 times slower': slowSignIns.warm,
    'later, processor 6 times slower': slowSignIns.later,
  };
  return `# Performance

Written by \`cargo xtask bench\` on ${about.date}; \`docs/decisions.md\` says what follows from it.

${about.machine}; Chromium ${about.chromium}, one run for all; ${about.rounds} rounds. ${about.versions}.

Every program runs in the same browser, in turns. The network is a function in the page that answers at once, so the figures are
what the programs cost. *Median* and *least* are of all rounds. *Ratio* is the median of each round's ratio to Poolpass, so that
a busy machine slows both sides; *ratio of the least* compares the least disturbed rounds. 2.0 means twice as slow. While this ran,
${about.load} processes wanted the machine's ${about.cores} cores (load average): compare ratios, not milliseconds.

## What a page loads

Brotli 11 of the page's minified JavaScript and wasm. The pages are in \`bench/pages\`.

${chart('size', 'What a page loads (KB, brotli)', sizes.map(({ title, kits }) => ({ label: title, bars: bars(kits, (bytes) => `${(bytes / 1000).toFixed(1)} KB`) })))}

${table(1, ['page', ...Object.keys(sizes[0].kits), 'times aws-amplify'], sizes.map(({ title, kits }) => [title, ...Object.values(kits).map(kilobytes), (kits[OURS] / kits['aws-amplify']).toFixed(2)]))}

## SRP sign-in

From \`signIn(username, password)\` to its result: two requests, the arithmetic, the storage. The first one of a page runs code
that the browser has not optimised yet. \`warmUp\` prepares it, as while a user types; the other programs have nothing like it, so
theirs is their first. cognito-srp-helper has only the arithmetic; it stores nothing.

${chart('sign-in', 'SRP sign-in (milliseconds, median)', groups(signInKinds, milliseconds))}

${kindTables(signInKinds, milliseconds)}

## Starting

*Configured*: from the import to an object that can sign in; for Poolpass, \`createAuth\` with the wasm. *Restored*: from the
import to the access token of a stored session, without a request. *Hosted return*: from the import, on the page that the user
returns to, to the access token; Poolpass verifies both tokens' signatures, aws-amplify doesn't.

${chart('start', 'Starting (milliseconds, median)', groups({ configured: starts, restored: restores, 'hosted return': returns }, milliseconds))}

${kindTables({ configured: starts, restored: restores, 'hosted return': returns }, milliseconds)}

## SigV4 signatures

One after the other, of a POST with a body of bytes, or with its hash given. @smithy/signature-v4 uses @aws-crypto/sha256-js.
*Per second* is of the median.

${chart('signatures', 'SigV4 (microseconds a signature, median)', groups(signatures, microseconds))}

${kindTables(signatures, microseconds, ['per second', ({ median }) => Math.round(1_000_000 / median).toLocaleString('en')])}

## Verifying a token

An RS256 ID token, with the pool's keys at hand, one after the other. Both leave the signature to WebCrypto.

${kindTables({ 'one token': verification }, microseconds)}

## Many calls that wait for a refresh

All calls are made at once, after the token has expired. The time is until the last one has the new token. Tabs that share a
storage take turns; Poolpass keeps its turn for 125 ms so that the next tab sees what it stored ([architecture](architecture.md#how-a-refresh-flows)).

${chart('waiting', 'Waiting for a refresh (milliseconds, median)', waitingGroups(waiting))}

${waitingTable(waiting)}
`;
}

const milliseconds = (value) => `${value < 10 ? value.toFixed(2) : value.toFixed(1)} ms`;
const microseconds = (value) => (value < 10_000 ? `${value.toFixed(0)} µs` : `${(value / 1000).toFixed(1)} ms`);
const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} KB`;

const bars = (values, shown) =>
  Object.entries(values).map(([label, value]) => ({ label, value, text: shown(value), isOurs: label === OURS }));

const medians = (summary) => Object.fromEntries(Object.entries(summary).map(([rival, { median }]) => [rival, median]));

const groups = (kinds, shown) => Object.entries(kinds).map(([label, summary]) => ({ label, bars: bars(medians(summary), shown) }));

function kindTables(kinds, shown, [extra, value] = []) {
  const rows = Object.entries(kinds).flatMap(([kind, summary]) =>
    Object.entries(summary).map(([rival, figures], index) => [
      index === 0 ? kind : '',
      rival,
      shown(figures.median),
      shown(figures.least),
      figures.ratio.toFixed(2),
      (figures.least / summary[OURS].least).toFixed(2),
      ...(extra ? [value(figures)] : []),
    ]),
  );
  return table(2, ['what', 'program', 'median', 'least', 'ratio', 'ratio of the least', ...(extra ? [extra] : [])], rows);
}

function waitingGroups(waiting) {
  return waiting.map(({ tabs, calls, kits }) => {
    const values = Object.fromEntries(Object.entries(kits).map(([kit, figures]) => [kit, figures.milliseconds]));
    const label = `${calls.toLocaleString('en')} ${calls === 1 ? 'call' : 'calls'} in ${tabs === 1 ? 'one tab' : `each of ${tabs} tabs`}`;
    return { label, bars: bars(values, milliseconds) };
  });
}

function waitingTable(waiting) {
  const kits = Object.keys(waiting[0].kits);
  const heads = kits.flatMap((kit) => [kit, 'refreshes']);
  const rows = waiting.map(({ tabs, calls, kits: figures }) => [
    String(tabs),
    calls.toLocaleString('en'),
    ...kits.flatMap((kit) => [milliseconds(figures[kit].milliseconds), String(figures[kit].refreshes)]),
  ]);
  return table(0, ['tabs', 'calls in each', ...heads], rows);
}

/** The first `labels` columns hold words, the others figures. */
function table(labels, heads, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [line(heads), line(heads.map((_, index) => (index < labels ? '---' : '---:'))), ...rows.map(line)].join('\n');
}
