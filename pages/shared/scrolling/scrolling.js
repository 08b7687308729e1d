// What scrolls around a table takes the focus, so that the arrow keys move it; what does not scroll takes none.
const HOLDER = "[data-testid=stElementContainer]";

function scrolls(element) {
  const { overflowX, overflowY } = getComputedStyle(element);
  const isWide = element.scrollWidth > element.clientWidth && /auto|scroll/.test(overflowX);
  return isWide || (element.scrollHeight > element.clientHeight && /auto|scroll/.test(overflowY));
}

function reach(page) {
  for (const table of page.querySelectorAll(`${HOLDER} table`)) {
    const holder = table.closest(HOLDER);
    for (let element = table.parentElement; element !== holder; element = element.parentElement) {
      if (scrolls(element)) {
        element.tabIndex = 0;
        element.setAttribute("role", "group");
        element.setAttribute("aria-label", table.getAttribute("aria-label") ?? "");
      } else if (element.tabIndex === 0) {
        ["tabindex", "role", "aria-label"].forEach((name) => element.removeAttribute(name));
      }
    }
  }
}

export default function ({ parentElement }) {
  const page = parentElement.ownerDocument;
  const view = page.defaultView;
  let isWanted = false;
  const soon = () => {
    if (isWanted) return;
    isWanted = true;
    view.requestAnimationFrame(() => {
      isWanted = false;
      reach(page);
    });
  };
  // A component is drawn again with every run: one watch a page.
  page.marketdeskScrolling?.disconnect();
  page.marketdeskScrolling = new MutationObserver(soon);
  page.marketdeskScrolling.observe(page.body, { childList: true, subtree: true });
  view.addEventListener("resize", soon);
  soon();
  return () => view.removeEventListener("resize", soon);
}
