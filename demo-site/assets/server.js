// The site's two writes. A refusal is thrown as the site's own {code, sentence}; `passes` says that sending again can help.

const NO_ANSWER = {
  code: "no-answer",
  sentence: "みほん市のサイトにつながりませんでした。インターネットのつながりを確かめてから、もう一度お試しください。",
  passes: true,
};

/** What the signature must be bound to. */
export async function issueChallenge(procedure, container) {
  const body = JSON.stringify({ procedure, container });
  return post("/challenges", "application/json", body);
}

/** Files the envelope; resolves to the address of the receipt. */
export async function fileApplication(envelope) {
  const { url } = await post("/applications", "application/cms", envelope);
  return url;
}

async function post(address, type, body) {
  const headers = { "Content-Type": type };
  const answer = await fetch(address, { method: "POST", headers, body }).catch(() => null);
  const content = await answer?.json().catch(() => null);
  if (answer?.ok && content) return content;
  throw content?.sentence ? { ...content, passes: answer.status >= 500 || answer.status === 408 } : NO_ANSWER;
}
