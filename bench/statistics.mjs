// Figures of interleaved rounds. A busy machine slows both sides of a round, so a ratio is taken in each round.

export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** `{ median, least, ratio }` of each rival's rounds; the ratio is to those of `base`, of the same round. */
export function summarize(rounds, base = 'poolpass') {
  return Object.fromEntries(
    Object.entries(rounds).map(([rival, values]) => {
      const ratios = values.map((value, round) => value / rounds[base][round]);
      return [rival, { median: median(values), least: Math.min(...values), ratio: median(ratios) }];
    }),
  );
}

/** Runs `once(rival)` for each rival in turns; the figures of each by round. */
export async function inTurns(rivals, rounds, once) {
  const figures = Object.fromEntries(rivals.map((rival) => [rival, []]));
  for (let round = 0; round < rounds; round += 1) {
    // Each round begins with another, so that no rival always runs in the wake of the same.
    for (let turn = 0; turn < rivals.length; turn += 1) {
      const rival = rivals[(turn + round) % rivals.length];
      figures[rival].push(await once(rival, round));
    }
  }
  return figures;
}
