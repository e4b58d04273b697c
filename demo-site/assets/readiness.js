// The panel that says, before anything is typed, whether this computer can sign. Reasons are told by the extension's own pages.

/** How long the resident looks at "checking" before being told what that means. */
const PATIENCE = 1500;

const PANEL = {
  checking: {
    heading: "署名の準備を確かめています",
    text: "少しお待ちください。",
  },
  slow: {
    heading: "署名の準備を確かめています",
    text: "いつもより時間がかかっています。このまま入力を始められます。",
  },
  ready: {
    heading: "署名の準備ができています",
    text: "拡張機能と補助アプリが動いています。カードとカードリーダーは、署名のときに確かめます。",
  },
  "not-ready": {
    heading: "署名の準備がまだできていません",
    text: "ブラウザーの右上にある Shomei のアイコンを押してください。何が足りないかと、直し方が出ます。入力は先に始められます。",
  },
  unsupported: {
    heading: "このブラウザーに Shomei の拡張機能が見つかりません",
    text: "拡張機能を入れて、このサイトでの使用を許可してから、「もう一度確かめる」を押してください。入れたばかりのときは、このページを新しいタブで開き直してください。入力した内容は、このタブに残ります。",
  },
};

const panel = document.getElementById("readiness");
const again = document.getElementById("check-again");
let latest = 0;

/** @param {() => Promise<string>} ask resolves to `ready`, `not-ready` or `unsupported` */
export async function showReadiness(ask) {
  const turn = ++latest;
  const showIfLatest = (state) => turn === latest && show(state);
  show("checking");
  const timer = setTimeout(() => showIfLatest("slow"), PATIENCE);
  const state = await ask().catch(() => "unsupported");
  clearTimeout(timer);
  showIfLatest(state in PANEL ? state : "unsupported");
}

function show(state) {
  panel.dataset.state = state;
  document.getElementById("readiness-heading").textContent = PANEL[state].heading;
  document.getElementById("readiness-text").textContent = PANEL[state].text;
  document.querySelector('[data-step="1"]').classList.toggle("done", state === "ready");
  again.hidden = state === "checking" || state === "ready";
}
