// Web Locks that tabs share ("Web Locks API", W3C): first come, first served.

export class SharedLocks {
  #world;
  /** Of each name, the requests in their order; the first one holds the lock. */
  #queues = new Map();

  constructor(world) {
    this.#world = world;
  }

  /** The names of the locks that are held. */
  held() {
    return [...this.#queues.keys()];
  }

  /** The lock manager of a tab, `navigator.locks`. */
  of(tab) {
    return { request: (name, options, callback) => this.#request(tab, name, options, callback) };
  }

  crash(tab) {
    for (const [name, queue] of [...this.#queues]) queue.filter((request) => request.tab === tab).forEach((request) => this.#leave(name, request));
  }

  #request(tab, name, { ifAvailable = false, signal }, callback) {
    return new Promise((resolve, reject) => {
      const answer = (lock) => new Promise((ended) => ended(callback(lock)));
      if (ifAvailable && this.#queues.has(name)) {
        this.#world.after(0, { tab, source: 'locks' }, () => resolve(answer(null)));
        return;
      }
      const request = { tab, isGranted: false };
      const leave = () => this.#leave(name, request);
      request.grant = () => {
        request.isGranted = true;
        this.#world.after(0, { tab, source: 'locks' }, () => {
          if (signal?.aborted) return leave();
          const ended = answer({ name });
          ended.then(leave, leave);
          resolve(ended);
        });
      };
      signal?.addEventListener('abort', () => {
        if (!request.isGranted) leave();
        reject(signal.reason);
      });
      const queue = this.#queues.get(name) ?? [];
      this.#queues.set(name, queue);
      queue.push(request);
      if (queue.length === 1) request.grant();
    });
  }

  #leave(name, request) {
    const queue = this.#queues.get(name)?.filter((other) => other !== request) ?? [];
    if (queue.length === 0) this.#queues.delete(name);
    else this.#queues.set(name, queue);
    if (queue.length > 0 && !queue[0].isGranted) queue[0].grant();
  }
}
