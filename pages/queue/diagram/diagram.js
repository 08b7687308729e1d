// Draws the picture that pages/queue/diagram/picture.py describes. Texts are set as text, never as markup.
const SVG = "http://www.w3.org/2000/svg";

function make(name, attributes, parent, text) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  if (text !== undefined) element.textContent = text;
  if (parent) parent.appendChild(element);
  return element;
}

function drawArrowHeads(svg) {
  const defs = make("defs", {}, svg);
  for (const kind of ["walked", "next"]) {
    const marker = make(
      "marker",
      { id: `head-${kind}`, viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 7, markerHeight: 7, orient: "auto" },
      defs,
    );
    make("path", { d: "M0 0.5 L8 4 L0 7.5 Z", class: `head ${kind}` }, marker);
  }
}

// Says below a box, or above it where there is no room, why no step leads there now. Escape puts it away.
function explain(group, state, why) {
  const stage = why.parentElement;
  const show = () => {
    why.replaceChildren();
    for (const sentence of state.why) why.appendChild(document.createElement("p")).textContent = sentence;
    why.hidden = false;
    const box = group.getBoundingClientRect();
    const room = stage.getBoundingClientRect();
    const middle = (box.left + box.right) / 2 - room.left - why.offsetWidth / 2;
    why.style.left = `${Math.max(0, Math.min(middle, room.width - why.offsetWidth))}px`;
    const isBelow = box.bottom + why.offsetHeight < window.innerHeight;
    why.style.top = `${isBelow ? box.bottom - room.top : box.top - room.top - why.offsetHeight}px`;
  };
  const hide = () => {
    why.hidden = true;
  };
  group.addEventListener("mouseenter", show);
  group.addEventListener("focus", show);
  group.addEventListener("click", show);
  group.addEventListener("blur", hide);
  group.addEventListener("mouseleave", (event) => {
    if (event.relatedTarget instanceof Node && why.contains(event.relatedTarget)) return;
    hide();
  });
  group.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
  });
  why.onmouseleave = hide;
}

function drawState(state, [width, height], svg, start, why) {
  const isNext = state.look === "next";
  const isRefused = state.why.length > 0;
  const group = make(
    "g",
    {
      class: `state ${state.look}${state.was ? " was" : ""}${isRefused ? " refused" : ""}`,
      transform: `translate(${state.x} ${state.y})`,
      role: isNext || isRefused ? "button" : "img",
      "aria-label": state.spoken,
      ...(isNext || isRefused ? { tabindex: 0 } : {}),
      ...(isRefused ? { "aria-disabled": "true" } : {}),
    },
    svg,
  );
  if (isRefused) explain(group, state, why);
  make("rect", { width, height, rx: 8 }, group);
  const noteHeight = state.note ? 11 : 0;
  const first = height / 2 - (state.lines.length - 1) * 7 - noteHeight / 2 + 4;
  state.lines.forEach((line, index) => {
    make("text", { x: width / 2, y: first + index * 14, class: "name", "aria-hidden": "true" }, group, line);
  });
  if (state.note) {
    const y = first + state.lines.length * 14 - 1;
    make("text", { x: width / 2, y, class: "note", "aria-hidden": "true" }, group, state.note);
  }
  if (!isNext) return;
  group.addEventListener("click", () => start(state.name));
  group.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    start(state.name);
  });
  const mark = (isOn) => {
    for (const path of svg.querySelectorAll(".arrow.next")) {
      path.classList.toggle("marked", isOn && path.dataset.to === state.name);
    }
  };
  for (const name of ["mouseenter", "focus"]) group.addEventListener(name, () => mark(true));
  for (const name of ["mouseleave", "blur"]) group.addEventListener(name, () => mark(false));
}

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const root = parentElement.querySelector(".diagram");
  const scrolled = root.scrollLeft;
  const svg = make("svg", { viewBox: `0 0 ${data.width} ${data.height}`, role: "group", "aria-label": data.title });
  svg.style.setProperty("--natural", `${data.width}px`);
  drawArrowHeads(svg);
  for (const arrow of data.arrows) {
    const path = make(
      "path",
      { d: arrow.path, class: `arrow ${arrow.kind}`, "marker-end": `url(#head-${arrow.kind})` },
      svg,
    );
    path.dataset.to = arrow.to;
  }
  const start = (name) => setTriggerValue("start", name);
  const why = parentElement.querySelector(".why");
  why.hidden = true;
  for (const state of data.states) drawState(state, data.box, svg, start, why);
  root.replaceChildren(svg);
  root.setAttribute("aria-label", data.title);
  const isFresh = root.dataset.title !== data.title;
  root.dataset.title = data.title;
  const current = data.states.find((state) => state.look === "current");
  const scale = svg.getBoundingClientRect().width / data.width;
  if (isFresh && current) root.scrollLeft = (current.x + data.box[0] / 2) * scale - root.clientWidth / 2;
  else root.scrollLeft = scrolled;
}
