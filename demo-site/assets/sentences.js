// What the page says in words: of an answer to mend, and of a signature that did not come about.

const FAULTS = {
  required: { text: "入力してください。", choice: "選んでください。" },
  missing: { text: "入力してください。", choice: "選んでください。" },
  choice: { choice: "選択肢から選んでください。" },
  number: { text: "半角の数字で入力してください。" },
  below: { text: "入力できる範囲より小さいか、早い日付です。" },
  above: { text: "入力できる範囲より大きいか、遅い日付です。" },
  date: { text: "年・月・日を正しく入力してください。" },
  telephone: { text: "半角の数字とハイフンで、10けたか11けたの番号を入力してください。" },
  digits: { text: "半角の数字だけで入力してください。" },
  "too-short": { text: "けた数が足りません。" },
  "too-long": { text: "長すぎます。短くしてください。" },
  text: { text: "署名に使えない文字が入っています。入力し直してください。" },
  "individual-number": { text: "個人番号（マイナンバー）と思われる数字があります。消してください。" },
  acknowledge: { text: "お読みになったら、チェックを入れてください。" },
};

const UNKNOWN_FAULT = "入力を確かめてください。";

/** @param {string} code @param {"text" | "choice"} [kind] */
export function faultSentence(code, kind = "text") {
  return FAULTS[code]?.[kind] ?? FAULTS[code]?.text ?? UNKNOWN_FAULT;
}

export const mismatchSentence = "署名用電子証明書と違います。住民票のとおりか確かめてください。";

const KEPT = "入力した内容は残っています。";
const AGAIN = "もう一度「入力内容を確認する」から進んでください。";
const ICON = "ブラウザーの右上にある Shomei のアイコンを押すと、理由と直し方が出ます。";

const FAILURES = {
  cancelled: ["署名をやめました", `${KEPT}続けるときは、${AGAIN}`],
  timeout: ["署名の時間が切れました", `${KEPT}カードと署名用パスワードを用意して、${AGAIN}`],
  busy: ["別の署名が開いています", `${KEPT}開いている署名の画面を閉じてから、${AGAIN}`],
  expired: ["確認してから時間がたちました", `${KEPT}${AGAIN}`],
  "clock-off": ["パソコンの時計がずれています", `${KEPT}パソコンの日付と時刻を合わせてから、${AGAIN}`],
  unavailable: ["署名できませんでした", `${KEPT}${ICON}`],
  unreachable: ["パソコンの補助アプリが動いていません", `${KEPT}${ICON}`],
  "not-active": ["このページでは署名を始められませんでした", `${KEPT}このタブを前に出して、${AGAIN}`],
  "not-allowed": ["このサイトでの使用が許可されていません", `${KEPT}${ICON}`],
  "too-many-cancels": ["取り消しが続いたため、署名を止めています", `${KEPT}${ICON}`],
  "extension-missing": ["Shomei の拡張機能が見つかりません", `${KEPT}拡張機能を入れて、このサイトでの使用を許可してから、${AGAIN}`],
  "unsupported-protocol": ["拡張機能か補助アプリが古いようです", `${KEPT}${ICON}`],
  "self-check-failed": ["署名を確かめられませんでした", `${KEPT}申請は送っていません。${AGAIN}`],
  "format-not-for-pages": ["このページからは署名できない形式です", `${KEPT}申請は送っていません。みほん市のサイトを直す必要があります。お手数ですが、市民課へお問い合わせください。`],
  "module-unavailable": ["署名の部品を読み込めませんでした", `${KEPT}インターネットのつながりを確かめて、${AGAIN}`],
  "wrong-procedure": ["手続きの内容が新しくなりました", "このページを新しいタブで開き直して、もう一度入力してください。入力した内容は、このタブに残っています。"],
  "bad-form": ["入力を直すところがあります", `${KEPT}赤い印のところを直してください。`],
  "temporarily-unavailable": ["受付が一時的に止まっています"],
  "too-slow": ["送るのに時間がかかりすぎました"],
  "no-answer": ["みほん市のサイトにつながりません"],
};

/** The replies that mean the envelope is not what was asked for. */
const ALTERED = ["origin-mismatch", "bad-reply", "bad-envelope", "other-document", "bad-signature", "bad-certificate"];
const ALTERED_SENTENCE = ["署名の結果が、確認した内容と合いませんでした", `${KEPT}申請は送っていません。${AGAIN}`];
const ANY = ["申請を送れませんでした", `${KEPT}${AGAIN}くり返すときは、市民課へお問い合わせください。`];

/** @param {{code?: string, sentence?: string}} failure */
export function failureSentence({ code, sentence }) {
  const [heading, text] = FAILURES[code] ?? (ALTERED.includes(code) ? ALTERED_SENTENCE : ANY);
  return { heading, text: sentence ?? text ?? ANY[1] };
}
