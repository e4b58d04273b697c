/** `unsupported`: no extension, or not an https page in the top frame. Reasons are told to the resident, not to the page. */
export type Status = "ready" | "not-ready" | "unsupported";

/**
 * The kind of envelope that the document is bound to and comes back in. `cades`: CMS in DER, `application/cms`. `jades`: JSON Web
 * Signature in the compact serialization, ASCII, `application/jose`. PDF, XML and detached signatures are not for pages.
 */
export type Container = "cades" | "jades";

/** A procedure definition as served: its JSON text, or that text parsed. */
export type Definition = string | object;

/** Language of the host's window. */
export type Language = "ja" | "en" | "ja-easy";

/** What the server issues when the resident confirms; copied into the document as it is. */
export interface Issued {
  challenge: { value: string; createdAt: string; expiresAt: string };
  recipient: { id: string; name: string; origin: string };
  /** Where given, it must be the definition's. */
  procedure?: { id: string; version: string; title?: string; sha256?: string };
}

/** One rule of the definition that an answer does not keep. */
export interface Violation {
  /** Name of the form's control, or a JSON Pointer into the document if it begins with `/`. */
  place: string;
  /** `required`, `choice`, `number`, `date`, `too-long`, `text`, `individual-number`, ... */
  code: string;
}

/** An answer of the form compared with the certificate. */
export interface Comparison {
  field: string;
  item: "name" | "address" | "birth" | "sex";
  /** `match-with-substitution`: equal but for variants or substitute characters (代替文字); a person decides. */
  outcome: "match" | "match-with-substitution" | "mismatch";
}

/** What `checkReply` found after everything else held. */
export interface CheckedReply {
  comparisons: Comparison[];
}

export interface DocumentOptions {
  /** Default: `cades`. */
  container?: Container;
}

export interface SignOptions {
  /** Cancels; the promise then rejects with `cancelled` when the card is free. */
  signal?: AbortSignal;
  /** The host's window is open. */
  onOpened?: () => void;
  /** Default: the page's `lang`. */
  language?: Language;
}

/** Every failure of this module. The README lists the codes. */
export class ShomeiError extends Error {
  readonly code: string;
  /** JSON Pointer into the document, where the failure has a place. */
  readonly path?: string;
  /** Filled for `bad-form`, otherwise empty. */
  readonly violations: Violation[];
}

/**
 * Loads the wasm module. Call it before `checkForm`, `buildDocument` and `checkReply`; `status` and `sign` do not need it.
 * @param options.wasm where the module is, if not beside this file
 * @throws ShomeiError `module-unavailable`
 */
export function init(options?: { wasm?: URL | string | Response | BufferSource | WebAssembly.Module }): Promise<void>;

/** Can this page sign now? Never rejects; answers within 5 seconds, `unsupported` after 1. Touches no card. */
export function status(): Promise<Status>;

/**
 * What is wrong with the form. No document can be built until this is empty.
 * @throws ShomeiError `bad-definition`, `attachment-unsupported`
 */
export function checkForm(form: HTMLFormElement, definition: Definition): Violation[];

/**
 * The application document: canonical JSON (RFC 8785). Control names are field names; labels and words come from the definition.
 * @throws ShomeiError `bad-form` (with `violations`), `bad-definition`, `bad-challenge`, `wrong-procedure`,
 *   `format-not-for-pages`, `origin-mismatch`, `attachment-unsupported`
 */
export function buildDocument(
  form: HTMLFormElement,
  definition: Definition,
  issued: Issued,
  options?: DocumentOptions,
): string;

/**
 * Has the resident read and sign the document in the host's window. Call it from a click.
 * @returns the envelope in the container that the document names, octet for octet what the page posts to its server
 * @throws ShomeiError see the README's table
 */
export function sign(document: string, options?: SignOptions): Promise<Uint8Array<ArrayBuffer>>;

/**
 * Checks the envelope before it is sent: it holds exactly `document`, in the container that `document` names, and the signature and the
 * certificate's profile hold. Revocation and trust are the server's to check.
 * @throws ShomeiError `bad-envelope`, `other-document`, `bad-signature`, `bad-certificate`, `bad-document`, `bad-definition`
 */
export function checkReply(document: string, envelope: Uint8Array, definition: Definition): CheckedReply;

/**
 * Several signers of one form, such as a household: each signs the same document with `sign`, each envelope goes through `checkReply`, and
 * this puts all signatures into one. For `cades` only. The server's number of expected signers is what it verifies against.
 * @throws ShomeiError `bad-envelope`, `other-document`, `same-signer` (with `path`, the index), `wrong-signers` (none, or more than 10)
 */
export function mergeEnvelopes(envelopes: Uint8Array[]): Uint8Array;
