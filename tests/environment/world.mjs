/**
 * A fresh lab world: certification authority, residents' cards, revocation lists, passwords.
 */
import { mkdtemp, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { built, complete } from "./programs.mjs";

/** Issues a world into a folder of its own. */
export async function issueWorld() {
  const folder = await mkdtemp(join(tmpdir(), "shomei-world-"));
  await complete(built.lab, ["issue", "--out", folder]);
  const passwords = JSON.parse(await complete(built.lab, ["passwords"]));
  return {
    folder,
    authority: join(folder, "lab-ca.pem"),
    anchors: join(folder, "anchors"),
    lists: join(folder, "crl"),
    card: (holder) => join(folder, "cards", holder),
    holder: async (name) => JSON.parse(await readFile(join(folder, "cards", name, "card.json"), "utf8")),
    signaturePassword: passwords.SIGNATURE_PASSWORD,
  };
}
