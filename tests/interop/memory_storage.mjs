// A key-value storage that behaves like localStorage: a missing key is null, values are texts.
export class MemoryStorage {
  #entries = new Map();

  getItem(key) {
    return this.#entries.get(String(key)) ?? null;
  }

  setItem(key, value) {
    this.#entries.set(String(key), String(value));
  }

  removeItem(key) {
    this.#entries.delete(String(key));
  }

  clear() {
    this.#entries.clear();
  }

  keys() {
    return [...this.#entries.keys()];
  }

  /** The value of the one key with this ending. */
  ending(suffix) {
    const keys = this.keys().filter((key) => key.endsWith(suffix));
    if (keys.length !== 1) throw new Error(`${keys.length} stored keys end in ${suffix}`);
    return this.getItem(keys[0]);
  }
}
