/**
 * Programs of others that judge a whole folder of changed files. Each answers with the places at which it still accepts.
 */
import { execFile } from "node:child_process";
import { webcrypto } from "node:crypto";
import { X509Certificate } from "node:crypto";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

import { compactVerify, flattenedVerify } from "jose";
import * as pkijs from "pkijs";

import { built, complete, root } from "../environment/programs.mjs";

const run = promisify(execFile);

pkijs.setEngine("node", new pkijs.CryptoEngine({ name: "node", crypto: webcrypto }));

/** The names among `names` of which `accepts` holds, two at a time. */
async function filter(names, accepts) {
  const accepted = [];
  const waiting = names.slice();
  const work = async () => {
    for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
      if (await accepts(name).catch(() => false)) accepted.push(name);
    }
  };
  await Promise.all([work(), work()]);
  return accepted;
}

/** A program for each file; it accepts by ending with 0. */
const byProgram = (names, program, args, options = () => ({})) =>
  filter(names, async (name) => {
    await run(program, args(name), { maxBuffer: 1 << 24, ...options(name) });
    return true;
  });

/** Whose certificate signed. */
const signer = (world) => join(world, "cards/yamada-taro/signature-certificate.der");

const lines = (text) => text.split("\n").filter((line) => line !== "");

export const openssl = (world, content) => ({
  name: "OpenSSL",
  accepted(folder, names, file) {
    const options = ["cms", "-verify", "-cades", "-x509_strict", "-inform", "DER", "-binary", "-out", "/dev/null"];
    const beside = content === undefined ? [] : ["-content", content];
    const authority = ["-CAfile", join(world, "lab-ca.pem")];
    return byProgram(names, "openssl", (name) => [...options, "-in", join(folder, name, file), ...beside, ...authority]);
  },
});

/** `tests/judges/judge.py` over all files of a folder. */
const python = (name, judge, trusted, content) => ({
  name,
  async accepted(folder, names, file) {
    const beside = content === undefined ? [] : [content];
    const script = join(root, "tests/judges/judge.py");
    const judged = run(built.python, [script, judge, trusted, folder, file, ...beside], { maxBuffer: 1 << 24 });
    judged.child.stdin.end(names.join("\n"));
    return lines((await judged).stdout);
  },
});

export const pyhanko = (world, content) => python("pyHanko", "pyhanko", join(world, "lab-ca.pem"), content);
export const joserfc = (world) => python("joserfc", "joserfc", signer(world));

/** Long fields of a PDF: each question starts a program or reads a whole file. */
const LONG_IN_PDF = ["all but Contents", "signedAttrs", "certificates", "sid: issuer", "signature"];

/** It accepts a signature over all of a file. */
export const pyhankoOfPdf = (world) => ({
  name: "pyHanko",
  covered: LONG_IN_PDF,
  async accepted(folder, names, file) {
    const judge = join(root, "crates/envelope/src/pdf/tests/judge.py");
    const path = (name) => join(folder, name, file);
    const verdicts = lines(await complete(built.python, [judge, "judge", join(world, "lab-ca.pem"), ...names.map(path)]));
    const good = new Set(verdicts);
    return names.filter((name) => good.has(`${path(name)} good:ENTIRE_FILE`));
  },
});

/** It checks no chain, as its library does not know the critical policy of the profile: `store` is an empty one. */
export const pdfsig = (store) => ({
  name: "pdfsig",
  covered: LONG_IN_PDF,
  async accepted(folder, names, file) {
    await mkdir(store);
    await complete("certutil", ["-N", "-d", `sql:${store}`, "--empty-password"]);
    return filter(names, async (name) => {
      const { stdout } = await run("pdfsig", ["-nssdir", `sql:${store}`, "-no-ocsp", join(folder, name, file)]);
      return stdout.includes("Signature is Valid.") && stdout.includes("- Total document signed");
    });
  },
});

export const pkiJs = (world, content, untried = []) => ({
  name: "PKI.js",
  untried,
  covered: ["eContent", "signedAttrs", "certificates", "signature"],
  async accepted(folder, names, file) {
    const der = await readFile(join(world, "anchors/signature/lab-ca.der"));
    const trustedCerts = [pkijs.Certificate.fromBER(der)];
    const data = content === undefined ? undefined : new Uint8Array(await readFile(content)).buffer;
    return filter(names, async (name) => {
      const info = pkijs.ContentInfo.fromBER(await readFile(join(folder, name, file)));
      const signed = new pkijs.SignedData({ schema: info.content });
      return (await signed.verify({ signer: 0, checkChain: true, trustedCerts, data })) === true;
    });
  },
});

export const jose = (world) => ({
  name: "jose",
  async accepted(folder, names, file) {
    const key = new X509Certificate(await readFile(signer(world))).publicKey;
    const options = { algorithms: ["RS256"], crit: { sigD: true } };
    return filter(names, async (name) => {
      const octets = await readFile(join(folder, name, file));
      if (octets[0] === "{".charCodeAt(0)) await flattenedVerify(JSON.parse(octets), key, options);
      else await compactVerify(octets, key, options);
      return true;
    });
  },
});

export const xmlsec1 = (world) => ({
  name: "xmlsec1",
  covered: ["SignedInfo", "KeyInfo", "SignatureValue", "構成情報"],
  accepted(folder, names, file) {
    const trusted = ["--trusted-pem", join(world, "lab-ca.pem")];
    const options = ["--verify", ...trusted, "--id-attr:ID", "構成情報"];
    return byProgram(names, "xmlsec1", () => [...options, file], (name) => ({ cwd: join(folder, name) }));
  },
});

/** One start of the JDK for all. It checks no chain: the key is that of the certificate in the file. */
export const jdk = () => ({
  name: "JDK",
  covered: ["SignedInfo", "KeyInfo", "SignatureValue"],
  async accepted(folder, names) {
    const judge = join(root, "crates/envelope/src/egov/tests/Judge.java");
    const options = { env: { ...process.env, LC_ALL: "C.UTF-8" } };
    const kept = new Set(names);
    const verdicts = lines(await complete("java", [judge, folder], options)).map((line) => line.split(" "));
    return verdicts.filter(([name, ...all]) => kept.has(name) && all.join() === "valid").map(([name]) => name);
  },
});

/** `shomei verify`: it accepts what is not invalid and not unusable. */
export const ours = (world) => ({
  name: "shomei verify",
  async accepted(folder, names, file) {
    const options = ["--world", "lab", "--anchors", join(world, "anchors"), "--crl", join(world, "crl"), "--json"];
    const judged = run(built.verify, ["verify", folder, ...options], { maxBuffer: 1 << 30 });
    // It ends with 1 where anything is invalid.
    const { stdout } = await judged.catch((failed) => failed);
    const told = lines(stdout).map((line) => JSON.parse(line));
    const good = told.filter(({ report }) => report !== undefined && report.verdict !== "invalid");
    const accepted = new Set(good.map((line) => line.file));
    return names.filter((name) => accepted.has(join(folder, name, file)));
  },
});
