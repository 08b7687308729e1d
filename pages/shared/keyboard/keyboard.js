// Listens for the keys that pages/shared/keys.py names: each focuses a field or presses a button of the page.
const TYPING = "input, textarea, select, [contenteditable=true]";
const MENU = "[aria-haspopup=true], [aria-haspopup=menu]";
const PATIENCE = 10_000;
const APP = "[data-testid=stApp]";
const STATE = "data-test-script-state";
const LATE = 400;
const UNANSWERED = 2_000; // how long after the drawing a box may be on its way to the focus
const COMPOSER = ".st-key-queue_composer textarea";
const AHEAD = 60; // what a box held is on its way to the desk
const BOXES = "input, textarea";
const DEAF = 800; // how long a stroke is given again and again where no button takes it, and
const DEAF_FRAMES = 20; // how many times at least: where the page is busy few frames are painted
const DRAWING = ["rerunRequested", "running"];
const WHERE_SLASH_STANDS = { ".": "/", ",": "?" }; // what a Russian layout prints there

// The stroke as the registry writes it, in small letters. A sign says itself which keys make it; a letter, only with Shift.
function strokeOf(event) {
  const name = nameOf(event);
  return event.shiftKey && /^[a-z]$/.test(name) ? `shift+${name}` : name;
}

