// Listens for the keys that pages/shared/keys.py names: each focuses a field or presses a button of the page.
const TYPING = "input, textarea, select, [contenteditable=true]";
const PATIENCE = 5000;
const WHERE_SLASH_STANDS = { ".": "/", ",": "?" }; // what a Russian layout prints there

// The stroke as the registry writes it, in small letters. A sign says itself which keys make it; a letter, only with Shift.
function strokeOf(event) {
  const name = nameOf(event);
  return event.shiftKey && /^[a-z]$/.test(name) ? `shift+${name}` : name;
}

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

// Where a form, list or menu is open, or somebody types, strokes are meant for it.
function isElsewhere(page, target) {
  return isTyping(target) || page.querySelector("[role=dialog], dialog[open], [role=menu]") !== null;
}

// A menu with a tooltip stands twice in the page, for a mouse and for a finger: one of the two is seen.
function find(page, selector) {
  return [...page.querySelectorAll(selector)].find((element) => element.checkVisibility());
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
    const target = find(page, wanted.selector);
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
    if (event.ctrlKey || event.metaKey || event.altKey || isElsewhere(page, event.target)) return;
    const wanted = data.keys.find(({ key }) => key === strokeOf(event));
    if (!wanted) return;
    const target = find(page, wanted.selector);
    if (target) use(target, wanted);
    else if (!reach(page, wanted)) return;
    event.preventDefault();
  };
  // The keys of buttons are Streamlit's, which hears them at the document, behind an open form, too: they end before it.
  const guard = (event) => {
    if (!isTyping(event.target) && event.key.length === 1 && isElsewhere(page, event.target)) event.stopPropagation();
  };
  // A component is drawn again with every run: one listener a page.
  page.marketdeskKeys?.abort();
  page.marketdeskKeys = new AbortController();
  const { signal } = page.marketdeskKeys;
  page.addEventListener("keydown", listen, { signal });
  page.documentElement.addEventListener("keydown", guard, { signal });
  root.dataset.keys = data.keys.map(({ key }) => key).join(" ");
}
