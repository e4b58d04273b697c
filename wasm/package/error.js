// The one error class of the module.

/** A failure that a page can act on. Codes are stable; the README says of each when it comes and what to do. */
export class ShomeiError extends Error {
  /**
   * @param {string} code
   * @param {{path?: string, violations?: {place: string, code: string}[], cause?: unknown}} [details]
   */
  constructor(code, { path, violations = [], cause } = {}) {
    super(path ? `${code} at ${path}` : code, cause === undefined ? undefined : { cause });
    this.name = "ShomeiError";
    this.code = code;
    this.path = path;
    this.violations = violations;
  }
}
