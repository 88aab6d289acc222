// A pop-up menu of a button. Arrow keys, Home and End move, Enter runs, Esc closes and gives the focus back.

import { el, icon } from "./dom.js";

const EDGE = 10; // px kept free at the window's edge

// openMenu shows items { id, icon, text, run } next to a button.
export function openMenu(anchor, items) {
  const nodes = items.map((item) => el("button", { role: "menuitem", type: "button", tabindex: "-1", data: { menu: item.id } }, icon(item.icon), item.text));
  const menu = el("div", { class: "menu", role: "menu", "aria-label": anchor.getAttribute("aria-label") }, nodes);
  const close = (focus) => {
    menu.remove();
    anchor.setAttribute("aria-expanded", "false");
    document.removeEventListener("pointerdown", outside, true);
    if (focus) anchor.focus();
  };
  const outside = (event) => !menu.contains(event.target) && close(false);
  nodes.forEach((node, i) => node.addEventListener("click", () => {
    close(true);
    items[i].run();
  }));
  menu.addEventListener("keydown", (event) => move(event, nodes, close));
  document.addEventListener("pointerdown", outside, true);
  document.body.append(menu);
  anchor.setAttribute("aria-expanded", "true");
  place(menu, anchor.getBoundingClientRect());
  nodes[0]?.focus();
}

function move(event, nodes, close) {
  const at = nodes.indexOf(document.activeElement);
  const count = nodes.length;
  const to = { ArrowDown: (at + 1) % count, ArrowUp: (at - 1 + count) % count, Home: 0, End: count - 1 }[event.key];
  if (event.key === "Escape" || event.key === "Tab") close(true);
  else if (to === undefined) return;
  else nodes[to].focus();
  event.preventDefault();
  event.stopPropagation();
}

function place(menu, anchor) {
  const { width, height } = menu.getBoundingClientRect();
  const below = anchor.bottom + height + EDGE < innerHeight;
  const left = Math.max(EDGE, Math.min(anchor.left, innerWidth - width - EDGE));
  menu.style.left = `${left}px`;
  menu.style.top = `${below ? anchor.bottom + 6 : anchor.top - height - 6}px`;
}
