/**
 * An application document as the page module makes it, for tests that have no page.
 */
import { built, complete } from "./programs.mjs";

/**
 * The canonical text of an application whose challenge has this many seconds left. `challenge` is the value that a
 * server issued, `recipient` another city's id and origin, `applicant` another resident's name and date of birth.
 */
export function currentDocument({ secondsLeft = 1800, challenge, recipient, applicant } = {}) {
  const options = ["--seconds-left", String(secondsLeft)];
  if (challenge) options.push(`--challenge=${challenge}`);
  if (recipient) options.push("--recipient", recipient.id, "--origin", recipient.origin);
  if (applicant) options.push("--name", applicant.name, "--birth", applicant.birth);
  return complete(built.document, options);
}
