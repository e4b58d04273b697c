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
    /** Exchanges since the last count, and the time that the card itself took. */
    count: () => act(program, "count", "count"),
    stop: () => program.stop(),
  };
}

function act(program, command, event) {
  program.say(command);
  return program.event(event);
}
