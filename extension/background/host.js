// The native host as the background sees it: one process per operation, spoken to by id, every reply read strictly.
// Card and reader facts never come this way (invariant 11); what the host lacks is told only to the resident.

import { PROTOCOL, readHostMessage, refusal } from "./messages.js";

/** The name under which the host is registered with the browser. */
export const HOST_NAME = "jp.shomei.host";

/** Milliseconds the host may take to say hello, to open its window, and to end after a cancel. */
export const LIMITS = Object.freeze({ hello: 1500, opened: 15000, cancelled: 1500 });

/**
 * What the resident has to be told about the host. `outdated`: it is too old for us; `newer`: we are too old for it.
 * @typedef {"ready" | "missing" | "forbidden" | "crashed" | "outdated" | "newer"} HostState
 * @typedef {import("./messages.js").HostReply} HostReply
 * @typedef {import("./messages.js").Signed | import("./messages.js").Refusal} Result
 */

/** The host cannot be used; `state` says why. */
export class HostUnavailable extends Error {
  /** @param {Exclude<HostState, "ready">} state */
  constructor(state) {
    super(state);
    this.state = state;
  }
}

/**
 * Starts the host and agrees on the protocol.
 * @param {typeof chrome} browser
 * @returns {Promise<Host>}
 * @throws {HostUnavailable}
 */
export async function openHost(browser) {
  const host = new Host(browser);
  try {
    await host.hello();
    return host;
  } catch (error) {
    host.close();
    throw error;
  }
}

/**
 * Can the host be used now? Starts it, says hello, and lets it go.
 * @param {typeof chrome} browser
 * @returns {Promise<HostState>}
 */
export async function probeHost(browser) {
  try {
    (await openHost(browser)).close();
    return "ready";
  } catch (error) {
    return error instanceof HostUnavailable ? error.state : "crashed";
  }
}

/** A running host process. It ends when `close` is called: its standard input closes. */
export class Host {
  #port;
  /** @type {Map<string, {hear: (reply: HostReply) => void, fail: (error: HostUnavailable) => void}>} */
  #waiting = new Map();
  /** @type {HostUnavailable | null} */
  #failure = null;

  /** @param {typeof chrome} browser */
  constructor(browser) {
    this.#port = browser.runtime.connectNative(HOST_NAME);
    this.#port.onMessage.addListener((message) => this.#receive(message));
    this.#port.onDisconnect.addListener((port) => this.#fail(reasonOf(browser, port)));
  }

  /** Says hello and checks the version. */
  async hello() {
    const reply = await this.#ask({ command: "hello", protocol: PROTOCOL }, LIMITS.hello);
    if (reply.reply === "error") throw new HostUnavailable(stateOfRefusal(reply.code));
    if (reply.reply !== "hello") throw new HostUnavailable("crashed");
    // The host answers with the newest version that both speak, never with a newer one than we offered.
    if (reply.protocol > PROTOCOL) throw new HostUnavailable("crashed");
    if (reply.protocol < PROTOCOL || !reply.capabilities.includes("sign")) throw new HostUnavailable("outdated");
  }

  /**
   * Signs one document. The host shows its window, which has no limit of ours: the host holds its own.
   * @param {{origin: string, document: string, language: string}} what
   * @param {{signal: AbortSignal, onOpened: () => void}} control the signal cancels; `onOpened` hears that the window is there
   * @returns {Promise<Result>}
   * @throws {HostUnavailable} when the host is gone or answers against the protocol
   */
  sign(what, { signal, onOpened }) {
    return new Promise((resolve, reject) => {
      /** @type {ReturnType<typeof setTimeout>} */
      let timer;
      /** @param {() => void} settle */
      const end = (settle) => {
        clearTimeout(timer);
        signal.removeEventListener("abort", cancel);
        this.#waiting.delete(id);
        settle();
      };
      const fail = (/** @type {HostUnavailable} */ error) => end(() => reject(error));
      const hear = (/** @type {HostReply} */ reply) => {
        if (reply.reply === "signed" || reply.reply === "error") return end(() => resolve(reply));
        if (reply.reply !== "opened") return fail(new HostUnavailable("crashed"));
        if (!signal.aborted) clearTimeout(timer); // after a cancel the timer is the cancel's
        onOpened();
      };
      const id = this.#send({ command: "sign", protocol: PROTOCOL, ...what }, { hear, fail });
      const cancel = () => {
        clearTimeout(timer);
        timer = setTimeout(() => end(() => resolve(refusal("cancelled"))), LIMITS.cancelled);
        this.#send({ command: "cancel", target: id }, { hear: () => {}, fail: () => {} });
      };
      timer = setTimeout(() => fail(new HostUnavailable("crashed")), LIMITS.opened);
      signal.addEventListener("abort", cancel);
      if (signal.aborted) cancel();
    });
  }

  /** Lets the process go. */
  close() {
    this.#failure ??= new HostUnavailable("crashed");
    this.#port.disconnect();
  }

  /**
   * @param {object} body
   * @param {number} limit milliseconds
   * @returns {Promise<HostReply>}
   */
  #ask(body, limit) {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new HostUnavailable("crashed")), limit);
      const fail = (/** @type {HostUnavailable} */ error) => {
        clearTimeout(timer);
        reject(error);
      };
      const hear = (/** @type {HostReply} */ reply) => {
        clearTimeout(timer);
        this.#waiting.delete(id);
        resolve(reply);
      };
      const id = this.#send(body, { hear, fail });
    });
  }

  /**
   * @param {object} body
   * @param {{hear: (reply: HostReply) => void, fail: (error: HostUnavailable) => void}} listener
   * @returns {string} the message's id
   */
  #send(body, listener) {
    const id = crypto.randomUUID();
    if (this.#failure) {
      listener.fail(this.#failure);
      return id;
    }
    this.#waiting.set(id, listener);
    this.#port.postMessage({ id, ...body });
    return id;
  }

  /** @param {unknown} message */
  #receive(message) {
    const read = readHostMessage(message);
    const listener = read?.id === null || read === null ? undefined : this.#waiting.get(read.id);
    if (read && listener) return listener.hear(read.reply);
    // Not this protocol, or an answer nobody waits for: whatever this process is, it is not to be trusted with a signature.
    this.#fail("crashed");
    this.close();
  }

  /** @param {Exclude<HostState, "ready">} state */
  #fail(state) {
    this.#failure ??= new HostUnavailable(state);
    const listeners = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { fail } of listeners) fail(this.#failure);
  }
}

/**
 * Browsers say only in words why a host ended.
 * @param {typeof chrome} browser
 * @param {chrome.runtime.Port} port
 * @returns {Exclude<HostState, "ready">}
 */
function reasonOf(browser, port) {
  // Chrome sets lastError; Firefox puts the error on the port.
  const { error } = /** @type {{error?: {message?: string}}} */ (port);
  const words = browser.runtime.lastError?.message ?? error?.message ?? "";
  if (/not found|no such native/i.test(words)) return "missing";
  return /forbidden/i.test(words) ? "forbidden" : "crashed";
}

/**
 * @param {string} code the host's refusal of our hello
 * @returns {Exclude<HostState, "ready">}
 */
function stateOfRefusal(code) {
  if (code === "forbidden-caller") return "forbidden";
  // It refuses our newest version only when that is older than its oldest.
  return code === "unsupported-protocol" ? "newer" : "crashed";
}
