// Hands what is typed to the desk after a short pause, as leaving the field does, so that the draft is kept and judged.
// The key of the data (Alt+Enter) sends: leaving the field hands over what was typed last, before the button is pressed.
const PAUSE = 700;

function commit(area) {
  area.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", code: "Enter", keyCode: 13, ctrlKey: true, bubbles: true }));
}

// Where the desk refuses, one writes on: a letter beside the box would be the key of an action.
function returnTo(composer, refused) {
  if (refused === (window.marketdeskRefused ?? 0)) return;
  window.marketdeskRefused = refused;
  composer?.querySelector("textarea")?.focus();
}

export default function ({ data }) {
  const strokes = data.send.split("+");
  const isSend = (event) => event.key === strokes.at(-1) && strokes.slice(0, -1).every((held) => event[`${held.toLowerCase()}Key`]);
  returnTo(document.querySelector(".st-key-queue_composer"), data.refused);
  let timer;
  const inBox = (event) => event.target instanceof HTMLTextAreaElement && event.target.closest(".st-key-queue_composer");
  const typed = (event) => {
    if (!inBox(event)) return;
    clearTimeout(timer);
    const area = event.target;
    timer = setTimeout(() => document.contains(area) && commit(area), PAUSE);
  };
  const pressed = (event) => {
    if (isSend(event) && inBox(event)) {
      clearTimeout(timer);
      event.preventDefault();
      const composer = event.target.closest(".st-key-queue_composer");
      event.target.blur();
      composer.querySelector("[class*=st-key-queue_send_] button")?.click();
    }
  };
  window.addEventListener("input", typed, true);
  window.addEventListener("keydown", pressed, true);
  return () => {
    clearTimeout(timer);
    window.removeEventListener("input", typed, true);
    window.removeEventListener("keydown", pressed, true);
  };
}
