// Hands what is typed to the desk after a short pause, as leaving the field does, so that the draft is kept and judged.
// The key of the data (Alt+Enter) sends: leaving the field hands over what was typed last, before the button is pressed.
const PAUSE = 700;
// What the browser changes at once it sends at once, and where a part of the page draws itself, in its name alone: the
// act beside the box would be carried out and never drawn. So the text goes first, and the click follows after this time.
// Timers tell when, not the clock: Streamlit sends by a timer, and a busy browser hears a late click before it.
const AHEAD = 60;
const PATIENCE = 10_000;
const SEND = "[class*=st-key-queue_send_] button";

function commit(area) {
  const stroke = { key: "Enter", code: "Enter", keyCode: 13, ctrlKey: true, bubbles: true };
  // A key that is never let go counts as held, and no other one is heard.
  for (const kind of ["keydown", "keyup"]) area.dispatchEvent(new KeyboardEvent(kind, stroke));
}

// Where the desk refuses, one writes on, and where an action asks for a text, one begins to: a letter beside the box would
// be the key of an action. The box of the other mode or ticket may stand there still.
// Then what was typed meanwhile goes on: strokes wait from Send until the desk has answered it.
function returnTo(box, called, goOn) {
  if (called === (window.marketdeskCalled ?? 0)) return goOn();
  window.marketdeskCalled = called;
  const until = performance.now() + PATIENCE;
  const focus = () => {
    const area = document.querySelector(`.st-key-${box} textarea`);
    if (area) {
      area.focus();
      goOn();
    } else if (performance.now() < until) requestAnimationFrame(focus);
  };
  focus();
}

export default function ({ data }) {
  const strokes = data.send.split("+");
  const isSend = (event) => event.key === strokes.at(-1) && strokes.slice(0, -1).every((held) => event[`${held.toLowerCase()}Key`]);
  const isAnswered = data.sent !== (window.marketdeskSent ?? 0);
  window.marketdeskSent = data.sent;
  returnTo(data.box, data.called, () => isAnswered && document.marketdeskKeys?.queue.release());
  // A component is drawn again with every run, while somebody writes: what is on its way is the page's.
  const way = (window.marketdeskTyping ??= { timer: 0, unsent: undefined, going: 0 }); // `unsent`: the box not yet heard
  const composerOf = (target) => (target instanceof Element ? target.closest(".st-key-queue_composer") : null);
  const inBox = ({ target }) => target instanceof HTMLTextAreaElement && composerOf(target);
  const goAhead = () => {
    clearTimeout(way.going);
    way.going = setTimeout(() => (way.going = 0), AHEAD);
  };
  const handOver = () => {
    clearTimeout(way.timer);
    const area = way.unsent;
    way.unsent = undefined;
    if (!area?.isConnected) return;
    commit(area);
    goAhead();
  };
  const typed = (event) => {
    if (!inBox(event)) return;
    clearTimeout(way.timer);
    way.unsent = event.target;
    way.timer = setTimeout(handOver, PAUSE);
  };
  const left = (event) => {
    if (event.target !== way.unsent) return;
    clearTimeout(way.timer);
    way.unsent = undefined; // leaving hands it over
    goAhead();
  };
  const pointed = ({ target }) => {
    if (way.unsent && !composerOf(target)) handOver();
  };
  const clicked = (event) => {
    if (event.target.closest?.(SEND)) document.marketdeskKeys?.queue.hold();
    if (!way.going || composerOf(event.target)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    setTimeout(() => event.target.isConnected && event.target.dispatchEvent(new MouseEvent("click", event)), AHEAD);
  };
  const pressed = (event) => {
    if (isSend(event) && inBox(event)) {
      event.preventDefault();
      const composer = composerOf(event.target);
      event.target.blur();
      composer.querySelector(SEND)?.click();
    }
  };
  const heard = { input: typed, focusout: left, pointerdown: pointed, click: clicked, keydown: pressed };
  for (const [kind, hear] of Object.entries(heard)) window.addEventListener(kind, hear, true);
  return () => {
    for (const [kind, hear] of Object.entries(heard)) window.removeEventListener(kind, hear, true);
  };
}
