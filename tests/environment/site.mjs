/**
 * The municipal server on loopback, with a certificate for its municipal name.
 */
import { request } from "node:https";
import { join } from "node:path";

import { built, complete, Program } from "./programs.mjs";

export const NAME = "shinsei.city.mihon.lg.jp";
export const ORIGIN = `https://${NAME}`;

/** Starts the server over the world's anchors and lists; its form asks for `container`. */
export async function startSite(world, { container = "cades" } = {}) {
  const certificate = join(world.folder, "tls.pem");
  const key = join(world.folder, "tls-key.pem");
  await complete("openssl", [
    ...["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"],
    ...["-subj", `/CN=${NAME}`, "-addext", `subjectAltName=DNS:${NAME}`, "-keyout", key, "-out", certificate],
  ]);
  const program = new Program(built.site, [
    ...["serve", "--listen", "127.0.0.1:0", "--origin", ORIGIN],
    ...["--tls-certificate", certificate, "--tls-key", key],
    ...["--world", "lab", "--anchors", world.anchors, "--crl", world.lists],
    ...["--database", join(world.folder, "filings.sqlite"), "--module", built.page, "--container", container],
  ]);
  const { address } = await program.event("listening");
  const port = Number(address.split(":").pop());
  return { port, stop: () => program.stop() };
}

/**
 * One plain HTTP request to the server under its municipal name, as no browser would send it.
 * Resolves to status, headers and body.
 */
export function plainRequest(site, method, path, { headers = {}, body } = {}) {
  const options = { host: "127.0.0.1", port: site.port, servername: NAME, rejectUnauthorized: false, method, path };
  return new Promise((resolve, reject) => {
    const sent = request({ ...options, headers: { Host: NAME, ...headers } }, (response) => {
      const parts = [];
      response.on("data", (part) => parts.push(part));
      response.on("end", () => {
        resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(parts) });
      });
    });
    sent.on("error", reject);
    sent.end(body);
  });
}
