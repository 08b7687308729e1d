// Draws the facts that pages/shared/facts/view.py gives. What people wrote is set as text, never as markup.
const SVG = "http://www.w3.org/2000/svg";

function make(name, className, parent, text) {
  const element = document.createElement(name);
  if (className) element.className = className;
  if (text !== undefined) element.textContent = text;
  parent.appendChild(element);
  return element;
}

// Browsers keep the clipboard from pages that came without encryption; there the old way still works.
async function copy(text, near) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const box = make("textarea", "unseen", near, text);
  box.select();
  document.execCommand("copy");
  box.remove();
}

function copyButton(fact, value, said, copied) {
  const button = make("button", "copy", value);
  button.type = "button";
  button.title = fact.copy;
  button.setAttribute("aria-label", fact.copy);
  const icon = document.createElementNS(SVG, "svg");
  icon.setAttribute("viewBox", "0 0 16 16");
  icon.setAttribute("aria-hidden", "true");
  for (const d of ["M5.5 5.5h8v8h-8z", "M10.5 5.5v-3h-8v8h3"]) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", d);
    icon.appendChild(path);
  }
  button.appendChild(icon);
  button.addEventListener("click", async () => {
    await copy(fact.value, value);
    button.focus();
    for (const other of value.getRootNode().querySelectorAll(".copied")) other.remove();
    make("span", "copied", value, copied).setAttribute("aria-hidden", "true");
    said.textContent = "";
    said.textContent = `${copied}: ${fact.value}`;
  });
}

export default function (component) {
  const { data, parentElement } = component;
  const root = parentElement.querySelector(".facts");
  const drawn = JSON.stringify(data);
  if (root.dataset.drawn === drawn) return; // the same again: a button that has the focus keeps it
  root.dataset.drawn = drawn;
  root.replaceChildren();
  let list = make("dl", "", root);
  const said = document.createElement("div");
  said.className = "unseen";
  said.setAttribute("role", "status");
  for (const fact of data.facts) {
    if (fact.tone === "heading") {
      make("div", "heading", root, fact.name).setAttribute("role", "heading");
      root.lastChild.setAttribute("aria-level", "3");
      list = make("dl", "", root);
      continue;
    }
    const row = make("div", `fact ${fact.tone}`, list);
    make("dt", "", row, fact.name);
    const description = make("dd", "", row);
    const value = make("div", "value", description);
    make("span", "", value, fact.value).dir = "auto";
    if (fact.copy) copyButton(fact, value, said, data.copied);
    if (fact.note) make("div", "note", description, fact.note);
  }
  root.appendChild(said);
  for (const empty of root.querySelectorAll("dl:empty")) empty.remove();
}
