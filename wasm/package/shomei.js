// The public module. Documents and checks are the wasm module's; asking the extension is the door's. It fetches nothing but its own wasm.

import loadModule, * as module from "./shomei_module.js";
import { openDoor } from "./door.js";
import { ShomeiError } from "./error.js";

export { ShomeiError };

/** @type {Promise<void> | null} */
let loading = null;

/** Loads the wasm module; more calls share one load, a failed load is tried again. */
export function init({ wasm = new URL("./shomei_module_bg.wasm", import.meta.url) } = {}) {
  loading ??= loadModule({ module_or_path: wasm }).then(
    () => undefined,
    (cause) => {
      loading = null;
      throw new ShomeiError("module-unavailable", { cause });
    },
  );
  return loading;
}

const UNSUPPORTED = new Set(["extension-missing", "insecure-context"]);

/** Can this page sign now? */
export async function status() {
  try {
    const door = await openDoor();
    return (await door.status()) === "ready" ? "ready" : "not-ready";
  } catch (error) {
    return UNSUPPORTED.has(error.code) ? "unsupported" : "not-ready";
  }
}

/** What is wrong with the form, in its order; empty if a document can be built. */
export function checkForm(form, definition) {
  return guarded(() => module.checkForm(form, jsonText(definition)));
}

/** The application document of a filled form: canonical JSON, which is what will be signed. */
export function buildDocument(form, definition, issued, { container = "cades" } = {}) {
  if (issued?.recipient?.origin !== window.location.origin) throw new ShomeiError("origin-mismatch");
  return guarded(() => module.buildDocument(form, jsonText(definition), issued, container));
}

/** Has the resident read and sign the document. */
export async function sign(document, { signal, onOpened, language = pageLanguage() } = {}) {
  if (signal?.aborted) throw new ShomeiError("cancelled", { cause: signal.reason });
  const door = await openDoor();
  if (signal?.aborted) throw new ShomeiError("cancelled", { cause: signal.reason });
  return fromBase64(await door.sign(document, { signal, onOpened, language }));
}

/** Does the envelope hold this very document, under a signature that is intact? And is the signer the applicant? */
export function checkReply(document, envelope, definition) {
  return guarded(() => module.checkReply(document, envelope, jsonText(definition)));
}

/** One envelope with the signatures of all of them, around one document. */
export function mergeEnvelopes(envelopes) {
  return guarded(() => module.mergeEnvelopes(envelopes));
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

/** The digest of a definition does not depend on its layout, so a parsed one will do. */
function jsonText(definition) {
  return typeof definition === "string" ? definition : JSON.stringify(definition);
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
