// Listens for the keys that pages/shared/keys.py names: each focuses a field or presses a button of the page.
const TYPING = "input, textarea, select, [contenteditable=true]";
const WHERE_SLASH_STANDS = { ".": "/", ",": "?" }; // what a Russian layout prints there

// The key as it is printed; a letter of another script is told by its place, where a Latin layout would print the key.
// A Latin layout has every letter somewhere, so that its places say nothing: French has its comma where others have M.
function nameOf({ key, code }) {
  const isOfAnotherScript = /^\p{L}$/u.test(key) && !/\p{Script=Latin}/u.test(key);
  if (isOfAnotherScript && /^Key[A-Z]$/.test(code)) return code.at(-1).toLowerCase();
  if (code === "Slash" && key in WHERE_SLASH_STANDS) return WHERE_SLASH_STANDS[key];
  return key.toLowerCase();
}

function isTyping(target) {
  return target instanceof Element && target.closest(TYPING) !== null;
}

export default function ({ data, parentElement }) {
  const page = parentElement.ownerDocument;
  const root = parentElement.querySelector(".keyboard");
  const listen = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    if (page.querySelector("[role=dialog]")) return;
    const wanted = data.keys.find(({ key }) => key === nameOf(event));
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