// A digit with Shift by its place, as Streamlit tells it for buttons: what is printed there differs by layout.
function placeOf({ shiftKey, ctrlKey, metaKey, altKey, code }) {
  return shiftKey && !ctrlKey && !metaKey && !altKey && /^Digit\d$/.test(code) ? `shift+${code.at(-1)}` : "";
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

// Do `then` with what `selector` finds as soon as it is drawn, and `still` at each change before. Until then, a moment,
// strokes are kept from the keys.
function whenDrawn(page, selector, then, still = () => {}) {
  const waiting = new AbortController();
  const watch = new MutationObserver(() => {
    const target = find(page, selector);
    if (!target) return still();
    waiting.abort();
    then(target);
  });
  waiting.signal.addEventListener("abort", () => watch.disconnect());
  setTimeout(() => waiting.abort(), PATIENCE);
  const keep = (event) => (event.key === "Escape" ? waiting.abort() : event.stopPropagation());
  page.documentElement.addEventListener("keydown", keep, { signal: waiting.signal });
  watch.observe(page.body, { childList: true, subtree: true });
}

function use(page, target, { presses }) {
  // A menu that a click opened has the focus nowhere, and would hear no arrow.
  if (presses && target.matches(MENU)) whenDrawn(page, "[role=menu] [role^=menuitem]", (item) => item.focus());
  if (presses) return target.click();
  if (target.tabIndex < 0) target.tabIndex = -1; // a sentence takes the focus, too, to be read out
  target.focus();
}

// Press the switch that shows what the key is for; the one of the ticket before may be on the screen for a moment still.
function reach(page, wanted) {
  const isIt = (element) => element.textContent.trim() === wanted.what;
  const sought = () => wanted.switch && [...page.querySelectorAll(wanted.switch)].find(isIt);
  const ticket = page.location.search;
  let pressed;
  const press = () => {
    if (pressed?.isConnected || page.location.search !== ticket) return;
    pressed = sought();
    pressed?.click();
  };
  if (!sought()) return false;
  whenDrawn(page, wanted.selector, (target) => use(page, target, wanted), press);
  press();
  return true;
}

// A stroke that comes while the page is drawn means what is drawn next: the address, the marked row and the buttons are
// still those of before. It waits, and is given again when what the stroke before it did stands on the screen. Where that
// gave a box the focus, the letters that wait are text; where it opened a form, they are meant for nobody. A key that is
// held down goes as fast as the drawing, and where nothing is drawn for long, nothing comes late.
function queueOf(page) {
  const app = page.querySelector(APP);
  const waiting = [];
  let isSoon = false;
  let isGiving = false;
  let triedSince = 0;
  let triedCount = 0;
  let giveUntil = 0;
  let takenAt = 0;
  let beginsUntil = 0; // a button took a stroke, and the drawing has not begun
  let heldUntil = 0; // a reply is being sent, and what the desk says to it is not drawn
  const now = () => performance.now();
  const address = () => page.location.search || "?";
  const isDrawn = () => now() >= Math.max(beginsUntil, heldUntil) && !DRAWING.includes(app.getAttribute(STATE));
  // What is drawn hears its keys only after the frame in which it is painted.
  function soon() {
    if (!isSoon) requestAnimationFrame(() => setTimeout(give));
    isSoon = true;
  }
  function give() {
    isSoon = false;
    if (!waiting.length || !isDrawn()) return;
    const target = page.activeElement ?? page.body;
    if (now() > giveUntil || (!isTyping(target) && isElsewhere(page, target))) {
      waiting.length = triedSince = triedCount = 0;
      return;
    }
    // A button that is just drawn anew hears nothing for a while: some frames, and more of them where much else goes on.
    // What was meant for it is no text, and is not for the buttons of what is shown next.
    const { heardAt } = waiting[0];
    const isMissed = heardAt && (isTyping(target) || heardAt !== address());
    if (isTyping(target) && !isMissed) page.execCommand("insertText", false, waiting[0].stroke.key);
    else if (!isMissed && !isTaken(waiting[0].stroke)) {
      triedSince ||= now();
      triedCount += 1;
      if (now() < triedSince + DEAF || triedCount < DEAF_FRAMES) return soon();
    }
    triedSince = triedCount = 0;
    giveUntil = now() + PATIENCE;
    waiting.shift();
    soon();
  }
  function isTaken(stroke) {
    isGiving = true;
    const [isPassedOn] = ["keydown", "keyup"].map((kind) => page.body.dispatchEvent(new KeyboardEvent(kind, stroke)));
    isGiving = false;
    return !isPassedOn;
  }
  function hasBegun() {
    beginsUntil = 0;
    soon();
  }
  new MutationObserver(hasBegun).observe(app, { attributeFilter: [STATE] });
  return {
    // A run may be over before its state was ever painted: then the component itself, drawn anew, tells; not at once,
    // for it may be the drawing before this one that comes late.
    wasDrawn() {
      const [stroke, hold] = [takenAt, heldUntil];
      setTimeout(() => stroke === takenAt && hasBegun(), Math.max(0, takenAt + LATE - now()));
      setTimeout(() => this.releaseWithoutBox(hold), LATE);
    },
    // Whoever writes on in a box has what waits before it, in the order of typing.
    pour() {
      const texts = waiting.splice(0).filter(({ heardAt }) => !heardAt);
      for (const { stroke } of texts) page.execCommand("insertText", false, stroke.key);
    },
    hasToWait: () => !isGiving && (waiting.length > 0 || !isDrawn()),
    // `isForButton`: the page was drawn, and the button of the ticket that is shown did not hear it.
    add(stroke, { isForButton = false } = {}) {
      if (isGiving || stroke.repeat) return;
      if (!waiting.length) giveUntil = now() + PATIENCE;
      waiting.push({ stroke, heardAt: isForButton && address() });
      soon();
    },
    // What is typed after Send goes on in the box where the desk refuses, else it is keys: it waits until the box has the
    // focus again, which comes a moment after the drawing. Where nothing answers, nothing comes late.
    hold() {
      const until = (heldUntil = now() + PATIENCE);
      setTimeout(() => until === heldUntil && waiting.splice(0) && this.release(), PATIENCE);
    },
    release() {
      heldUntil = 0;
      soon();
    },
    // Where no box is drawn any more, there is nothing to wait for.
    releaseWithoutBox(hold, drawnAt = 0) {
      if (!hold || hold !== heldUntil) return;
      const lookAgain = (at) => setTimeout(() => this.releaseWithoutBox(hold, at), LATE);
      if (DRAWING.includes(app.getAttribute(STATE))) return lookAgain(0);
      const at = drawnAt || now();
      if (page.querySelector(COMPOSER) && now() < at + UNANSWERED) lookAgain(at);
      else this.release();
    },
    wasLeft() {
      beginsUntil = Math.max(beginsUntil, now() + AHEAD);
      setTimeout(soon, AHEAD);
    },
    wasTaken() {
      takenAt = now();
      beginsUntil = takenAt + PATIENCE;
      setTimeout(give, PATIENCE);
    },
  };
}

// A press of the mouse tells the marks that the browser knows, and so would set back those that are being drawn. One that
// comes meanwhile waits for the drawing, and is given to the button that has the same name then. One more of the button
// that was pressed last counts as the same, and of several that wait the first is given.
function pressesOf(page) {
  const app = page.querySelector(APP);
  const isDrawing = () => DRAWING.includes(app.getAttribute(STATE));
  const keyOf = (button) => [...button.closest("[class*=st-key-]").classList].find((name) => name.startsWith("st-key-"));
  const isSame = (one, other) => one?.key === other.key && one.name === other.name;
  let last;
  let held;
  function give() {
    if (isDrawing()) return;
    const wanted = held;
    last = held = undefined;
    if (!wanted || page.querySelector("[role=dialog], dialog[open]")) return;
    const named = [...page.querySelectorAll(`.${wanted.key} button`)].filter((one) => one.textContent === wanted.name);
    named.find((button) => button.checkVisibility())?.click();
  }
  new MutationObserver(() => requestAnimationFrame(() => setTimeout(give))).observe(app, { attributeFilter: [STATE] });
  return {
    keeps(button) {
      const wanted = { key: keyOf(button), name: button.textContent };
      if (!isDrawing()) {
        last = wanted;
        return false;
      }
      if (!held && !isSame(last, wanted)) held = wanted;
      return true;
    },
  };
}

export default function ({ data, parentElement }) {
  const page = parentElement.ownerDocument;
  const root = parentElement.querySelector(".keyboard");
  let ours;
  const listen = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isElsewhere(page, event.target)) return;
    const wanted = data.keys.find(({ key }) => key === strokeOf(event));
    if (!wanted) return;
    const target = find(page, wanted.selector);
    if (target) use(page, target, wanted);
    else if (!reach(page, wanted)) return;
    ours = event;
    event.preventDefault();
  };
  // A component is drawn again with every run: one listener a page, and one queue.
  page.marketdeskKeys?.listening.abort();
  const { queue, presses } = page.marketdeskKeys ?? { queue: queueOf(page), presses: pressesOf(page) };
  const listening = new AbortController();
  page.marketdeskKeys = { listening, queue, presses };
  const { signal } = listening;
  queue.wasDrawn();
  // The keys of buttons are Streamlit's, which hears them at the document, behind an open form, too: they end before it.
  const guard = (event) => {
    if (isTyping(event.target)) return event.key.length === 1 && queue.pour();
    if (event.key.length !== 1 || event.key === " ") return;
    if (isElsewhere(page, event.target)) return event.stopPropagation();
    if (event.ctrlKey || event.metaKey || event.altKey || !queue.hasToWait()) return;
    queue.add(event);
    event.stopPropagation();
    event.preventDefault();
  };
  const press = (event) => {
    const button = event.target.closest?.(`${data.waits} button`);
    if (!button || !presses.keeps(button)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  // At the window all others have heard it: what was taken, but not by `listen`, a button of Streamlit's took. Alt sends.
  const isOfButton = (event) => [strokeOf(event), placeOf(event)].some((stroke) => data.buttons.includes(stroke));
  const follow = (event) => {
    const isKey = event.altKey || (event.key.length === 1 && !isTyping(event.target));
    if (!isKey || event === ours) return;
    if (event.defaultPrevented) queue.wasTaken();
    else if (isOfButton(event) && !isElsewhere(page, event.target)) queue.add(event, { isForButton: true });
  };
  // Escape leaves a box, and so does Enter the search: the next stroke is a key. A list that is open under a box closes
  // first. A form that Escape closes has its text before, for leaving the box hands it over.
  const leave = (event) => {
    const box = event.target;
    if (event.isComposing || !(box instanceof Element) || !box.matches(BOXES)) return;
    if (box.ariaExpanded === "true" || box.closest("dialog[open]") || find(page, "[role=menu]")) return;
    if (box.type === "search" && event.key === "Escape") {
      event.preventDefault(); // it would be emptied
      event.stopPropagation();
    }
    box.blur();
    queue.wasLeft();
  };
  const escape = (event) => event.key === "Escape" && leave(event);
  const enter = (event) => event.key === "Enter" && event.target.matches?.(data.leftByEnter) && leave(event);
  page.defaultView.addEventListener("keydown", escape, { signal, capture: true });
  page.defaultView.addEventListener("keydown", enter, { signal });
  page.defaultView.addEventListener("click", press, { signal, capture: true });
  page.addEventListener("keydown", listen, { signal });
  page.documentElement.addEventListener("keydown", guard, { signal });
  page.defaultView.addEventListener("keydown", follow, { signal });
  root.dataset.keys = data.keys.map(({ key }) => key).join(" ");
}
