/**
 * The verify page as it is given away: one file, opened from the disk, without a network, in Chromium and in Firefox.
 */
import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";

import { built, complete } from "./environment/programs.mjs";
import { openInChromium, openInFirefox } from "./environment/offline-page.mjs";

const folder = await mkdtemp(join(tmpdir(), "shomei-signed-"));
const file = (name) => join(folder, name);
const picture = (name) => join(built.target, "verify-page", `${name}.png`);
const axe = await readFile(new URL(import.meta.resolve("axe-core/axe.min.js")), "utf8");

before(() => complete(built.signedFiles, ["--out", folder]));
after(() => rm(folder, { recursive: true, force: true }));

const anchors = async () => (await readdir(file("anchors/signature"))).map((name) => file(join("anchors/signature", name)));

/** A fresh page set to the lab's world, with these files chosen. */
async function prepare(page, names, { expect } = {}) {
  await page.reload();
  await page.choose("#files", names.map(file));
  await page.click("#lab");
  await page.choose("#authorities", await anchors());
  if (expect) await page.choose("#expectations", [file(expect)]);
}

async function check(page, names, options) {
  await prepare(page, names, options);
  await page.click("#verify");
  await page.waitFor("#results:not([hidden])");
  return page.evaluate(() =>
    [...document.querySelectorAll(".report")].map((report) => ({
      name: report.querySelector(".file").textContent,
      verdict: report.querySelector(".verdict strong")?.textContent ?? null,
      text: report.textContent,
    })));
}

const MATCHES = "署名は一致・失効未確認";
const INVALID = "無効";

/** Both browsers at once: neither waits for the other. */
describe("verify page", { concurrency: 2 }, () => {
  for (const [browser, open] of [["Chromium", openInChromium], ["Firefox", openInFirefox]]) {
    describe(browser, { concurrency: 1 }, () => inBrowser(browser, open));
  }
});

