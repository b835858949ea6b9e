// What the rest of the package uses of its start. It is handed over and not imported: of modules that both import, some bundlers
// make files of their own, and a page would wait for them.
export let PoolpassError;
export let isPoolpassError;
export let misuse;
export let aborted;
export let disposed;
export let noWindow;
export let unloadable;
export let attempt;
export let badOption;
export let explained;
export let isSignal;
export let members;
export let plain;
export let signalOf;
export let settled;
export let jwt;
export let withMessage;
export let CHECKED;
export let versioned;
export let arriving;
export let arrival;
export let show;

/**
 * Takes them over. What an entry point lacks, its rest does not use. One by one: Turbopack (Next.js 16.4) takes variables that are
 * assigned by destructuring for constants, and exports `undefined`.
 */
export function adopt(start) {
  PoolpassError = start.PoolpassError;
  isPoolpassError = start.isPoolpassError;
  misuse = start.misuse;
  aborted = start.aborted;
  disposed = start.disposed;
  noWindow = start.noWindow;
  unloadable = start.unloadable;
  attempt = start.attempt;
  badOption = start.badOption;
  explained = start.explained;
  isSignal = start.isSignal;
  members = start.members;
  plain = start.plain;
  signalOf = start.signalOf;
  settled = start.settled;
  jwt = start.jwt;
  withMessage = start.withMessage;
  CHECKED = start.CHECKED;
  versioned = start.versioned;
  arriving = start.arriving;
  arrival = start.arrival;
  show = start.show;
}
