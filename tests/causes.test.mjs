/**
 * The life of certificates: made at the counter, used to file, revoked by what happens to people. What was filed before
 * stays accepted; what is filed afterwards is refused, and the verdict says why.
 */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { setDesk } from "./environment/desk.mjs";
import { currentDocument } from "./environment/document.mjs";
import { pause } from "./environment/filing.mjs";
import { writeExpectations } from "./environment/judge.mjs";
import { built, complete } from "./environment/programs.mjs";
import { ORIGIN, plainRequest } from "./environment/site.mjs";

let desk, folder;
before(async () => {
  desk = await setDesk({ reader: null, browser: null });
  folder = await mkdtemp(join(tmpdir(), "shomei-causes-"));
});
after(async () => {
  await desk?.clear();
  if (folder) await rm(folder, { recursive: true });
});

const SIGNATURE = ["--certificate", "signature"];
const ISSUE = ["issue", ...SIGNATURE];
const NEW_CARD = ["new-card", "--certificate", "both"];
const MOVED = "記載事項（氏名・住所など）の変更";

/**
 * What happens, in this order: to whom, what the counter does first so that there is a certificate in force, what
 * happens then, and the words of the verdict.
 */
const CAUSES = [
  ["（ア）任意失効", "yamada-taro", [], ["revoke-on-request", ...SIGNATURE], "利用の終了"],
  ["（ウ）転居", "yamada-taro", [ISSUE], ["move", "--address", "千葉県みほん市港１番"], MOVED],
  ["（エ）記録誤り", "yamada-taro", [ISSUE], ["record-error", ...SIGNATURE], MOVED],
  ["（イ）秘密鍵の漏えい", "yamada-taro", [ISSUE], ["key-compromised"], "秘密鍵の危殆化"],
  ["職権失効", "yamada-taro", [["issue", "--certificate", "both"]], ["ex-officio"], "利用の終了"],
  ["紛失、電話", "yamada-taro", [["issue", "--certificate", "both"]], ["report-loss", "--to", "helpline"], "一時停止"],
  ["紛失、窓口", "yamada-taro", [["report-loss", "--to", "counter"], NEW_CARD], ["report-loss", "--to", "counter"], "秘密鍵の危殆化"],
  ["（ウ）婚姻", "suzuki-hanako", [], ["marry", "--name", "山田　花子"], MOVED],
  ["（ウ）養子縁組", "suzuki-hanako", [ISSUE], ["adopt", "--name", "見本　花子"], MOVED],
  ["（ウ）生年月日の訂正", "suzuki-hanako", [ISSUE], ["correct-birth-or-sex", "--birth", "1988-12-16"], MOVED],
  ["（ウ）転出", "suzuki-hanako", [ISSUE], ["move-out", "--address", "千葉県みほん市港２番", "--municipality", "Mihon-shi"], MOVED],
  ["国外転出、カードは継続利用", "suzuki-hanako", [ISSUE], ["move-abroad", "--keeps-card"], "利用の終了"],
  ["通称", "nguyen-thi-minh-anh", [], ["alias", "--to", "山田　アン"], MOVED],
  ["更新", "nguyen-thi-minh-anh", ["stay ends soon", ISSUE], ["renew", ...SIGNATURE], "証明書の更新"],
  ["国外転出", "nguyen-thi-minh-anh", [], ["move-abroad"], "利用の終了"],
  ["死亡", "takasaki-yoshiko", [], ["die"], "利用の終了"],
];

/** An action at the counter. */
async function counter(holder, [action, ...options]) {
  const whose = holder ? ["--holder", holder] : [];
  return JSON.parse(await complete(built.lab, ["counter", "--world", desk.world.folder, action, ...whose, ...options]));
}

/** Lets a foreign resident's period of stay end in two months, as the register may say. */
async function endStaySoon(holder) {
  const file = join(desk.world.folder, "register", `${holder}.json`);
  const entry = JSON.parse(await readFile(file, "utf8"));
  entry.foreignResident.stayEnds = new Date(Date.now() + 60 * 86_400_000).toISOString().slice(0, 10);
  await writeFile(file, JSON.stringify(entry));
}

/** A copy of the card as it is now, which stays in its holder's hands whatever the counter does. */
async function cardInHand(holder) {
  const copy = await mkdtemp(join(folder, "card-"));
  await cp(desk.world.card(holder), copy, { recursive: true });
  return copy;
}

