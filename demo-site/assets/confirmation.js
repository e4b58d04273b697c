// The confirmation: every word of the document that will be signed, read back from the document itself.

/** @param {{recipient: {name: string}, fields: any[], notices: {text: string}[]}} document_ */
export function showDocument({ recipient, fields, notices }) {
  document.getElementById("recipient").textContent = recipient.name;
  document.getElementById("values").replaceChildren(...rows(fields));
  const items = notices.map(({ text }) => Object.assign(document.createElement("li"), { textContent: text }));
  document.getElementById("confirmed-notices").replaceChildren(...items);
}

function* rows(fields) {
  let heading;
  for (const { label, value, text, group } of fields) {
    if (group && group !== heading) yield row(group);
    heading = group;
    yield row(label, text ?? value);
  }
}

/** @param {string} term @param {string} [answer] none for the heading of a group */
function row(term, answer) {
  const block = document.createElement("div");
  block.append(Object.assign(document.createElement("dt"), { textContent: term }));
  if (answer === undefined) {
    block.className = "group";
    return block;
  }
  const shown = Object.assign(document.createElement("dd"), { textContent: answer || "（記入なし）" });
  if (!answer) shown.className = "quiet";
  block.append(shown);
  return block;
}
