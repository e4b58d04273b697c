// The shapes of all messages that reach the background, each read strictly: exact keys, exact types, named limits.
// What a message may cause is decided elsewhere.

/** The protocol between page, extension and host that this extension speaks. */
export const PROTOCOL = 1;

/** Bytes of UTF-8 that a document may have; the host holds the same limit. */
export const MAX_DOCUMENT_BYTES = 256 * 1024;

/**
 * Characters of base64 in an envelope: Chrome passes at most 1 MiB from a host, and the reply is more than its envelope. The longest one that
 * a host makes, in JAdES, has half as many.
 */
export const MAX_ENVELOPE_CHARACTERS = 1024 * 1024 - 4096;

const LANGUAGES = ["ja", "en", "ja-easy"];
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;
const CODE = /^[a-z][a-z0-9-]{0,63}$/;

/**
 * @typedef {{command: "status"}} StatusRequest
 * @typedef {{command: "sign", document: string, language?: string}} SignRequest
 * @typedef {{reply: "hello", protocol: number, version: string, capabilities: string[]}} Hello
 * @typedef {{reply: "signed", envelope: string}} Signed
 * @typedef {{reply: "error", code: string, path?: string}} Refusal
 * @typedef {Hello | Signed | Refusal | {reply: "opened"} | {reply: "cancelling"}} HostReply
 */

/**
 * Reads the first message on a page's port.
 * @param {unknown} message
 * @returns {StatusRequest | SignRequest | Refusal} a refusal is `bad-message`, `unknown-command`, `unsupported-protocol` or `too-large`
 */
export function readRequest(message) {
  if (!isObject(message)) return refusal("bad-message");
  if (message.command === "sign") return readSign(message);
  if (message.command !== "status") return refusal("unknown-command");
  return hasKeys(message, ["command"]) ? { command: "status" } : refusal("bad-message");
}

/**
 * @param {Record<string, unknown>} message
 * @returns {SignRequest | Refusal}
 */
function readSign(message) {
  if (!hasKeys(message, ["command", "protocol", "document"], ["language"])) return refusal("bad-message");
  const { protocol, document, language } = message;
  if (protocol !== PROTOCOL) return refusal("unsupported-protocol");
  if (typeof document !== "string" || document === "") return refusal("bad-message");
  if (utf8Length(document) > MAX_DOCUMENT_BYTES) return refusal("too-large");
  if (language === undefined) return { command: "sign", document };
  if (typeof language !== "string" || !LANGUAGES.includes(language)) return refusal("bad-message");
  return { command: "sign", document, language };
}

/**
 * Is this a cancel from the page's port?
 * @param {unknown} message
 */
export function isCancel(message) {
  return isObject(message) && hasKeys(message, ["command"]) && message.command === "cancel";
}

/**
 * Reads one message of the host.
 * @param {unknown} message
 * @returns {{id: string | null, reply: HostReply} | null} null when it is not a message of this protocol
 */
export function readHostMessage(message) {
  if (!isObject(message)) return null;
  const { id, ...rest } = message;
  const reply = readHostReply(rest);
  if (reply === null) return null;
  if (typeof id === "string" || (id === null && reply.reply === "error")) return { id, reply };
  return null;
}

/**
 * @param {Record<string, unknown>} message
 * @returns {HostReply | null}
 */
function readHostReply(message) {
  switch (message.reply) {
    case "hello":
      return readHello(message);
    case "opened":
    case "cancelling":
      return hasKeys(message, ["reply"]) ? { reply: message.reply } : null;
    case "signed":
      return readSigned(message);
    case "error":
      return readError(message);
    default:
      return null;
  }
}

/**
 * @param {Record<string, unknown>} message
 * @returns {Hello | null}
 */
function readHello(message) {
  if (!hasKeys(message, ["reply", "protocol", "version", "capabilities"])) return null;
  const { protocol, version, capabilities } = message;
  if (typeof protocol !== "number" || !Number.isSafeInteger(protocol)) return null;
  if (typeof version !== "string" || version.length > 64 || !Array.isArray(capabilities)) return null;
  if (!capabilities.every((each) => typeof each === "string")) return null;
  return { reply: "hello", protocol, version, capabilities };
}

/**
 * @param {Record<string, unknown>} message
 * @returns {Signed | null}
 */
function readSigned(message) {
  if (!hasKeys(message, ["reply", "envelope"])) return null;
  const { envelope } = message;
  if (typeof envelope !== "string" || envelope.length > MAX_ENVELOPE_CHARACTERS) return null;
  return envelope.length % 4 === 0 && BASE64.test(envelope) ? { reply: "signed", envelope } : null;
}

/**
 * @param {Record<string, unknown>} message
 * @returns {Refusal | null}
 */
function readError(message) {
  if (!hasKeys(message, ["reply", "code"], ["path"])) return null;
  const { code, path } = message;
  if (typeof code !== "string" || !CODE.test(code)) return null;
  if (path === undefined) return { reply: "error", code };
  return typeof path === "string" && path.length <= 512 ? { reply: "error", code, path } : null;
}

/**
 * @param {string} code
 * @param {string} [path]
 * @returns {Refusal}
 */
export function refusal(code, path) {
  return path === undefined ? { reply: "error", code } : { reply: "error", code, path };
}

/**
 * @param {unknown} value
 * @returns {value is Record<string, unknown>}
 */
function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * Exactly these keys? An optional one may be absent.
 * @param {Record<string, unknown>} message
 * @param {string[]} required
 * @param {string[]} [optional]
 */
function hasKeys(message, required, optional = []) {
  const keys = Object.keys(message);
  return required.every((key) => keys.includes(key)) && keys.every((key) => required.includes(key) || optional.includes(key));
}

/** @param {string} text */
function utf8Length(text) {
  return new TextEncoder().encode(text).length;
}
