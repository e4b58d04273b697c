// The public module. Documents and checks are the wasm module's; asking the extension is the door's. It fetches nothing but its own wasm.

import loadModule, * as module from "./shomei_module.js";
import { openDoor } from "./door.js";
import { ShomeiError } from "./error.js";

export { ShomeiError };

/** Milliseconds that the extension may take to say whether the host is there. */
const STATUS_LIMIT = 4000;

/** @type {Promise<void> | null} */
let loading = null;

/** Loads the wasm module; more calls share one load, a failed load is tried again. */
export function init({ wasm } = {}) {
  loading ??= loadModule(wasm === undefined ? undefined : { module_or_path: wasm }).then(
    () => undefined,
    (cause) => {
      loading = null;
      throw new ShomeiError("module-unavailable", { cause });
    },
  );
  return loading;
}

/** Can this page sign now? */
export async function status() {
  try {
    const door = await openDoor();
    const { status } = await door.ask({ command: "status" }, { limit: STATUS_LIMIT });
    return status === "ready" ? "ready" : "not-ready";
  } catch (error) {
    return UNSUPPORTED.has(error.code) ? "unsupported" : "not-ready";
  }
}

const UNSUPPORTED = new Set(["extension-missing", "insecure-context", "not-allowed"]);

/** What is wrong with the form, in its order; empty if a document can be built. */
export function checkForm(form, definition) {
  return guarded(() => module.checkForm(form, definition));
}

/** The application document of a filled form: canonical JSON, which is what will be signed. */
export function buildDocument(form, definition, issued, container = "cades") {
  if (issued?.recipient?.origin !== window.location.origin) throw new ShomeiError("origin-mismatch");
  return guarded(() => module.buildDocument(form, definition, issued, container));
}

/** Has the resident read and sign the document. */
export async function sign(document, { signal, onOpened, language = pageLanguage() } = {}) {
  if (signal?.aborted) throw new ShomeiError("cancelled", { cause: signal.reason });
  const door = await openDoor();
  if (signal?.aborted) throw new ShomeiError("cancelled", { cause: signal.reason });
  const request = { command: "sign", document, ...(language && { language }) };
  const { reply, envelope } = await door.ask(request, { signal, onOpened });
  if (reply !== "signed" || typeof envelope !== "string") throw new ShomeiError("bad-reply");
  return fromBase64(envelope);
}

/** Does the envelope hold this very document, under a signature that is intact? And is the signer the applicant? */
export function checkReply(document, envelope, definition) {
  return guarded(() => module.checkReply(document, envelope, definition));
}

/** The wasm module throws plain objects; the page gets the one error class. */
function guarded(call) {
  try {
    return call();
  } catch (error) {
    if (typeof error?.code !== "string") throw new ShomeiError("module-unavailable", { cause: error });
    throw new ShomeiError(error.code, error);
  }
}

function pageLanguage() {
  const [language] = window.document.documentElement.lang.split("-");
  return ["ja", "en"].includes(language) ? language : undefined;
}

function fromBase64(text) {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch (cause) {
    throw new ShomeiError("bad-reply", { cause });
  }
}
