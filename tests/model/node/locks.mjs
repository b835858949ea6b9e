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
      if (ifAvailable && this.#queues.has(name)) {
        this.#world.after(0, { tab, source: 'locks' }, () => resolve(callback(null)));
        return;
      }
      const request = { tab, isGranted: false };
      request.grant = () => {
        request.isGranted = true;
        this.#world.after(0, { tab, source: 'locks' }, () => {
          const ended = Promise.resolve(callback({ name }));
          const release = () => this.#leave(name, request);
          ended.then(release, release);
          resolve(ended);
        });
      };
      signal?.addEventListener('abort', () => {
        if (request.isGranted) return;
        this.#leave(name, request);
        reject(new DOMException('The request was aborted.', 'AbortError'));
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
