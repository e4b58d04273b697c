/**
 * The release host where reader, card and service fail: what it says to the page, that it lets go, and that it goes on
 * by itself once it can.
 */
import assert from "node:assert/strict";
import { after, afterEach, before, describe, test } from "node:test";

import { setDesk } from "./environment/desk.mjs";
import { currentDocument } from "./environment/document.mjs";
import { enterPassword, pause, readToTheEnd, sayNo } from "./environment/filing.mjs";
import { installedHost } from "./environment/host-installation.mjs";
import { within } from "./environment/programs.mjs";
import { keyIsClosed } from "./environment/second-client.mjs";

/** How soon the page is answered when the card does not let go: a second for the card, and a little. */
const ANSWERED_WITHIN = 1500;
/** How soon the host ends then; an emptied window swallows keys for two seconds first. */
const ENDED_WITHIN = 5000;
/** What the window needs to see a change at the reader: PC/SC's own look every 400 ms, the host's, and being quiet. */
const SEEN = 2000;
/** How often a service that does not run is asked for, with room. */
const SERVICE_SEEN = 1500;

let desk;
let installed;

/** Sets a desk for the tests of a group. */
function atDesk(options) {
  before(async () => {
    desk = await setDesk({ site: null, browser: null, ...options });
    installed = await installedHost(desk.environment);
  });
  // A host that a failed test left behind would keep the next ones away.
  afterEach(() => installed.release());
  after(() => desk.clear());
}

async function openAndRead() {
  const asked = await installed.ask(await currentDocument());
  await readToTheEnd(asked.window);
  return asked;
}

/** Types the password once more, and has the page hear of the signature. */
async function signAfterAll({ host, window }) {
  await enterPassword(window, desk.world.signaturePassword);
  assert.equal((await host.reply()).reply, "signed");
  await host.stop();
  assert.ok(await keyIsClosed(desk.environment), "another program finds the key closed");
}

/** Enters the password and makes sure that the page hears nothing: there is no signature, and no end either. */
async function enterInVain({ host, window }, milliseconds = SEEN) {
  await enterPassword(window, desk.world.signaturePassword);
  await assert.rejects(host.reply(milliseconds), /nothing within/);
}

describe("a card in one reader", () => {
  atDesk();

  const ENDINGS = {
    "the page cancels": async ({ host }) => {
      host.send({ id: "stop", command: "cancel", target: "ask" });
      assert.equal((await host.reply()).reply, "cancelling");
      assert.equal((await host.reply(ANSWERED_WITHIN)).code, "cancelled");
      host.hangUp();
    },
    "the resident says no": async ({ host, window }) => {
      await sayNo(window);
      assert.equal((await host.reply(ANSWERED_WITHIN)).code, "cancelled");
      host.hangUp();
    },
    "the browser goes away": async ({ host }) => host.hangUp(),
  };

  for (const [name, end] of Object.entries(ENDINGS)) {
    test(`a card that never answers keeps nobody when ${name}`, async () => {
      const asked = await openAndRead();
      await desk.reader.fault("silent@3");
      await enterPassword(asked.window, desk.world.signaturePassword);
      await pause(SEEN);
      await end(asked);
      await within(asked.host.ended, "the end of the host", ENDED_WITHIN);
      await desk.reader.remove();
      await desk.reader.insert();
    });
  }

  /** What breaks off in the middle of the session with the open key, and what the resident has to do then. */
  const MISFORTUNES = {
    "empty@6": async () => {},
    "remove@6": () => desk.reader.insert(),
  };

  for (const [fault, mend] of Object.entries(MISFORTUNES)) {
    test(`the fault ${fault} in the middle of a signature makes none, and one follows`, async () => {
      const asked = await openAndRead();
      await desk.reader.fault(fault);
      await enterInVain(asked);
      await mend();
      await pause(SEEN);
      await signAfterAll(asked);
    });
  }

  test("a card that goes and comes back while it is looked at is looked at again", async () => {
    await desk.reader.fault("swap@2");
    const asked = await openAndRead();
    await pause(SEEN);
    await signAfterAll(asked);
  });

  test("a late answer is waited for", async () => {
    const asked = await openAndRead();
    await desk.reader.fault("delay:12s@3");
    await signAfterAll(asked);
  });

  test("another program that holds the card is waited for", async () => {
    const asked = await openAndRead();
    await desk.reader.fault("delay:5s");
    const others = keyIsClosed(desk.environment);
    await pause(500);
    await signAfterAll(asked);
    await others;
  });

  test("the service stops while the window waits, and comes back", async () => {
    const asked = await openAndRead();
    await desk.reader.stopService();
    await pause(SERVICE_SEEN);
    await enterInVain(asked);
    await desk.reader.startService();
    await pause(SEEN);
    await signAfterAll(asked);
  });

  test("the service stops in the middle of a signature, and comes back", async () => {
    const asked = await openAndRead();
    await desk.reader.fault("delay:2s@6");
    await enterPassword(asked.window, desk.world.signaturePassword);
    await pause(500);
    await desk.reader.stopService();
    await pause(SERVICE_SEEN);
    await desk.reader.startService();
    await pause(SEEN);
    await signAfterAll(asked);
  });
});

describe("another card in the first reader", () => {
  atDesk({ card: () => "other", reader: (world) => ["--second", world.card("yamada-taro")] });

  test("does not stand in the way of a My Number Card in the second", async () => {
    const { host, window } = await openAndRead();
    await enterPassword(window, desk.world.signaturePassword);
    assert.equal((await host.reply()).reply, "signed");
    await host.stop();
  });
});

describe("My Number Cards in two readers", () => {
  atDesk({ reader: (world) => ["--second", world.card("takasaki-yoshiko")] });

  test("nothing is signed until one of them is out", async () => {
    const asked = await openAndRead();
    await desk.reader.count();
    await enterInVain(asked);
    assert.equal((await desk.reader.count()).exchanges, 0, "the card was asked nothing");
    await desk.reader.removeSecond();
    await pause(SEEN);
    await signAfterAll(asked);
  });

  test("a second card takes the field away, and what was typed into it", async () => {
    const asked = await openAndRead();
    await asked.window.type(desk.world.signaturePassword.slice(0, 4));
    await desk.reader.insertSecond();
    await pause(SEEN);
    await enterInVain(asked);
    await desk.reader.removeSecond();
    await pause(SEEN);
    await signAfterAll(asked);
  });
});

describe("a reader or card without long answers", () => {
  atDesk({ reader: ["--profile", "no-extended"] });

  test("is asked for one once", async () => {
    await desk.reader.count();
    const asked = await openAndRead();
    const first = await desk.reader.count();
    await desk.reader.remove();
    await desk.reader.insert();
    await pause(SEEN);
    const second = await desk.reader.count();
    assert.equal(second.exchanges, first.exchanges - 1);
    await signAfterAll(asked);
  });
});
