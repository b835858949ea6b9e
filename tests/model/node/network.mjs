// The network in front of Cognito: slow, and not always there.

/** The longest way of requests other than refreshes. */
const USUAL_MS = 100;

export class Network {
  #stage;
  #random;

  constructor(stage, random) {
    this.#stage = stage;
    this.#random = random;
  }

  /** Sends a request of a tab. What is on its way arrives even if the tab freezes or crashes. */
  fetch(tab, { headers, body }) {
    const { plan, world } = this.#stage;
    const operation = headers['x-amz-target'].split('.').pop();
    const longest = operation === 'GetTokensFromRefreshToken' ? plan.latency : Math.min(plan.latency, USUAL_MS);
    const [there, back] = [this.#random.below(longest + 1), this.#random.below(longest + 1)];
    const [isLostThere, isLostBack] = [this.#random.chance(plan.loss), this.#random.chance(plan.loss)];
    return new Promise((resolve, reject) => {
      const fail = () => reject(new TypeError('Failed to fetch'));
      world.after(there, { source: `request of ${tab}` }, () => {
        const answer = isLostThere ? undefined : this.#exchange(tab, operation, JSON.parse(body), { isLost: isLostBack });
        world.after(back, { tab, source: 'answers' }, answer && !isLostBack ? () => resolve(answer) : fail);
      });
    });
  }

  #exchange(tab, operation, input, { isLost }) {
    const { plan, world, book, cognito } = this.#stage;
    const { status, body, effect } = cognito.answer(operation, input, world.time);
    const seen = effect ? `, ${effect.token} ${effect.name}` : '';
    book.note(() => `    tab ${tab} → ${operation} ${status}${seen}${isLost ? ', and the answer is lost' : ''}`);
    // Under way, stored, seen by the other tabs; with time for an asynchronous storage.
    const until = world.now + plan.latency + plan.lag + 500;
    if (effect?.name === 'rotated') book.spend(effect, tab, { until, isAnswerLost: isLost });
    else if (effect) book.sentAgain(effect, tab);
    return response(status, JSON.stringify(body));
  }
}

/** As much of a `Response` as the kit reads, without the timers of Node's streams. */
function response(status, text) {
  const chunks = [{ done: false, value: new TextEncoder().encode(text) }, { done: true }];
  const reader = { read: async () => chunks.shift() };
  return { status, headers: { get: () => null }, bodyUsed: false, body: { getReader: () => reader } };
}
