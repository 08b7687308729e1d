// After a step to another ticket its head is in sight: the number, the state and what it is about.
const TICKET = ".st-key-queue_ticket";
const HEAD = `${TICKET} h2`;
const STEPS = ".st-key-queue_steps";

function isInSight(page, element) {
  const { top, bottom } = element.getBoundingClientRect();
  const frame = page.querySelector("[data-testid=stHeader]")?.getBoundingClientRect().bottom ?? 0;
  return top >= frame && bottom <= page.defaultView.innerHeight;
}

function reveal(page) {
  const head = page.querySelector(HEAD);
  if (head && !isInSight(page, head)) page.querySelector(TICKET).scrollIntoView({ block: "start" });
}

// Whoever presses Next with a finger presses it again: the button stays where it is.
function watch(page) {
  page.marketdeskArrival?.abort();
  page.marketdeskArrival = new AbortController();
  const { signal } = page.marketdeskArrival;
  const pointed = ({ target }) => (page.marketdeskStepsByHand = target instanceof Element && !!target.closest(STEPS));
  page.addEventListener("pointerdown", pointed, { signal, capture: true });
  page.addEventListener("keydown", () => (page.marketdeskStepsByHand = false), { signal, capture: true });
}

export default function ({ data, parentElement }) {
  const page = parentElement.ownerDocument;
  const before = page.marketdeskArrivals;
  page.marketdeskArrivals = data.count;
  watch(page);
  if (before !== undefined && data.count > before && !page.marketdeskStepsByHand) {
    page.marketdeskIsWriting = false; // what was written belongs to the ticket before: its composer holds nothing here
    page.defaultView.requestAnimationFrame(() => reveal(page));
  }
  return () => page.marketdeskArrival.abort();
}
