// The panel above the text field: commands on "/", results of inline mode on "@". The text field keeps the focus;
// arrow keys move the highlighted entry, which aria-activedescendant names (WAI-ARIA, list autocomplete).

import { byId, el } from "./dom.js";

export class Suggest {
  #pick = null;
  #complete = null;
  #active = -1;

  constructor(field) {
    this.field = field;
    this.panel = byId("suggest");
    this.panel.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
    this.panel.addEventListener("scroll", () => this.#nearEnd(), { passive: true });
  }

  get isOpen() {
    return !this.panel.hidden;
  }

  // show opens the panel. options are nodes; pick(i) runs on Enter or a click, complete(i) on Tab (default: pick);
  // more() is called when the end comes into sight; head is a node above the options.
  show(options, { pick, complete, more, head, active = 0, keepScroll = false }) {
    const top = this.panel.scrollTop;
    Object.assign(this, { options, more });
    this.#pick = pick;
    this.#complete = complete ?? pick;
    options.forEach((node, i) => {
      node.id = `option-${i}`;
      node.role = "option";
      node.onclick = () => pick(i);
      node.onmousemove = () => this.#mark(i, false);
    });
    this.panel.replaceChildren(...(head ? [head] : []), ...options);
    this.panel.hidden = false;
    this.panel.scrollTop = keepScroll ? top : 0;
    byId("announce").textContent = options.length === 1 ? "1 suggestion" : `${options.length} suggestions`;
    this.#mark(Math.min(active, options.length - 1), false);
    this.#nearEnd(); // a short list doesn't scroll
  }

  // say shows a line instead of options: waiting, nothing found, an error.
  say(text, busy = false) {
    const line = el("p", { class: busy ? "busy" : undefined, role: "status" }, text);
    this.show([], { pick: () => {}, head: line });
  }

  hide() {
    if (!this.isOpen) return;
    this.panel.hidden = true;
    this.panel.replaceChildren();
    this.options = [];
    this.field.removeAttribute("aria-activedescendant");
  }

  get active() {
    return this.#active;
  }

  // key handles a key press in the field; true where it was used.
  key(event) {
    if (!this.isOpen) return false;
    if (event.key === "Escape") this.hide();
    else if (!this.options.length || event.shiftKey) return false;
    else if (event.key === "ArrowDown") this.#mark((this.#active + 1) % this.options.length);
    else if (event.key === "ArrowUp") this.#mark((this.#active - 1 + this.options.length) % this.options.length);
    else if (event.key === "Tab") this.#complete(this.#active);
    else if (event.key === "Enter") this.#pick(this.#active);
    else return false;
    event.preventDefault();
    return true;
  }

  #mark(index, scroll = true) {
    this.options[this.#active]?.removeAttribute("aria-selected");
    this.#active = index;
    const node = this.options[index];
    if (!node) return this.field.removeAttribute("aria-activedescendant");
    node.setAttribute("aria-selected", "true");
    this.field.setAttribute("aria-activedescendant", node.id);
    if (scroll) node.scrollIntoView({ block: "nearest" });
    if (index === this.options.length - 1) this.more?.();
  }

  #nearEnd() {
    const { scrollTop, clientHeight, scrollHeight } = this.panel;
    if (scrollHeight - scrollTop - clientHeight < 80) this.more?.();
  }
}
