// Gives the first field of the dialog around it the focus as soon as it is drawn. A box that one can type in comes first.
const BOXES = "textarea, input:not([type=file], [type=radio], [type=checkbox])";
const PATIENCE = 10_000;

export default function ({ parentElement }) {
  const page = parentElement.ownerDocument;
  const host = parentElement instanceof ShadowRoot ? parentElement.host : (parentElement.getRootNode().host ?? parentElement);
  const dialog = host.closest("[role=dialog]");
  if (!dialog || dialog.dataset.marketdeskFocused) return;
  dialog.dataset.marketdeskFocused = "true";
  const isTaken = () => dialog.contains(page.activeElement) && page.activeElement.matches("textarea, input");
  const found = () => [...dialog.querySelectorAll(BOXES)].find((box) => box.checkVisibility() && !box.disabled);
  const started = performance.now();
  // The dialog takes the focus itself when it opens, a moment before or after: the field has it in the end.
  const focus = () => {
    if (!dialog.isConnected || performance.now() - started > PATIENCE || isTaken()) return;
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