function inBrowser(browser, open) {
  let page;
  before(async () => (page = await open(built.verifyPage)));
  after(() => page.close());

  test("every format is verified beside its files", async () => {
    const cases = [
      [["application.p7m"], { expect: "expect.json" }, MATCHES],
      [["application.jws"], { expect: "expect.json" }, MATCHES],
      [["note.txt.p7s", "note.txt"], {}, MATCHES],
      [["files.jws", "a.txt", "b.txt"], {}, MATCHES],
      [["kousei.xml", "地図 1.pdf"], {}, MATCHES],
      [["moj.pdf"], {}, MATCHES],
      [["pades.pdf"], {}, MATCHES],
      [["changed.p7m"], {}, INVALID],
      [["changed.pdf"], {}, INVALID],
      [["application.p7m"], { expect: "other.json" }, INVALID],
    ];
    for (const [names, options, verdict] of cases) {
      const reports = await check(page, names, options);
      assert.deepEqual(reports.map(({ name, verdict }) => [name, verdict]), [[names[0], verdict]], names[0]);
      assert.doesNotMatch(await page.text("main"), /有効/, names[0]);
    }
  });

  test("the report is that of the command line, revocation said beside it", async () => {
    const [{ text }] = await check(page, ["application.p7m"], { expect: "expect.json" });
    for (const part of ["山田　太郎", "テスト：実験用の世界（lab）", "失効の情報を見ていません"]) assert.ok(text.includes(part), part);
    const aside = await page.text(".not-revocation");
    for (const part of ["失効は確かめていません", "市区町村", "shomei verify --crl"]) assert.ok(aside.includes(part), part);
    assert.match(await page.text("#status"), /失効は確かめていません/);
    assert.equal(await page.evaluate(() => document.activeElement.id), "results-heading");
    await page.picture(picture(`${browser.toLowerCase()}-report`));
  });

  test("several files get a report each, and what cannot be read its sentence", async () => {
    const names = ["application.p7m", "changed.p7m", "note.txt.p7s", "note.txt", "files.jws", "a.txt", "expect.json", "unsigned.pdf"];
    const reports = await check(page, names);
    const found = reports.map(({ name, verdict }) => [name, verdict]);
    assert.deepEqual(found, [
      ["application.p7m", MATCHES], ["changed.p7m", INVALID], ["note.txt.p7s", MATCHES], ["files.jws", null], ["expect.json", null],
      ["unsigned.pdf", null],
    ]);
    assert.match(reports[3].text, /「b\.txt」がありません/);
    assert.match(reports[4].text, /署名の形式ではありません/);
    await page.picture(picture(`${browser.toLowerCase()}-several`));
  });

  test("files are dropped anywhere, taken away by keyboard, and their names stay text", async () => {
    const name = "<b>&amp;.txt";
    await page.reload();
    await page.evaluate((name) => {
      const dataTransfer = new DataTransfer();
      for (const one of [name, "other.txt"]) dataTransfer.items.add(new File(["text"], one));
      document.body.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
    }, name);
    const chosen = () => page.evaluate(() => [...document.querySelectorAll("#chosen .name")].map((place) => place.textContent));
    assert.deepEqual(await chosen(), [name, "other.txt"]);
    await page.click("#verify");
    await page.waitFor("#results:not([hidden])");
    assert.equal(await page.text("#file-1"), name);
    await page.evaluate(() => document.querySelector("#chosen button").focus());
    await page.press("Enter");
    assert.deepEqual(await chosen(), ["other.txt"]);
    assert.equal(await page.evaluate(() => document.activeElement.closest("li").querySelector(".name").textContent), "other.txt");
    await page.press("Enter");
    assert.deepEqual([await chosen(), await page.evaluate(() => document.activeElement.id)], [[], "files"]);
  });

  test("a setting that cannot be used is named at its field, which gets the focus", async () => {
    const focused = () => page.evaluate(() => document.activeElement.id);
    await page.reload();
    await page.click("#verify");
    await page.waitFor("#files-problem:not([hidden])");
    assert.equal(await focused(), "files");
    await page.choose("#files", [file("application.p7m")]);
    await page.click("#lab");
    await page.click("#verify");
    await page.waitFor("#authorities-problem:not([hidden])");
    assert.equal(await focused(), "authorities");
    await page.choose("#authorities", [file("application.p7m")]);
    await page.click("#verify");
    await page.waitForText("#authorities-problem", "「application.p7m」");
    await prepare(page, ["application.p7m"], { expect: "note.txt" });
    await page.click("#verify");
    await page.waitFor("#expectations-problem:not([hidden])");
    assert.equal(await focused(), "expectations");
  });

  test("the words change with the language, those of the reports with them", async () => {
    await check(page, ["application.p7m"]);
    for (const [language, lang, aside, verdict] of [
      ["en", "en", /Revocation was not checked/, /Signature matches, revocation unknown/],
      ["easy", "ja", /失効（しっこう）は 確（たし）かめて いません/, /合（あ）っています/],
      ["ja", "ja", /失効は確かめていません/, /署名は一致・失効未確認/],
    ]) {
      await page.click(`#languages [value=${language}]`);
      assert.equal(await page.evaluate(() => document.documentElement.lang), lang);
      assert.match(await page.text(".not-revocation"), aside);
      assert.match(await page.text(".report .verdict"), verdict);
      await page.picture(picture(`${browser.toLowerCase()}-${language}`));
    }
  });

  test("a judgement as of another time", async () => {
    await prepare(page, ["application.p7m"]);
    await page.evaluate(() => {
      document.querySelector("#more").open = true;
      document.querySelector("#at").value = "2001-02-03T04:05:06";
    });
    await page.click("#verify");
    await page.waitFor("#results:not([hidden])");
    assert.match(await page.text("#reports"), /2001年02月03日04時05分06秒（日本時間）/);
    assert.equal(await page.text(".report .verdict strong"), INVALID);
  });

  test("axe finds nothing, empty or filled, light or dark, in any language", async () => {
    for (const scheme of page.schemes) {
      await page.scheme(scheme);
      await page.reload();
      assert.deepEqual(await page.faults(axe), [], `${scheme}, empty`);
      await check(page, ["application.p7m", "changed.p7m", "expect.json"]);
      for (const language of ["ja", "en", "easy"]) {
        await page.click(`#languages [value=${language}]`);
        assert.deepEqual(await page.faults(axe), [], `${scheme}, ${language}`);
      }
      await page.picture(picture(`${browser.toLowerCase()}-${scheme}`));
    }
    await page.scheme("light");
  });

  test("nothing was asked of any network, and the policy would not let it", async () => {
    const refused = await page.evaluate(async () => {
      const violated = new Promise((resolve) =>
        addEventListener("securitypolicyviolation", ({ effectiveDirective }) => resolve(effectiveDirective)));
      const answer = await fetch("https://elsewhere.example/").then(() => "answered", () => "refused");
      return [answer, await violated];
    });
    assert.deepEqual(refused, ["refused", "connect-src"]);
    assert.deepEqual(page.requests().filter((address) => !/^(file|data|blob|about):/.test(address)), []);
    assert.deepEqual(page.complaints().filter((complaint) => !complaint.includes("elsewhere.example")), []);
  });
}
