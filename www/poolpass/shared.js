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
export let arrival;
export let show;
export let arriving;

/**
 * Takes them over, in the order of `START` in auth.js and of its parts. What an entry point lacks, its rest does not use. One by
 * one: Turbopack (Next.js 16.4) takes variables that are assigned by destructuring for constants, and exports `undefined`.
 */
export function adopt(start) {
  PoolpassError = start[0];
  isPoolpassError = start[1];
  misuse = start[2];
  aborted = start[3];
  disposed = start[4];
  noWindow = start[5];
  unloadable = start[6];
  attempt = start[7];
  badOption = start[8];
  explained = start[9];
  isSignal = start[10];
  members = start[11];
  plain = start[12];
  signalOf = start[13];
  settled = start[14];
  jwt = start[15];
  withMessage = start[16];
  CHECKED = start[17];
  versioned = start[18];
  arrival = start[19];
  show = start[20];
  arriving = start[21];
}
