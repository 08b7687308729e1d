// Draws the entries that pages/queue/timeline/entries.py gives. What people wrote is set as text, never as markup.
function make(name, className, parent, text) {
  const element = document.createElement(name);
  if (className) element.className = className;
  if (text !== undefined) element.textContent = text;
  if (parent) parent.appendChild(element);
  return element;
}

function time(entry, parent) {
  const both = make("span", "when", parent);
  const element = make("time", "", both, entry.when);
  element.dateTime = entry.iso;
  element.title = entry.exact;
  both.append(` · ${entry.ago}`);
}

function message(entry, item) {
  const head = make("div", "head", item);
  make("span", "who", head, entry.who);
  if (entry.role) make("span", "role", head, entry.role);
  if (entry.what) make("span", "role", head, entry.what);
  if (entry.to) make("span", `chip kind-${entry.kind}`, head, entry.to);
  if (entry.channel) make("span", "chip", head, entry.channel);
  if (entry.origin) make("span", "chip", head, entry.origin);
  time(entry, head);
  const text = make("div", "text", item, entry.text);
  text.dir = "auto";
}

function happening(entry, item) {
  const head = make("div", "head", item);
  make("span", "what", head, entry.what);
  if (entry.to) make("span", `chip kind-${entry.kind}`, head, entry.to);
  make("span", "role", head, entry.role ? `${entry.who}, ${entry.role}` : entry.who);
  if (entry.origin) make("span", "chip", head, entry.origin);
  time(entry, head);
  if (entry.detail) make("div", "detail", item, entry.detail);
}

export default function (component) {
  const { data, parentElement } = component;
  const list = parentElement.querySelector(".timeline");
  list.setAttribute("aria-label", data.title);
  list.replaceChildren();
  let dayShown = "";
  for (const entry of data.entries) {
    if (entry.day !== dayShown) {
      make("li", "day", list, entry.day);
      dayShown = entry.day;
    }
    const item = make("li", `entry ${entry.look}`, list);
    if (entry.is_message) message(entry, item);
    else happening(entry, item);
  }
}
