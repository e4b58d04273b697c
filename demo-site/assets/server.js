// The site's two writes. A refusal is thrown as the site's own {code, sentence}; `passes` says that sending again can help.

const UNANSWERED = {
  "/challenges": "入力した内容は残っています。インターネットのつながりを確かめてから、もう一度「入力内容を確認する」を押してください。",
  "/applications": "署名はそのまま使えます。インターネットのつながりを確かめてから、「もう一度送る」を押してください。",
};

/** What the signature must be bound to. */
export async function issueChallenge(procedure, container) {
  const body = JSON.stringify({ procedure, container });
  return post("/challenges", "application/json", body);
}

/** The media type of each kind of envelope. */
const MEDIA_TYPES = { cades: "application/cms", jades: "application/jose" };

/** Files the envelope; resolves to the address of the receipt. */
export async function fileApplication(envelope, container) {
  const { url } = await post("/applications", MEDIA_TYPES[container], envelope);
  return url;
}

async function post(address, type, body) {
  const headers = { "Content-Type": type };
  const answer = await fetch(address, { method: "POST", headers, body }).catch(() => null);
  const content = await answer?.json().catch(() => null);
  if (answer?.ok && content) return content;
  if (!content?.sentence) throw { code: "no-answer", sentence: UNANSWERED[address], passes: true };
  throw { ...content, passes: answer.status >= 500 || answer.status === 408 };
}
