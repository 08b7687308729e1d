// Gives the first field of the dialog around it the focus as soon as it is drawn. A box that one can type in comes first.
// Drawn with `is_next` it gives the focus to the field below it, where the one that had it was taken away just now: the
// dialog would hand it to its Close.
const BOXES = "textarea, input:not([type=file], [type=radio], [type=checkbox])";
const PATIENCE = 10_000;
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
    if (host.dataset.marketdeskFocused || dialog.dataset.marketdeskFocused !== "done") return;
    host.dataset.marketdeskFocused = "done";
    return goOn(page, host, dialog);
  }
  if (dialog.dataset.marketdeskFocused) return;
  dialog.dataset.marketdeskFocused = "true";
  const isTaken = () => dialog.contains(page.activeElement) && page.activeElement.matches("textarea, input");
  const found = () => [...dialog.querySelectorAll(BOXES)].find((box) => box.checkVisibility() && !box.disabled);
  const started = performance.now();
  // The dialog takes the focus itself when it opens, a moment before or after: the field has it in the end.
  const focus = () => {
    if (!dialog.isConnected || performance.now() - started > PATIENCE) return;
    if (isTaken()) {
      dialog.dataset.marketdeskFocused = "done";
      return;
    }
    found()?.focus();
    requestAnimationFrame(focus);
  };
  requestAnimationFrame(focus);
  // Until then the focus may be nowhere, and where it is nowhere nobody hears that the form is to be put away.
  const open = new AbortController();
  const putAway = (event) => {
    if (!dialog.isConnected) return open.abort();
    if (event.key !== "Escape" || dialog.contains(page.activeElement)) return;
    dialog.querySelector("button[aria-label=Close]")?.click();
  };
  page.addEventListener("keydown", putAway, { signal: open.signal });
}
