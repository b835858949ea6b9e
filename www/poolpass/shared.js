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
export let isSignal;
export let members;
export let plain;
export let signalOf;
export let settled;
export let jwt;
export let arriving;
export let answerHere;
export let popupChannel;
export let restore;
export let takeFrom;

/** Takes them over. What an entry point lacks, its rest does not use. */
export function adopt(start) {
  ({ PoolpassError, isPoolpassError, misuse, aborted, disposed, noWindow, unloadable } = start);
  ({ attempt, badOption, isSignal, members, plain, signalOf, settled, jwt } = start);
  ({ arriving, answerHere, popupChannel, restore, takeFrom } = start);
}
