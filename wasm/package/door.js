// The page's end of the talk with the extension: one MessagePort per page, random ids, every answer matched by port and id.

import { ShomeiError } from "./error.js";

/** Milliseconds after which a page without an answer has no extension. */
const CONNECT_LIMIT = 1000;

/** Milliseconds that the extension may take to say whether the host is there. */
const STATUS_LIMIT = 4000;

/** The protocol that this module speaks. */
const PROTOCOL = 1;

/** @typedef {{hear: (reply: any) => void}} Listener */

/** @type {Promise<Door> | null} */
let door = null;

/**
 * The door of this page; opened once, tried again after a failure.
 * @returns {Promise<Door>}
 * @throws {ShomeiError} `insecure-context`, `extension-missing`
 */
export function openDoor() {
  door ??= connect().catch((error) => {
    door = null;
    throw error;
  });
  return door;
}

/** @returns {Promise<Door>} */
async function connect() {
  if (!window.isSecureContext) throw new ShomeiError("insecure-context");
  const { port1: ours, port2: theirs } = new MessageChannel();
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      ours.close();
      reject(new ShomeiError("extension-missing"));
    }, CONNECT_LIMIT);
    ours.onmessage = ({ data }) => {
      if (data?.shomei !== "connected") return;
      clearTimeout(timer);
      resolve(new Door(ours));
    };
    // The target origin keeps the port from a document that has taken this one's place.
    window.postMessage({ shomei: "connect" }, window.location.origin, [theirs]);
  });
}

/** An open connection to the extension. */
export class Door {
  #port;
  /** @type {Map<string, Listener>} */
  #waiting = new Map();

  /** @param {MessagePort} port */
  constructor(port) {
    this.#port = port;
    port.onmessage = ({ data }) => this.#waiting.get(data?.id)?.hear(data);
  }

  /**
   * @returns {Promise<unknown>} the extension's word for it
   * @throws {ShomeiError}
   */
  async status() {
    return (await this.#ask({ command: "status" }, { limit: STATUS_LIMIT })).status;
  }

  /**
   * @param {string} document
   * @param {{signal?: AbortSignal, onOpened?: () => void, language?: string}} options
   * @returns {Promise<string>} the envelope in base64
   * @throws {ShomeiError}
   */
  async sign(document, { language, ...control }) {
    const request = { command: "sign", protocol: PROTOCOL, document, ...(language && { language }) };
    const { reply, envelope } = await this.#ask(request, control);
    if (reply !== "signed" || typeof envelope !== "string") throw new ShomeiError("bad-reply");
    return envelope;
  }

  /**
   * Asks, and waits for the answer that ends the request.
   * @param {object} request
   * @param {object} control
   * @param {AbortSignal} [control.signal] cancels the request; its answer, then `cancelled`, is still waited for
   * @param {() => void} [control.onOpened]
   * @param {number} [control.limit] milliseconds until the first answer
   * @returns {Promise<any>} the reply
   * @throws {ShomeiError} the extension's code; `timeout` after `limit`
   */
  #ask(request, { signal, onOpened, limit }) {
    const id = crypto.randomUUID();
    return new Promise((resolve, reject) => {
      const cancel = () => this.#port.postMessage({ id: crypto.randomUUID(), command: "cancel", target: id });
      const timer = limit && setTimeout(() => end(() => reject(new ShomeiError("timeout"))), limit);
      const end = (/** @type {() => void} */ settle) => {
        clearTimeout(timer);
        signal?.removeEventListener("abort", cancel);
        this.#waiting.delete(id);
        settle();
      };
      const hear = (/** @type {any} */ reply) => {
        if (reply.reply === "opened") return onOpened?.();
        if (reply.reply !== "error") return end(() => resolve(reply));
        end(() => reject(new ShomeiError(String(reply.code), { path: reply.path })));
      };
      this.#waiting.set(id, { hear });
      this.#port.postMessage({ ...request, id });
      signal?.addEventListener("abort", cancel);
    });
  }
}
