// Short notices at the foot of the page. A new one replaces the one before.

import { byId } from "./dom.js";

const SHOWN = 4000; // ms, and
const PER_LETTER = 40; // ms more for each letter: longer notices stay longer

let timer = 0;

export function toast(text) {
  const box = byId("toast");
  clearTimeout(timer);
  box.textContent = text;
  box.dataset.count = String(Number(box.dataset.count ?? 0) + 1);
  box.classList.add("shown");
  timer = setTimeout(() => box.classList.remove("shown"), SHOWN + PER_LETTER * text.length);
}
