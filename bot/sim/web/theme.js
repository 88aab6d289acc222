// Light or dark: the system's wish, until the button says otherwise; the choice is kept in this browser.

import { byId, icon } from "./dom.js";
import { recall, remember } from "./storage.js";

const system = matchMedia("(prefers-color-scheme: dark)");

export function mountTheme() {
  const choice = recall("theme");
  if (choice === "light" || choice === "dark") document.documentElement.dataset.theme = choice;
  byId("theme").addEventListener("click", () => {
    document.documentElement.dataset.theme = current() === "dark" ? "light" : "dark";
    remember("theme", current());
    draw();
  });
  system.addEventListener("change", draw);
  draw();
}

const current = () => document.documentElement.dataset.theme ?? (system.matches ? "dark" : "light");

function draw() {
  const button = byId("theme");
  const other = current() === "dark" ? "light" : "dark";
  button.replaceChildren(icon(other === "dark" ? "moon" : "sun"));
  button.setAttribute("aria-label", `Use ${other} colours`);
  button.title = `Use ${other} colours`;
}