/** Files the application of a card's holder. Resolves to the server's answer and what it was about. */
async function file(card) {
  const { name, birth } = JSON.parse(await readFile(join(card, "card.json"), "utf8")).basicFourItems;
  const asked = await plainRequest(desk.site, "POST", "/challenges", {
    headers: { "Content-Type": "application/json", Origin: ORIGIN, "Sec-Fetch-Site": "same-origin" },
    body: JSON.stringify({ procedure: "juminhyo-utsushi", container: "cades" }),
  });
  const { challenge } = JSON.parse(asked.body);
  const cookie = asked.headers["set-cookie"][0].split(";")[0];
  const document = JSON.parse(await currentDocument({ challenge: challenge.value, applicant: { name, birth } }));
  document.challenge = challenge;
  const canonical = JSON.stringify(sorted(document));
  const envelope = await sign(card, canonical);
  const headers = { "Content-Type": "application/cms", Origin: ORIGIN, "Sec-Fetch-Site": "same-origin", Cookie: cookie };
  const answer = await plainRequest(desk.site, "POST", "/applications", { headers, body: envelope });
  return { answer, document: canonical, envelope, cookie };
}

/** The same value with the members of every object in their canonical order (RFC 8785 §3.2.3). */
function sorted(value) {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.keys(value).sort().map((key) => [key, sorted(value[key])]));
}

/** Signs with the card, spoken to directly. */
async function sign(card, document) {
  const environment = { ...process.env, SHOMEI_TEST_PASSWORD: desk.world.signaturePassword };
  const child = spawn(built.sign, ["--card", card], { env: environment, stdio: ["pipe", "pipe", "ignore"] });
  child.stdin.end(document);
  const parts = [];
  for await (const part of child.stdout) parts.push(part);
  return Buffer.concat(parts);
}

async function verdict({ envelope, document }) {
  const [signed, expected] = ["signed.p7m", "expected.json"].map((name) => join(folder, name));
  await writeFile(signed, envelope);
  await writeExpectations(document, expected);
  const options = ["--world", "lab", "--anchors", desk.world.anchors, "--crl", desk.world.lists, "--expect", expected];
  return complete(built.verify, ["verify", signed, ...options]);
}

async function receipt({ answer, cookie }) {
  const { url } = JSON.parse(answer.body);
  return (await plainRequest(desk.site, "GET", url, { headers: { Cookie: cookie } })).body.toString();
}

/** Times of certificates and lists are whole seconds: what happens next is to be later than what was. */
const nextSecond = () => pause(2_100 - (Date.now() % 1_000));

async function filedAndRevoked(holder, cause, words) {
  const card = await cardInHand(holder);
  const first = await file(card);
  assert.equal(first.answer.status, 201, first.answer.body.toString());
  assert.match(await verdict(first), /合格/);
  await nextSecond();
  await counter(cause.includes("authority-compromised") ? undefined : holder, cause);
  const second = await file(card);
  assert.equal(second.answer.status, 422, second.answer.body.toString());
  const { code, sentence } = JSON.parse(second.answer.body);
  assert.equal(code, "certificate-revoked");
  assert.match(sentence, /失効しています。.*窓口/);
  await assert.rejects(verdict(second), ({ message }) => {
    assert.ok(message.includes(" ended with 1:"), message);
    assert.ok(message.includes(`失効しています（${words}）`), message);
    return true;
  });
  return first;
}

const filed = [];

for (const [name, holder, beforehand, cause, words] of CAUSES) {
  test(name, async () => {
    for (const step of beforehand) {
      await (step === "stay ends soon" ? endStaySoon(holder) : counter(holder, step));
    }
    filed.push(await filedAndRevoked(holder, cause, words));
  });
}

test("（オ）発行者署名符号の漏えい", async () => {
  await counter("yamada-taro", NEW_CARD);
  filed.push(await filedAndRevoked("yamada-taro", ["authority-compromised", ...SIGNATURE], "認証局の秘密鍵の危殆化"));
});

test("what was filed before stays accepted", async () => {
  assert.equal(filed.length, CAUSES.length + 1);
  const { filings: round } = JSON.parse(
    await complete(built.site, [
      ...["reexamine", "--world", "lab", "--anchors", desk.world.anchors, "--crl", desk.world.lists],
      ...["--database", join(desk.world.folder, "filings.sqlite")],
    ]),
  );
  assert.deepEqual([round.asked, round.reopened], [filed.length, 0]);
  for (const filing of filed) assert.match(await receipt(filing), /受付の時点で失効していなかったことを確かめました/);
});
