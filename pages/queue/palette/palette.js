// The list of actions that pages/queue/palette/commands.py makes: typing filters it, arrows choose, Enter acts.
// Texts are set as text, never as markup.
function make(tag, className, parent, text) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text !== undefined) element.textContent = text;
  parent?.append(element);
  return element;
}

function build(root) {
  const opener = make("button", "palette-opener", root);
  opener.type = "button";
  opener.setAttribute("aria-haspopup", "dialog");
  const label = make("span", "", opener);
  const stroke = make("kbd", "", opener);
  const dialog = make("dialog", "palette-dialog", root);
  const search = make("input", "palette-search", dialog);
  search.setAttribute("role", "combobox");
  search.setAttribute("aria-expanded", "true");
  search.setAttribute("aria-autocomplete", "list");
  search.autocomplete = "off";
  search.spellcheck = false;
  const list = make("div", "palette-list", dialog);
  list.setAttribute("role", "listbox");
  list.id = `palette-${Math.random().toString(36).slice(2)}`;
  search.setAttribute("aria-controls", list.id);
  const nothing = make("p", "palette-nothing", dialog);
  nothing.setAttribute("role", "status");
  return { opener, label, stroke, dialog, search, list, nothing };
}

function line(command, id, parent) {
  const option = make("div", "palette-option", parent);
  option.id = id;
  option.dataset.command = command.id;
  option.setAttribute("role", "option");
  option.setAttribute("aria-selected", "false");
  option.setAttribute("aria-disabled", String(Boolean(command.reason)));
  const head = make("div", "palette-head", option);
  make("span", "palette-label", head, command.label);
  if (command.leadsTo) make("span", "palette-leads", head, `→ ${command.leadsTo}`);
  if (command.key) make("kbd", "palette-key", head, command.key);
  if (command.reason) make("div", "palette-reason", option, command.reason);
  return option;
}

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".palette");
  // A run of the page calls this again: what is open and typed stays.
  const parts = (root.parts ??= build(root));
  const { opener, label, stroke, dialog, search, list, nothing } = parts;
  let options = [];
  let active;

  const mark = (option) => {
    active?.setAttribute("aria-selected", "false");
    active = option;
    if (!active) return search.removeAttribute("aria-activedescendant");
    active.setAttribute("aria-selected", "true");
    search.setAttribute("aria-activedescendant", active.id);
    active.scrollIntoView({ block: "nearest" });
  };

  const draw = () => {
    const words = search.value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    const fits = ({ label: name }) => words.every((word) => name.toLocaleLowerCase().includes(word));
    list.replaceChildren();
    active = undefined;
    options = [];
    let group;
    for (const command of data.commands.filter(fits)) {
      if (group?.title !== command.group) {
        const element = make("div", "palette-group", list);
        element.setAttribute("role", "group");
        element.setAttribute("aria-label", command.group);
        make("div", "palette-title", element, command.group).setAttribute("aria-hidden", "true");
        group = { title: command.group, element };
      }
      options.push(line(command, `${list.id}-${options.length}`, group.element));
    }
    const isEmpty = !options.length;
    list.hidden = isEmpty;
    nothing.textContent = isEmpty ? data.nothing : "";
    mark(options.find((option) => option.getAttribute("aria-disabled") === "false") ?? options[0]);
  };

  // The browser takes the focus from a list that it closed only later: a stroke in between would be typed into it.
  const close = () => {
    search.blur();
    dialog.close();
  };

  const choose = (option) => {
    mark(option);
    if (!option || option.getAttribute("aria-disabled") === "true") return; // its reason stands there
    close();
    setTriggerValue("chosen", option.dataset.command);
  };

  const steps = { ArrowDown: 1, ArrowUp: -1 };
  label.textContent = data.title;
  stroke.textContent = data.key;
  dialog.setAttribute("aria-label", data.title);
  list.setAttribute("aria-label", data.title);
  search.placeholder = data.hint;
  search.setAttribute("aria-label", data.hint);
  opener.onclick = () => {
    search.value = "";
    dialog.showModal();
    draw();
    search.focus();
  };
  search.oninput = draw;
  search.onkeydown = (event) => {
    if (event.isComposing) return;
    if (event.key in steps && options.length) {
      event.preventDefault();
      mark(options.at((options.indexOf(active) + steps[event.key]) % options.length));
    } else if (event.key === "Enter") {
      event.preventDefault();
      choose(active);
    } else if (event.key === "Escape") {
      event.preventDefault();
      close();
    }
  };
  list.onclick = ({ target }) => choose(target.closest("[role=option]") ?? active);
  dialog.onclick = ({ target }) => target === dialog && close(); // beside the list
  if (dialog.open) draw();
}
