/**
 * What other people's programs say of each format, and of each of its octets changed: `docs/formats.md`.
 */
import assert from "node:assert/strict";
import { mkdir, mkdtemp, link, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";

import { built, complete, root } from "./environment/programs.mjs";
import { page } from "./formats/document.mjs";
import { jdk, jose, joserfc, openssl, ours, pdfsig, pkiJs, pyhanko, pyhankoOfPdf, xmlsec1 } from "./formats/judges.mjs";
import {
  changed,
  namesOfCms,
  namesOfFlattened,
  namesOfJws,
  namesOfPdf,
  namesOfXml,
  otherBit,
  otherCharacter,
  otherDigit,
} from "./formats/positions.mjs";

const folder = await mkdtemp(join(tmpdir(), "shomei-formats-"));
after(() => rm(folder, { recursive: true, force: true }));
await complete(built.signedFiles, ["--out", folder]);
const note = join(folder, "note.txt");

/**
 * Each format: its file, how its octets are named and changed, its judges with every which octet they are asked about, and
 * what lies beside it.
 */
const FORMATS = [
  ["cades", "application.p7m", namesOfCms, otherBit, [[openssl(folder), 64], [pyhanko(folder), 16], [pkiJs(folder, undefined, ["certificates"]), 64]]],
  [
    ...["cades-detached", "note.txt.p7s", namesOfCms, otherBit],
    ...[[[openssl(folder, note), 64], [pyhanko(folder, note), 16], [pkiJs(folder, note), 64]], "note.txt"],
  ],
  ["jades", "application.jws", namesOfJws, otherCharacter, [[jose(folder), 16], [joserfc(folder), 16]]],
  ["jades-flattened", "application.json", namesOfFlattened, otherCharacter, [[jose(folder), 16], [joserfc(folder), 16]]],
  ["jades-detached", "files.jws", namesOfJws, otherCharacter, [[jose(folder), 16], [joserfc(folder), 16]], "a.txt", "b.txt"],
  ["egov", "kousei.xml", namesOfXml, otherBit, [[jdk(), 16]], "地図 1.pdf"],
  ["egov-plain", "plain.xml", namesOfXml, otherBit, [[xmlsec1(folder), 64]], "地図 1.pdf"],
  ["pdf-pades", "pades.pdf", namesOfPdf, otherDigit, [[pdfsig(join(folder, "nss-pades")), 64], [pyhankoOfPdf(folder), 64]]],
  ["pdf-moj", "moj.pdf", namesOfPdf, otherDigit, [[pdfsig(join(folder, "nss-moj")), 64], [pyhankoOfPdf(folder), 64]]],
];

/** Long fields: of these only the first octet and then one of every few is tried. */
const COVERED = ["eContent", "signedAttrs", "certificates", "payload", "protected", "protected header", "signature", "SignedInfo"];

/** What the signature of a form does not cover, and a report lists as not covered. */
const OUTSIDE = ["STYLESHEET", "around these elements, the time of signing (Id) among it", "その他", "様式ID", "様式バージョン"];

/** A folder for the good file and one for each place that a judge is asked about, with what lies beside it. */
async function layOut(format, file, octets, other, places, beside) {
  const top = join(folder, `changed-${format}`);
  await mkdir(top);
  const put = async (name, changedOctets) => {
    await mkdir(join(top, name));
    await writeFile(join(top, name, file), changedOctets);
    for (const one of beside) await link(join(folder, one), join(top, name, one));
  };
  await put("good", octets);
  for (const place of places) await put(String(place), changed(octets, place, other));
  return top;
}

/** The places that a judge is asked about: at least one of each field that it tries. A place without a name is never tried. */
function tried(names, step, { covered = COVERED, untried = [] }) {
  const seen = new Map();
  return [...names.keys()].filter((place) => {
    const name = names[place];
    if (name === undefined) return false;
    const nth = seen.get(name) ?? 0;
    seen.set(name, nth + 1);
    return (nth % step === 0 || !covered.includes(name)) && !untried.includes(name);
  });
}

async function asked(format, judge, step, names, places, top, file) {
  const accepted = await judge.accepted(top, ["good", ...places.map(String)], file);
  const fields = new Set(accepted.filter((name) => name !== "good").map((name) => names[Number(name)]));
  return { format, judge: judge.name, accepts: accepted.includes("good"), step, fields: [...fields].sort() };
}

const rows = [];

for (const [format, file, nameAll, other, judges, ...beside] of FORMATS) {
  test(`${format}: we refuse every change, and others are asked`, async () => {
    const octets = await readFile(join(folder, file));
    const names = nameAll(octets);
    const of = judges.map(([judge, step]) => tried(names, step, judge));
    const all = [...new Set(of.flat())];
    const top = await layOut(format, file, octets, other, all, beside);
    for (const [index, [judge, step]] of judges.entries())
      rows.push(await asked(format, judge, step, names, of[index], top, file));
    const own = await asked(format, ours(folder), undefined, names, all, top, file);
    assert.deepEqual(own.fields, format.startsWith("egov") ? OUTSIDE : [], "what we accept with a change");
    rows.push(own);
    for (const { judge, accepts } of rows) assert.ok(accepts, `${judge} accepts what we sign`);
  });
}

test("docs/formats.md says what was found", async () => {
  const found = page(rows);
  await writeFile(join(built.target, "formats.md"), found);
  const file = join(root, "docs/formats.md");
  if (process.env.SHOMEI_BLESS === "1") await writeFile(file, found);
  assert.equal(found, await readFile(file, "utf8"), "differs from target/formats.md; SHOMEI_BLESS=1 writes it anew");
});
