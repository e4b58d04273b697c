// The application page: form → confirmation → signature → receipt. One page, never reloaded, so that nothing typed is lost.
// Every rule about answers, documents and signatures is the page module's; this script moves the resident along.

import { FilledForm } from "./form.js";
import { showDocument } from "./confirmation.js";
import { showReadiness } from "./readiness.js";
import { fileApplication, issueChallenge } from "./server.js";
import { failureSentence } from "./sentences.js";

const element = (/** @type {string} */ id) => document.getElementById(id);
const form = new FilledForm(element("application"));
const status = element("status");
const alert = element("alert");
const STEPS = { 2: element("step-form"), 3: element("step-confirm") };

/** The document that was confirmed, and its envelope once it is signed. */
let filing = { document: "", envelope: null };
/** @type {AbortController | null} */
let signing = null;
/** @type {Promise<{shomei: any, definition: string}> | null} */
let loading = null;

element("confirm").addEventListener("click", () => act(confirmForm));
element("sign").addEventListener("click", () => act(signAndFile));
element("resend").addEventListener("click", () => act(send));
element("back").addEventListener("click", () => goTo(2));
element("stop-signing").addEventListener("click", () => signing?.abort());
element("check-again").addEventListener("click", () => checkReadiness());
// A page that comes back from the browser's memory after the receipt must not offer the signed document again.
addEventListener("pageshow", (event) => event.persisted && returnToForm());
load().catch(() => {});
checkReadiness();

/** The page module, made ready, and the procedure's definition; loaded once, tried again after a failure. */
function load() {
  loading ??= Promise.all([prepareModule(), loadDefinition()]).then(
    ([shomei, definition]) => ({ shomei, definition }),
    (cause) => {
      loading = null;
      throw Object.assign(new Error("module-unavailable", { cause }), { code: "module-unavailable" });
    },
  );
  return loading;
}

/** Not a static import: where it cannot be loaded, this page still works and says so. */
function importModule() {
  return import("/shomei/shomei.js");
}

async function prepareModule() {
  const shomei = await importModule();
  await shomei.init({ wasm: new URL("/shomei/shomei_module_bg.wasm", location.href) });
  return shomei;
}

async function loadDefinition() {
  const answer = await fetch(form.definitionAddress);
  if (!answer.ok) throw new Error(`definition: ${answer.status}`);
  return answer.text();
}

async function checkReadiness() {
  await showReadiness(async () => (await importModule()).status());
}

/** Runs one step of the way; whatever goes wrong in it leads back to the filled form. */
async function act(step) {
  clearAlert();
  setBusy(true);
  try {
    await step();
  } catch (failure) {
    returnToForm(failure);
  } finally {
    setBusy(false);
  }
}

async function confirmForm() {
  const { shomei, definition } = await load();
  const faults = form.check((control) => shomei.checkForm(control, definition));
  if (faults > 0) return;
  say("確認の画面を用意しています。");
  const issued = await issueChallenge(form.procedure, form.container);
  const { container } = form;
  filing = { document: form.build((control) => shomei.buildDocument(control, definition, issued, { container })), envelope: null };
  showDocument(JSON.parse(filing.document));
  say("");
  goTo(3);
}

async function signAndFile() {
  const { shomei, definition } = await load();
  signing = new AbortController();
  offer("stop-signing");
  say("署名の画面を開いています。");
  // The pressed button is gone; its neighbour must not get the focus, or a held Enter would stop the signature.
  status.focus();
  const onOpened = () => say("署名の画面が開きました。内容を確かめて、署名用パスワードを入力してください。このページは開いたままにしてください。");
  try {
    filing.envelope = await shomei.sign(filing.document, { signal: signing.signal, onOpened });
  } finally {
    signing = null;
  }
  const { comparisons } = shomei.checkReply(filing.document, filing.envelope, definition);
  if (form.refuseMismatches(comparisons)) return returnToForm();
  await send();
}

/** Sends the envelope. What passes by itself keeps the signature; anything else leads back to the form. */
async function send() {
  offer();
  say("みほん市へ送っています。");
  status.focus();
  try {
    location.assign(await fileApplication(filing.envelope, form.container));
  } catch (failure) {
    if (!failure.passes) throw failure;
    offer("resend");
    say("");
    showAlert(failure);
    // Not "back": the site may have stored it and only the answer was lost. The same envelope again is the same receipt.
  }
}

/** @param {{code?: string, sentence?: string}} [failure] nothing if the form itself says what to mend */
function returnToForm(failure) {
  say("");
  filing = { document: "", envelope: null };
  goTo(2, { focus: !failure && alert.hidden });
  if (failure) showAlert(failure);
  if (failure) checkReadiness();
}

function goTo(number, { focus = true } = {}) {
  offer("sign", "back");
  for (const [step, section] of Object.entries(STEPS)) section.hidden = Number(step) !== number;
  for (const item of document.querySelectorAll("[data-step]")) {
    const step = Number(item.dataset.step);
    if (step > 1) item.classList.toggle("done", step < number);
    if (step === number) item.setAttribute("aria-current", "step");
    else item.removeAttribute("aria-current");
  }
  document.body.dataset.step = String(number);
  if (focus) STEPS[number].querySelector("h2").focus();
}

/** Shows exactly these of the confirmation's buttons. */
function offer(...ids) {
  for (const id of ["sign", "back", "stop-signing", "resend"]) element(id).hidden = !ids.includes(id);
}

/** While a step runs, only stopping the signature is possible. */
function setBusy(busy) {
  for (const id of ["confirm", "sign", "back", "resend"]) element(id).disabled = busy;
  document.body.toggleAttribute("data-busy", busy);
}

function showAlert(failure) {
  const { heading, text } = failureSentence(failure);
  const title = Object.assign(document.createElement("b"), { textContent: heading });
  const body = Object.assign(document.createElement("p"), { textContent: text });
  alert.replaceChildren(title, body);
  alert.dataset.code = failure.code ?? "page-failure";
  alert.hidden = false;
  alert.focus();
}

function clearAlert() {
  alert.hidden = true;
  alert.replaceChildren();
  delete alert.dataset.code;
}

function say(text) {
  status.textContent = text;
}
