// Listens for the keys that pages/shared/keys.py names: each focuses a field or presses a button of the page.
const TYPING = "input, textarea, select, [contenteditable=true]";

function isTyping(target) {
  return target instanceof Element && target.closest(TYPING) !== null;
}

export default function ({ data, parentElement }) {
  const page = parentElement.ownerDocument;
  const root = parentElement.querySelector(".keyboard");
  const listen = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    if (page.querySelector("[role=dialog]")) return;
    const wanted = data.keys.find(({ key }) => key === event.key);
    const target = wanted && page.querySelector(wanted.selector);
    if (!target) return;
    event.preventDefault();
    if (wanted.presses) target.click();
    else target.focus();
  };
  // A component is drawn again with every run: one listener a page.
  page.marketdeskKeys?.abort();
  page.marketdeskKeys = new AbortController();
  page.addEventListener("keydown", listen, { signal: page.marketdeskKeys.signal });
  root.dataset.keys = data.keys.map(({ key }) => key).join(" ");
}
