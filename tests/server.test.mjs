/**
 * The server by plain HTTP, as no page of its own would speak to it.
 */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { setDesk } from "./environment/desk.mjs";
import { currentDocument } from "./environment/document.mjs";
import { HostWindow } from "./environment/display.mjs";
import { beginSigning, confirm, enterPassword, fillIn, openForm, readToTheEnd } from "./environment/filing.mjs";
import { installedHost } from "./environment/host-installation.mjs";
import { PATIENCE } from "./environment/programs.mjs";
import { ORIGIN, plainRequest } from "./environment/site.mjs";

let desk;
before(async () => (desk = await setDesk()));
after(() => desk.clear());

/** Posts an envelope as the page of the site does, but for what `headers` says. */
function post(envelope, cookie, headers = {}) {
  const usual = { "Content-Type": "application/cms", Origin: ORIGIN, "Sec-Fetch-Site": "same-origin", Cookie: cookie };
  return plainRequest(desk.site, "POST", "/applications", { headers: { ...usual, ...headers }, body: envelope });
}

async function refusal(answer) {
  const { status, body } = await answer;
  assert.ok(status >= 400 && status < 500, `${status}`);
  const { code, sentence } = JSON.parse(body);
  assert.match(sentence, /。$/);
  return code;
}

/** A session of its own, with the challenge that began it. */
async function newSession() {
  const answer = await plainRequest(desk.site, "POST", "/challenges", {
    headers: { "Content-Type": "application/json", Origin: ORIGIN, "Sec-Fetch-Site": "same-origin" },
    body: JSON.stringify({ procedure: "juminhyo-utsushi", container: "cades" }),
  });
  assert.equal(answer.status, 201, answer.body.toString());
  const { challenge } = JSON.parse(answer.body);
  return { challenge, cookie: answer.headers["set-cookie"][0].split(";")[0] };
}

/** Signs in the browser and holds back what the page would post. */
async function signedButNotSent() {
  const page = await openForm(desk.browser);
  await fillIn(page);
  await confirm(page);
  let held;
  await page.route("**/applications", async (route) => {
    held = route.request().postDataBuffer();
    await route.abort("connectionreset");
  });
  const window = await beginSigning(page, desk.environment);
  await readToTheEnd(window);
  await enterPassword(window, desk.world.signaturePassword);
  await page.locator("#resend").waitFor({ timeout: PATIENCE });
  await page.unroute("**/applications");
  const cookies = await desk.browser.context.cookies(ORIGIN);
  return { page, envelope: held, cookie: cookies.map(({ name, value }) => `${name}=${value}`).join("; ") };
}

test("an envelope is taken once, from its own session, unchanged", async () => {
  const { page, envelope, cookie } = await signedButNotSent();
  const tampered = Buffer.from(envelope);
  tampered[tampered.indexOf("警察署") + 1] ^= 1;
  const codes = {
    tampered: await refusal(post(tampered, cookie)),
    "another session": await refusal(post(envelope, (await newSession()).cookie)),
    "no session": await refusal(post(envelope, "")),
    "another site": await refusal(post(envelope, cookie, { Origin: "https://elsewhere.example" })),
    "another type": await refusal(post(envelope, cookie, { "Content-Type": "text/plain" })),
    oversize: await refusal(post(Buffer.alloc(1024 * 1024), cookie)),
  };
  assert.deepEqual(codes, {
    tampered: "signature-invalid",
    "another session": "unknown-challenge",
    "no session": "no-session",
    "another site": "cross-site",
    "another type": "wrong-media-type",
    oversize: "too-large",
  });

  await page.locator("#resend").click();
  await page.waitForURL("**/receipts/*", { timeout: PATIENCE });
  const number = await page.locator("#receipt-number").innerText();
  const again = await post(envelope, cookie);
  assert.ok([200, 201].includes(again.status));
  assert.ok(JSON.parse(again.body).url.endsWith(number));
  assert.notEqual((await post(envelope, (await newSession()).cookie)).status, 201);
  await page.close();
});

test("another city's envelope is refused", async () => {
  const { challenge, cookie } = await newSession();
  const recipient = { id: "129984", origin: "https://shinsei.city.tonari.lg.jp" };
  const document = await currentDocument({ challenge: challenge.value, recipient });
  const envelope = await signAtTheHost(document, recipient.origin);
  assert.equal(await refusal(post(envelope, cookie)), "wrong-recipient");
});

async function signAtTheHost(document, origin) {
  await new HostWindow(desk.environment).disappear();
  const host = (await installedHost(desk.environment)).start();
  host.send({ id: "ask", command: "sign", protocol: 1, origin, document });
  assert.equal((await host.reply()).reply, "opened");
  const window = await new HostWindow(desk.environment).appear();
  await readToTheEnd(window);
  await enterPassword(window, desk.world.signaturePassword);
  const { envelope } = await host.reply();
  await host.stop();
  return Buffer.from(envelope, "base64");
}
