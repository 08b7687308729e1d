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
}
