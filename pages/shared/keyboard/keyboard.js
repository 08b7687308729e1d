// Listens for the keys that pages/shared/keys.py names: each focuses a field or presses a button of the page.
const TYPING = "input, textarea, select, [contenteditable=true]";
const PATIENCE = 5000;
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

function use(target, { presses }) {
  if (presses) return target.click();
  if (target.tabIndex < 0) target.tabIndex = -1; // a sentence takes the focus, too, to be read out
  target.focus();
}

// Press the switch that shows what the key is for. Until it is drawn, a moment, strokes are kept from the other keys.
function reach(page, wanted) {
  const isIt = (element) => element.textContent.trim() === wanted.what;
  const shows = wanted.switch && [...page.querySelectorAll(wanted.switch)].find(isIt);
  if (!shows) return false;
  const waiting = new AbortController();
  const watch = new MutationObserver(() => {
    const target = page.querySelector(wanted.selector);
    if (!target) return;
    waiting.abort();
    use(target, wanted);
  });
  waiting.signal.addEventListener("abort", () => watch.disconnect());
  setTimeout(() => waiting.abort(), PATIENCE);
  const keep = (event) => (event.key === "Escape" ? waiting.abort() : event.stopPropagation());
  page.documentElement.addEventListener("keydown", keep, { signal: waiting.signal });
  watch.observe(page.body, { childList: true, subtree: true });
  shows.click();
  return true;
}

export default function ({ data, parentElement }) {
  const page = parentElement.ownerDocument;
  const root = parentElement.querySelector(".keyboard");
  const listen = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    if (page.querySelector("[role=dialog], dialog[open]")) return;
    const wanted = data.keys.find(({ key }) => key === nameOf(event));
    if (!wanted) return;
    const target = page.querySelector(wanted.selector);
    if (target) use(target, wanted);
    else if (!reach(page, wanted)) return;
    event.preventDefault();
  };
  // A component is drawn again with every run: one listener a page.
  page.marketdeskKeys?.abort();
  page.marketdeskKeys = new AbortController();
  page.addEventListener("keydown", listen, { signal: page.marketdeskKeys.signal });
  root.dataset.keys = data.keys.map(({ key }) => key).join(" ");
}
