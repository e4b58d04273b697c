// The parts of a browser that the background uses, played by data: tabs, one focused window, session storage, and a native host
// that a test scripts. What a page or a host does is an event; nothing here knows the extension's rules.

const EXTENSION = "chrome-extension://jfmlgcacaghboblkaladoibgdaehkeai";

/** A hook of the kind `chrome.*.onX`. */
class Hook {
  /** @type {Set<Function>} */
  listeners = new Set();
  addListener = (/** @type {Function} */ listener) => this.listeners.add(listener);
  removeListener = (/** @type {Function} */ listener) => this.listeners.delete(listener);
  /** @param {unknown[]} values */
  fire(...values) {
    for (const listener of [...this.listeners]) listener(...values);
  }
}

/** Things that arrive, each taken once, waited for when it is not there yet. */
class Arrivals {
  /** @type {any[]} */
  items = [];
  /** @type {((item: any) => void)[]} */
  #takers = [];
  /** @param {any} item */
  push(item) {
    const taker = this.#takers.shift();
    if (taker) taker(item);
    else this.items.push(item);
  }
  /** @returns {Promise<any>} */
  next() {
    return this.items.length > 0
      ? Promise.resolve(this.items.shift())
      : new Promise((resolve) => this.#takers.push(resolve));
  }
}

/** One end of a port pair; what is posted at one end arrives at the other in a later turn. */
class Port {
  onMessage = new Hook();
  onDisconnect = new Hook();
  arrived = new Arrivals();
  open = true;
  /** @type {Port} */
  other = this;
  /** @type {object | undefined} */
  sender;
  /** @param {unknown} message */
  postMessage(message) {
    if (!this.open) throw new Error("Attempting to use a disconnected port object");
    queueMicrotask(() => {
      if (!this.other.open) return;
      this.other.arrived.push(message);
      this.other.onMessage.fire(message, this.other);
    });
  }
  /** Closing tells the other end, as browsers do. */
  disconnect() {
    if (!this.open) return;
    this.open = this.other.open = false;
    this.other.onDisconnect.fire(this.other);
  }
}

/** @returns {[Port, Port]} */
function pair() {
  const [near, far] = [new Port(), new Port()];
  near.other = far;
  far.other = near;
  return [near, far];
}

/** A page in the front, as the browser would describe it. */
export const FRONT = Object.freeze({
  url: "https://shinsei.city.mihon.lg.jp/procedures/juminhyo-utsushi",
  origin: "https://shinsei.city.mihon.lg.jp",
  frameId: 0,
  documentId: "D1",
  documentLifecycle: "active",
  tab: { id: 7, windowId: 1 },
});

/** @typedef {{port: Port, heard: Arrivals, die: (words: string) => void}} HostProcess */

/** A browser with one window, one page in it, and a host that a test scripts. */
export class SimulatedBrowser {
  onConnect = new Hook();
  onMessage = new Hook();
  onClicked = new Hook();
  hosts = new Arrivals();
  started = 0;
  badge = "";
  /** @type {string[]} addresses of the windows that were opened */
  windows = [];
  focused = true;
  active = true;
  /** @type {Record<string, unknown>} */
  session = {};
  /** @type {object | null} who answers when the tab is made to speak; null: nobody */
  inTab = FRONT;
  /** @type {{message: string} | undefined} */
  lastError;
  /** @type {string | null} words with which every start of the host fails */
  hostFailure = null;

  /** @returns {typeof chrome} */
  api() {
    const api = {
      runtime: this.#runtime(),
      tabs: {
        get: async (/** @type {number} */ id) => ({ id, windowId: 1, active: this.active }),
        sendMessage: async (/** @type {number} */ _tab, /** @type {object} */ message) => this.#speak(message),
      },
      windows: {
        get: async () => ({ focused: this.focused }),
        create: async (/** @type {{url: string}} */ { url }) => ({ id: this.windows.push(url) }),
        remove: async () => {},
      },
      action: {
        onClicked: this.onClicked,
        setBadgeText: async (/** @type {{text: string}} */ { text }) => void (this.badge = text),
        setBadgeBackgroundColor: async () => {},
      },
      storage: {
        session: {
          get: async (/** @type {string} */ key) => ({ [key]: this.session[key] }),
          set: async (/** @type {object} */ values) => void Object.assign(this.session, values),
        },
      },
      i18n: { getUILanguage: () => "ja" },
    };
    return /** @type {any} */ (api);
  }

  #runtime() {
    const browser = this;
    return {
      onConnect: this.onConnect,
      onMessage: this.onMessage,
      get lastError() {
        return browser.lastError;
      },
      getURL: (/** @type {string} */ path) => `${EXTENSION}/${path}`,
      connectNative: () => this.#startHost(),
    };
  }

  /** @param {object} message */
  #speak(message) {
    if (this.inTab === null) throw new Error("Could not establish connection. Receiving end does not exist.");
    queueMicrotask(() => this.onMessage.fire(message, this.inTab));
  }

  #startHost() {
    this.started += 1;
    const [near, far] = pair();
    const die = (/** @type {string} */ words) => {
      this.lastError = { message: words };
      far.disconnect();
      this.lastError = undefined;
    };
    if (this.hostFailure !== null) queueMicrotask(() => die(this.hostFailure ?? ""));
    else this.hosts.push({ port: far, heard: far.arrived, die });
    return near;
  }

  /**
   * A page asks through its door.
   * @param {unknown} message
   * @param {object} [sender] what the browser says of the page, where it differs from `FRONT`
   */
  ask(message, sender = {}) {
    const [door, background] = pair();
    background.sender = { ...FRONT, ...sender };
    this.onConnect.fire(background);
    door.postMessage(message);
    return {
      answer: () => door.arrived.next(),
      say: (/** @type {unknown} */ more) => door.postMessage(more),
      leave: () => door.disconnect(),
    };
  }

  /**
   * The next host process, after it said hello.
   * @param {object} [hello] what differs from a host of today
   * @returns {Promise<HostProcess>}
   */
  async host(hello = {}) {
    const host = await this.hosts.next();
    const { id } = await host.heard.next();
    host.port.postMessage({ id, reply: "hello", protocol: 1, version: "0.1.0", capabilities: ["sign"], ...hello });
    return host;
  }
}
