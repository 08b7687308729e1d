// After a step to another ticket its head is in sight, the number, the state and what it is about, and its row in the list.
const LIST = ".st-key-queue_list";
const TICKET = ".st-key-queue_ticket";
const HEAD = `${TICKET} h2`;
const BAR = ".st-key-queue_bulk_bar";
const STEPS = ".st-key-queue_steps";
const UPPER = 1 / 3; // of the window: where the ticket stands below the list, a head further down shows nothing of it

function isInSight(page, element) {
  const { top, bottom } = element.getBoundingClientRect();
  const frame = page.querySelector("[data-testid=stHeader]")?.getBoundingClientRect().bottom ?? 0;
  const listEnd = page.querySelector(LIST)?.getBoundingClientRect().bottom ?? Infinity;
  const height = page.defaultView.innerHeight;
  return top >= frame && bottom <= (listEnd <= top ? height * UPPER : height);
}

function reveal(page) {
  const head = page.querySelector(HEAD);
  if (head && !isInSight(page, head)) page.querySelector(TICKET).scrollIntoView({ block: "start" });
}

// The names above the rows are as high as a row, and stay when the rows move.
function revealRow(page, { row, rowHeight }) {
  const rows = page.querySelector(`${LIST} .dvn-scroller`);
  if (!rows || row < 0) return;
  const top = row * rowHeight;
  const least = top + 2 * rowHeight - rows.clientHeight;
  rows.scrollTop = Math.min(top, Math.max(least, rows.scrollTop));
}

function revealBar(page) {
  const bar = page.querySelector(BAR);
  if (!bar) return;
  const { top, bottom } = bar.getBoundingClientRect();
  const frame = page.querySelector("[data-testid=stHeader]")?.getBoundingClientRect().bottom ?? 0;
  if (top < frame || bottom > page.defaultView.innerHeight) bar.scrollIntoView({ block: "start" });
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
  const before = page.marketdeskArrivals ?? 0;
  page.marketdeskArrivals = data.count;
  watch(page);
  const marksBefore = page.marketdeskMarks ?? 0;
  page.marketdeskMarks = data.marks;
  if (data.marks > marksBefore) page.defaultView.requestAnimationFrame(() => revealBar(page));
  if (data.count > before) {
    page.defaultView.requestAnimationFrame(() => revealRow(page, data));
    if (!page.marketdeskStepsByHand) {
      page.marketdeskIsWriting = false; // what was written belongs to the ticket before: its composer holds nothing here
      page.defaultView.requestAnimationFrame(() => reveal(page));
    }
  }
  return () => page.marketdeskArrival.abort();
}
