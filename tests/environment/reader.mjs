/**
 * A reader with a virtual card, behind a PC/SC service of its own.
 */
import { built, Program } from "./programs.mjs";

/** Starts the reader; `socket` is what PC/SC clients are pointed at. */
export async function startReader(card, options = []) {
  const program = new Program(built.lab, ["reader", "--card", card, ...options]);
  const { socket } = await program.event("ready");
  return {
    environment: { PCSCLITE_CSOCK_NAME: socket },
    insert: () => act(program, "insert", "inserted"),
    remove: () => act(program, "remove", "removed"),
    /** The same for the card in the second reader, which the option `--second` puts there. */
    insertSecond: () => act(program, "insert second", "inserted"),
    removeSecond: () => act(program, "remove second", "removed"),
    /** Lets something go wrong once, as `silent`, `empty` or `delay:30s`; with `@3` at the third exchange from now. */
    fault: (fault) => act(program, `fault ${fault}`, "fault"),
    /** Stops the PC/SC service, and starts it again where it was. */
    stopService: () => act(program, "service stop", "stopped"),
    startService: () => act(program, "service start", "started"),
    /** Exchanges since the last count, and the time that the card itself took. */
    count: () => act(program, "count", "count"),
    stop: () => program.stop(),
  };
}

/** An order that the reader does not know is answered too, and is a mistake of the test. */
async function act(program, order, event) {
  program.say(order);
  const answer = await program.event(event, "unknown");
  if (answer.event === "unknown") throw new Error(`the reader refused "${order}": ${answer.reason ?? "unknown"}`);
  return answer;
}
