// Gives each message once while one channel takes over from another, and never loses one.
//
// AppSync's messages carry no id of their own: `id` is the subscription's ("Building a real-time WebSocket client",
// "Understanding the Event API WebSocket protocol"). So two messages with the same text, one from each channel, may be one
// message or two. The old channel brings what was sent before it was stopped; the new one brings what was sent after it was
// registered. A text is dropped as a copy only as often as it is certain that both channels bring it:
// - what the new channel brings while the old one is to serve on for SKEW_MS at least, the old one brings too;
// - what the old channel brings later than SKEW_MS after the new one's acknowledgement, the new one brings too.
// Where that is not certain, both are given: an equal message twice is better than one that is lost.

/** The longest time that one channel is expected to lag behind the other. */
export const SKEW_MS = 1_000;

export class Deduplicator {
  /** One for each channel that took over, oldest first. What one lets through is an old message to the next. */
  #handovers = [];

  /** A channel begins to take over, or begins again after it was refused. */
  begin(old, next) {
    if (!this.#of(next)) this.#handovers.push(new Handover(old, next));
  }

  acknowledged(next) {
    this.#of(next)?.acknowledged();
  }

  /** Whether a channel's message has not been given yet. */
  isNew(channel, value) {
    if (this.#handovers.length === 0) return true;
    const text = JSON.stringify(value);
    const at = this.#handovers.findIndex(({ next }) => next === channel);
    if (at >= 0 && !this.#handovers[at].isNewFromNext(text)) return false;
    return this.#passes(text, at + 1);
  }

  /** A channel brings nothing more; `isDrained` if all that was under way has come. Returns the messages to give now. */
  ended(channel, isDrained) {
    this.#of(channel)?.interrupted();
    return this.#handovers.flatMap((handover, at) => {
      const texts = handover.old === channel ? handover.oldEnded(isDrained) : [];
      return texts.filter((text) => this.#passes(text, at + 1)).map((text) => ({ value: JSON.parse(text), size: text.length }));
    });
  }

  #of(next) {
    return this.#handovers.find((handover) => handover.next === next);
  }

  #passes(text, from) {
    return this.#handovers.slice(from).every((handover) => handover.isNewFromOld(text));
  }
}

class Handover {
  /** For each text: what each channel brought alone, how many pairs were given once, and how many must be pairs. */
  #tallies = new Map();
  #isOver = false;
  /** Whether the old channel was to be left at any time. What was given twice since then must not pair any more. */
  #wasExpiring = false;
  #isCertainFrom = Infinity;
  #oldHeardAt = -Infinity;

  constructor(old, next) {
    this.old = old;
    this.next = next;
  }

  /** The new channel is lost or was refused: until it is acknowledged again, the old one alone may bring messages. */
  interrupted() {
    this.#isCertainFrom = Infinity;
    for (const tally of this.#tallies.values()) tally.certainOld = 0;
  }

  acknowledged() {
    this.#isCertainFrom = Date.now() + SKEW_MS;
  }

  isNewFromOld(text) {
    const tally = this.#tally(text);
    this.#oldHeardAt = Date.now();
    if (this.#oldHeardAt >= this.#isCertainFrom) tally.certainOld += 1;
    return !this.#pairs(tally, 'old', 'next');
  }

  isNewFromNext(text) {
    const tally = this.#tally(text);
    if (this.#isOldServing) tally.certainNext.push(Date.now());
    return !this.#pairs(tally, 'next', 'old');
  }

  /** The old channel has ended. If it was cut off, messages that were under way on it may not have come. */
  oldEnded(isDrained) {
    if (this.#isOver) return [];
    this.#isOver = true;
    if (isDrained) return [];
    return [...this.#tallies].flatMap(([text, tally]) => {
      // The copies of these came before the last message that the old channel brought.
      tally.certainNext = tally.certainNext.filter((at) => at <= this.#oldHeardAt - SKEW_MS);
      const doubtful = Math.max(tally.pairs - certain(tally), 0);
      tally.pairs -= doubtful;
      return Array(doubtful).fill(text);
    });
  }

  get #isOldServing() {
    this.#wasExpiring ||= this.old.phase !== 'serving';
    return !this.#isOver && !this.#wasExpiring;
  }

  #pairs(tally, own, other) {
    const mayPair = this.#isOldServing || tally.pairs < certain(tally);
    if (tally[other] === 0 || !mayPair) {
      tally[own] += 1;
      return false;
    }
    tally[other] -= 1;
    tally.pairs += 1;
    return true;
  }

  #tally(text) {
    if (!this.#tallies.has(text)) this.#tallies.set(text, { old: 0, next: 0, pairs: 0, certainOld: 0, certainNext: [] });
    return this.#tallies.get(text);
  }
}

/** How many messages of a text both channels are certain to bring. */
function certain({ certainOld, certainNext }) {
  return Math.max(certainOld, certainNext.length);
}
