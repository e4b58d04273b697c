/**
 * Everything that the host has to refuse: one table for what it answers and for how soon.
 */
import { currentDocument } from "./document.mjs";
import { frame } from "./native-host.mjs";
import { within } from "./programs.mjs";

const ORIGIN = "https://shinsei.city.mihon.lg.jp";
/** Most bytes of a frame to the host, and of a document in it. */
const MAX_FRAME = 1024 * 1024;
const MAX_DOCUMENT = 256 * 1024;
/** Formats around files, which no page may ask for. */
const FILE_FORMATS = ["pdf", "pades", "egov", "xml", "cades-detached", "jades-detached"];
/** The id of the message that every host of this table has answered before. */
const USED = "used";

/**
 * Has every bad input answered, each by a host that is already running and speaking; yields the input's row with the
 * reply and the time that it took.
 */
export async function* refusals(installed) {
  let host;
  for (const row of [...messages(await documents()), ...brokenFrames()]) {
    host ??= await speaking(installed);
    const begun = performance.now();
    host.raw(row.bytes);
    if (row.cut) host.hangUp();
    const reply = await host.reply();
    yield { ...row, reply, milliseconds: performance.now() - begun };
    if (row.ends) {
      await within(host.ended, `the end of the host after ${row.name}`);
      host = undefined;
    }
  }
  await host?.stop();
}

async function speaking(installed) {
  const host = installed.start();
  host.send({ id: USED, command: "hello", protocol: 1 });
  await host.reply();
  return host;
}

async function documents() {
  return {
    good: await currentDocument(),
    expired: await currentDocument({ secondsLeft: -3600 }),
    early: await currentDocument({ secondsLeft: 2 * 24 * 3600 }),
    late: await currentDocument({ secondsLeft: -7 * 24 * 3600 }),
  };
}

/** Messages in whole frames: the connection goes on after each. */
function messages({ good, expired, early, late }) {
  const hello = { command: "hello", protocol: 1 };
  const sign = (document, change = {}) => ({ command: "sign", protocol: 1, origin: ORIGIN, document, ...change });
  return [
    unreadable("a length of 0", "", "bad-frame"),
    { name: "not UTF-8", bytes: Buffer.concat([frame("00").subarray(0, 4), Buffer.from([0xff, 0xfe])]), id: null, code: "bad-frame" },
    unreadable("not JSON", '{"id":', "not-json"),
    unreadable("two values", "{}{}", "not-json"),
    unreadable("an array", "[]", "bad-message"),
    unreadable("no id", JSON.stringify(hello), "bad-id"),
    unreadable("an id that is no text", JSON.stringify({ id: 1, ...hello }), "bad-id"),
    unreadable("an id with a space", JSON.stringify({ id: "a b", ...hello }), "bad-id"),
    message("a used id", { id: USED, ...hello }, "reused-id"),
    message("an unknown command", { command: "paint" }, "unknown-command"),
    message("a command kept for later", { command: "login" }, "not-supported"),
    message("an unknown key", { ...hello, extra: 1 }, "bad-message"),
    message("a missing key", { command: "sign", protocol: 1, origin: ORIGIN }, "bad-message"),
    message("another protocol", sign(good, { protocol: 2 }), "unsupported-protocol"),
    message("no origin", sign(good, { origin: "" }), "bad-origin"),
    message("an http site", sign(good, { origin: "http://shinsei.city.mihon.lg.jp" }), "bad-origin"),
    message("another site", sign(good, { origin: "https://evil.example" }), "origin-mismatch"),
    message("another recipient", sign(good.replace(ORIGIN, "https://shinsei.city.tonari.lg.jp")), "origin-mismatch"),
    message("a document that is no JSON", sign("{"), "bad-document"),
    message("an unknown member", sign(good.replace('"notices"', '"notice"')), "bad-document"),
    message("a right-to-left character", sign(good.replace("警察署", "警察\u202e署")), "bad-document"),
    message("an invisible character", sign(good.replace("警察署", "警察\u200b署")), "bad-document"),
    message("doubled brackets", sign(good.replace("警察署", "<<警察署>>")), "bad-document"),
    message("not canonical", sign(good.replace("{", "{ ")), "not-canonical"),
    message("another schema", sign(good.replace("shomei-application/1", "shomei-application/9")), "wrong-schema"),
    ...FILE_FORMATS.map((format) => message(`a page that wants ${format}`, sign(asking(good, format)), "format-not-for-pages")),
    message("an unknown container", sign(asking(good, "asic-e")), "wrong-container"),
    message("a challenge that is over", sign(expired), "expired"),
    message("a challenge from the future", sign(early), "clock-off"),
    message("a challenge of last week", sign(late), "clock-off"),
    message("a long document", sign(" ".repeat(MAX_DOCUMENT) + good), "too-large"),
  ];
}

/** Frames after which nobody knows where the next one begins: the connection ends with the answer. */
function brokenFrames() {
  const row = (name, bytes, code, cut = false) => ({ name, bytes, id: null, code, cut, ends: true });
  return [
    row("a length over the limit", length(MAX_FRAME + 1), "too-large"),
    row("the longest length", length(0xffff_ffff), "too-large"),
    row("half a length", Buffer.from([2, 0]), "bad-frame", true),
    row("half a message", frame('{"id":"half"}').subarray(0, 9), "bad-frame", true),
  ];
}

/** The document with another word for its container. */
function asking(document, container) {
  return document.replace('"container":"cades"', `"container":"${container}"`);
}

function unreadable(name, text, code) {
  return { name, bytes: frame(text), id: null, code };
}

function message(name, content, code) {
  const id = content.id ?? name.replaceAll(" ", "-");
  return { name, bytes: frame(JSON.stringify({ ...content, id })), id, code };
}

function length(bytes) {
  const length = Buffer.alloc(4);
  length.writeUInt32LE(bytes);
  return length;
}
