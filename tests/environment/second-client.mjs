/**
 * Another program at the same reader: OpenSC, which knows nothing of the host.
 */
import { complete } from "./programs.mjs";

const SELECT_JPKI = "00A4040C0AD392F000260100000001";
const SELECT_SIGNATURE_KEY = "00A4020C02001A";
const SIGN = `802A008033${"3031300D060960864801650304020105000420"}${"00".repeat(32)}00`;

/** Tries to sign with the signature key without a password; true if the card refuses with 6982. */
export async function keyIsClosed(environment) {
  const commands = [SELECT_JPKI, SELECT_SIGNATURE_KEY, SIGN].flatMap((command) => ["--send-apdu", command]);
  const answers = await complete("opensc-tool", commands, {
    env: { ...process.env, ...environment, OPENSC_DRIVER: "default" },
  });
  const statuses = [...answers.matchAll(/SW1=0x(..), SW2=0x(..)/g)].map(([, high, low]) => high + low);
  if (statuses.length !== 3) throw new Error(`the card answered ${statuses}`);
  return statuses[2] === "6982";
}
