/**
 * What others say of a signed application: OpenSSL for its content, `shomei verify` for its verdict.
 */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";

import { built, complete } from "./programs.mjs";

/** The document inside an envelope, as OpenSSL finds it after checking the signature against the world's authority. */
export function signedDocument(world, envelope) {
  const options = ["-verify", "-cades", "-x509_strict", "-inform", "DER", "-binary"];
  return complete("openssl", ["cms", ...options, "-in", envelope, "-CAfile", world.authority]);
}

/** What the municipality expects of a document, written for `shomei verify`. */
export async function writeExpectations(document, file) {
  const { recipient, procedure, challenge } = JSON.parse(document);
  const expectations = {
    origin: recipient.origin,
    recipientId: recipient.id,
    procedure: { id: procedure.id, version: procedure.version, sha256: procedure.sha256 },
    challenge: challenge.value,
    signers: 1,
  };
  await writeFile(file, `${JSON.stringify(expectations, null, 2)}\n`);
}

/** The report of `shomei verify`, from a folder laid out as the demonstration leaves it. It fails unless everything passed. */
export function report(folder, name = "application.p7m") {
  return complete(built.verify, [
    ...["verify", join(folder, name), "--world", "lab", "--anchors", join(folder, "anchors")],
    ...["--crl", join(folder, "crl"), "--expect", join(folder, "expect.json"), "--json"],
  ]);
}
