// The outside world of a page, for the contract of platforms: what a case breaks, and is whole again for the next one. No imports:
// one bench makes a module of this text.

/** An `Access` of mod.rs and the method of a storage that makes it. */
const METHODS = { read: 'getItem', write: 'setItem', remove: 'removeItem' };

/** Replaces a property until `restore`. */
class Replaced {
  #former = [];

  by(object, name, property) {
    this.#former.push([object, name, Object.getOwnPropertyDescriptor(object, name)]);
    Object.defineProperty(object, name, { configurable: true, ...property });
  }

  restore() {
    for (const [object, name, former] of this.#former.reverse()) {
      if (former) Object.defineProperty(object, name, former);
      else delete object[name];
    }
    this.#former = [];
  }
}

const thrower = () => {
  throw new DOMException('broken', 'SecurityError');
};

const encode = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
const decode = (text) => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (byte) => byte.charCodeAt(0)).buffer;

/** `navigator.credentials`, with a user: see `Habit` of mod.rs. */
class User {
  ofDialogs = 'leaves';
  ofAutofill = 'leaves';
  asked = [];
  knowsJson = true;
  hasAutofill = true;
  #isAsked = false;

  classOfCredentials() {
    const user = this;
    const withBuffer = ({ id, ...others }) => ({ ...others, id: decode(id) });
    class PublicKeyCredential {
      static isConditionalMediationAvailable = async () => user.hasAutofill;
    }
    if (!this.knowsJson) return PublicKeyCredential;
    PublicKeyCredential.parseCreationOptionsFromJSON = ({ challenge, user, excludeCredentials, ...others }) =>
      ({ ...others, challenge: decode(challenge), user: withBuffer(user), excludeCredentials: excludeCredentials.map(withBuffer) });
    PublicKeyCredential.parseRequestOptionsFromJSON = ({ challenge, allowCredentials = [], ...others }) => {
      if ('hints' in others && !Array.isArray(others.hints)) throw new TypeError('hints');
      return { ...others, challenge: decode(challenge), allowCredentials: allowCredentials.map(withBuffer) };
    };
    return PublicKeyCredential;
  }

  get({ publicKey, mediation, signal }) {
    const isAutofill = mediation === 'conditional';
    return this.#ask(isAutofill ? 'get by autofill' : 'get', isAutofill ? this.ofAutofill : this.ofDialogs, publicKey, signal);
  }

  create({ publicKey, signal }) {
    return this.#ask('create', this.ofDialogs, publicKey, signal);
  }

  async #ask(how, habit, publicKey, signal) {
    if (this.#isAsked) throw new DOMException('A request is already pending.', 'OperationError');
    if (signal.aborted) throw signal.reason;
    this.asked.push(how);
    this.#isAsked = true;
    try {
      await new Promise((resolve, reject) => {
        signal.addEventListener('abort', () => {
          this.#isAsked = false; // at once, as Chromium does
          reject(signal.reason);
        });
        if (habit !== 'leaves') setTimeout(resolve);
        else if (how !== 'get by autofill') setTimeout(reject, publicKey.timeout, new DOMException('', 'NotAllowedError'));
      });
    } finally {
      if (!signal.aborted) this.#isAsked = false;
    }
    if (habit !== 'agrees') throw new DOMException('', habit);
    return this.#credential(how === 'create', publicKey);
  }

  #credential(isNew, { challenge, user, allowCredentials }) {
    const bytes = (value) => (ArrayBuffer.isView(value) ? value.buffer : value);
    const response = { clientDataJSON: new ArrayBuffer(1), authenticatorData: new ArrayBuffer(1) };
    if (isNew) response.attestationObject = bytes(user.id);
    else response.signature = bytes(allowCredentials[0].id);
    const credential = { id: 'id', type: 'public-key', rawId: bytes(challenge), response, getClientExtensionResults: () => ({}) };
    if (!this.knowsJson) return credential;
    const json = { ...credential, rawId: encode(credential.rawId), clientExtensionResults: {} };
    json.response = Object.fromEntries(Object.entries(response).map(([name, buffer]) => [name, encode(buffer)]));
    return { ...credential, toJSON: () => json };
  }
}

export class World {
  #replaced = new Replaced();
  #texts = new Map();
  #isSlow = false;
  #user = new User();
  /** The app's storage, which all tabs share. */
  storage = {
    getItem: (key) => this.#give(() => this.#texts.get(key) ?? null),
    setItem: (key, text) => this.#give(() => void this.#texts.set(key, text)),
    removeItem: (key) => this.#give(() => void this.#texts.delete(key)),
  };

  /** `server` is its origin. */
  constructor(server) {
    this.server = server;
    for (const storage of [localStorage, sessionStorage]) {
      for (const key of Object.keys(storage)) if (key.startsWith('contract')) storage.removeItem(key);
    }
    this.#replaced.by(globalThis, 'PublicKeyCredential', { value: this.#user.classOfCredentials() });
    this.#replaced.by(navigator, 'credentials', { value: this.#user });
    // Sent with a request that sends cookies.
    if (globalThis.document) document.cookie = 'contract=page';
  }

  #give(act) {
    return this.#isSlow ? new Promise((resolve) => setTimeout(resolve, 3)).then(act) : act();
  }

  /** Chromium refuses to connect to port 9, and Node too. */
  url(path) {
    return path === '/gone' ? 'http://localhost:9/' : this.server + path;
  }

  fail(access) {
    const name = METHODS[access];
    // An own property would be a key of the storage.
    this.#replaced.by(Object.getPrototypeOf(localStorage), name, { value: thrower });
    this.#replaced.by(this.storage, name, { value: () => this.#give(thrower), writable: true });
  }

  delayStorage() {
    this.#isSlow = true;
  }

  takeAway(part) {
    const none = { get: () => undefined };
    const parts = {
      crypto: () => {
        // The wasm may have looked `crypto` up before.
        const prototype = Object.getPrototypeOf(crypto);
        this.#replaced.by(prototype, 'getRandomValues', { value: thrower });
        this.#replaced.by(prototype, 'subtle', none);
      },
      locks: () => this.#replaced.by(navigator, 'locks', none),
      passkeys: () => this.#replaced.by(globalThis, 'PublicKeyCredential', none),
      passkeyJson: () => (this.#user.knowsJson = false),
      autofill: () => (this.#user.hasAutofill = false),
      flowStorages: () => ['localStorage', 'sessionStorage'].forEach((name) => this.#replaced.by(globalThis, name, { get: thrower })),
    };
    parts[part]();
    if (part === 'passkeyJson') this.#replaced.by(globalThis, 'PublicKeyCredential', { value: this.#user.classOfCredentials() });
  }

  habit(isAutofill, habit) {
    this.#user[isAutofill ? 'ofAutofill' : 'ofDialogs'] = habit;
  }

  asked() {
    return this.#user.asked;
  }

  restore() {
    this.#replaced.restore();
  }
}
