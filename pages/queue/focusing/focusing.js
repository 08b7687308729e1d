// Gives the first field of the dialog around it the focus as soon as it is drawn. A box that one can type in comes first.
// Drawn with `is_next` it gives the focus to the field below it, where the one that had it was taken away just now: the
// dialog would hand it to its Close.
// A date is typed into its parts; the input that holds the whole of it is hidden, takes no stroke, and is none.
const PART_OF_DATE = "[role=spinbutton]";
const BOXES = `textarea, input:not([type=file], [type=radio], [type=checkbox], [tabindex="-1"]), ${PART_OF_DATE}`;
const PATIENCE = 10_000;
const AHEAD = 60; // a date that was left is on its way to the desk
const SETTLING = 500;
const VANISHING = 2_000;

function goOn(page, host, dialog) {
  const isBelow = (box) => host.compareDocumentPosition(box) & Node.DOCUMENT_POSITION_FOLLOWING;
  const isLost = () => {
    const active = page.activeElement;
    return !active || active === page.body || active === dialog || active.matches("[role=dialog] [aria-label=Close]");
  };
  const started = performance.now();
  const focus = () => {
    if (!host.isConnected || performance.now() - started > VANISHING) return;
    if (isLost()) [...dialog.querySelectorAll(BOXES)].find((box) => isBelow(box) && box.checkVisibility())?.focus();
    requestAnimationFrame(focus);
  };
  focus();
}

export default function ({ data, parentElement }) {
  const page = parentElement.ownerDocument;
  const host = parentElement instanceof ShadowRoot ? parentElement.host : (parentElement.getRootNode().host ?? parentElement);
  const dialog = host.closest("[role=dialog]");
  if (!dialog) return;
  if (data?.is_next) {
    // Whoever has used a key here has been given the first field, though a busy machine has not painted it since.
    const isBegun = dialog.dataset.marketdeskFocused === "done" || dialog.dataset.marketdeskUsed;
    if (host.dataset.marketdeskFocused || !isBegun) return;
    host.dataset.marketdeskFocused = "done";
    return goOn(page, host, dialog);
  }
  if (dialog.dataset.marketdeskFocused) return;
  dialog.dataset.marketdeskFocused = "true";
  const isTaken = () => dialog.contains(page.activeElement) && page.activeElement.matches(`textarea, input, ${PART_OF_DATE}`);
  const found = () => [...dialog.querySelectorAll(BOXES)].find((box) => box.checkVisibility() && !box.disabled);
  const started = performance.now();
  let given; // the field that has the focus from here, and since when
  let takenAt = 0;
  let isUsed = false;
  const use = () => (isUsed = dialog.dataset.marketdeskUsed = true);
  for (const kind of ["keydown", "pointerdown"]) page.addEventListener(kind, use, { once: true, capture: true });
  // The dialog takes the focus itself when it opens, a moment before or after: the field has it in the end. What draws a
  // date is fetched with the first one, so that the field below it may be there before: until one is used, that is no end.
  const focus = () => {
    const now = performance.now();
    if (!dialog.isConnected || now - started > PATIENCE) return;
    const isElsewhere = isTaken() && page.activeElement !== given;
    if (isTaken()) takenAt ||= now;
    if (takenAt && (isUsed || isElsewhere || now - takenAt > SETTLING)) {
      dialog.dataset.marketdeskFocused = "done";
      return;
    }
    const first = found();
    if (first !== given || !isTaken()) first?.focus();
    given = first;
    requestAnimationFrame(focus);
  };
  requestAnimationFrame(focus);
  // Until then the focus may be nowhere, and where it is nowhere nobody hears that the form is to be put away. A part of a
  // date keeps Escape for itself: leaving it hands over what was typed, and the form is put away as from any other field.
  const open = new AbortController();
  const putAway = (event) => {
    if (!dialog.isConnected) return open.abort();
    const active = page.activeElement ?? page.body;
    const isNowhere = active === page.body;
    const isInDate = dialog.contains(active) && active.matches(PART_OF_DATE);
    if (event.key !== "Escape" || event.isComposing || !(isNowhere || isInDate)) return;
    const close = () => dialog.querySelector("button[aria-label=Close]")?.click();
    if (isNowhere) return close();
    event.stopPropagation();
    active.blur();
    setTimeout(close, AHEAD);
  };
  page.addEventListener("keydown", putAway, { signal: open.signal, capture: true });
}
