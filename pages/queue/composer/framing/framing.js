// Keeps the whole composer on the screen while somebody writes in it, also when a verdict or a refusal makes it grow.
const COMPOSER = ".st-key-queue_composer";

function composerOf(target) {
  return target instanceof Element ? target.closest(COMPOSER) : null;
}

function isBox(target) {
  return target instanceof HTMLTextAreaElement && composerOf(target) !== null;
}

// One that is higher than the screen shows its end: the box, what is wrong with it, and the button that sends.
function reveal(composer) {
  const { top, bottom, height } = composer.getBoundingClientRect();
  const frame = composer.ownerDocument.querySelector("[data-testid=stHeader]")?.getBoundingClientRect().bottom ?? 0;
  if (top >= frame && bottom <= innerHeight) return;
  const above = parseFloat(getComputedStyle(composer).scrollMarginTop);
  composer.scrollIntoView({ block: above + height <= innerHeight ? "start" : "end" });
}

export default function ({ parentElement }) {
  const page = parentElement.ownerDocument;
  const composer = page.querySelector(COMPOSER);
  // A component is drawn again with every run, so the page knows whether somebody writes: until they act elsewhere.
  page.marketdeskFraming?.abort();
  page.marketdeskFraming = new AbortController();
  const { signal } = page.marketdeskFraming;
  const grown = new ResizeObserver(() => page.marketdeskIsWriting && reveal(composer));
  if (composer) grown.observe(composer);
  signal.addEventListener("abort", () => grown.disconnect());
  let isPressing = false; // nothing moves under a pointer that is held down
  const acted = ({ target }) => (page.marketdeskIsWriting &&= composerOf(target) !== null);
  const entered = ({ target }) => {
    if (!isBox(target)) return;
    page.marketdeskIsWriting = true;
    if (!isPressing) requestAnimationFrame(() => reveal(composerOf(target)));
  };
  const pressed = (event) => {
    isPressing = true;
    acted(event);
  };
  const released = (event) => {
    isPressing = false;
    entered(event);
  };
  page.addEventListener("focusin", entered, { signal });
  page.addEventListener("pointerdown", pressed, { signal, capture: true });
  page.addEventListener("click", released, { signal, capture: true });
  page.addEventListener("keydown", acted, { signal, capture: true });
  return () => page.marketdeskFraming.abort();
}
