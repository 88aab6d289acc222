// The command menu: what begins with "/" is filtered as one types. Enter or a click sends, Tab completes.

import { el } from "./dom.js";
import { recall, remember } from "./storage.js";

// CHIPS are offered near the composer of a private chat until they were used, as far as the bot has set them.
const CHIPS = ["latest", "quotes", "search", "subscribe", "digest", "help"];

// commandMenu shows the commands that match text; false where text isn't the beginning of a command.
export function commandMenu(app, suggest, text) {
  const typed = /^\/([a-z0-9_]*)$/i.exec(text)?.[1].toLowerCase();
  if (typed === undefined) return false;
  const all = app.state.entry(app.state.open.chat)?.commands ?? [];
  const fits = all.filter((c) => c.command.startsWith(typed));
  if (fits.length === 0) return false;
  fits.sort((a, b) => (b.command === typed) - (a.command === typed)); // stable: otherwise the bot's own order
  const options = fits.map((c) => el("div", { class: "command", data: { command: c.command } }, el("b", {}, "/" + c.command), el("span", {}, c.description)));
  suggest.show(options, {
    pick: (i) => app.say("/" + fits[i].command),
    complete: (i) => app.fillComposer(`/${fits[i].command} `),
  });
  return true;
}

// chips are the suggestions of a private chat, without those that were used before or put away.
export function chips(app) {
  const { state } = app;
  const entry = state.open && state.entry(state.open.chat);
  if (entry?.chat.type !== "private" || !state.hasBot(entry)) return [];
  const used = new Set();
  for (const m of state.messages(entry.chat.id, 0)) if (m.text?.startsWith("/")) used.add(m.text.slice(1).split(/[\s@]/)[0]);
  const known = entry.commands?.length ? entry.commands.map((c) => c.command) : CHIPS;
  const left = CHIPS.filter((name) => known.includes(name) && !used.has(name));
  if (left.length === 0 || recall("chips") === "hidden") return [];
  const buttons = left.map((name) => el("button", { type: "button", class: "chip", data: { chip: name }, onclick: () => app.say("/" + name) }, "/" + name));
  return [...buttons, el("button", { type: "button", class: "chip away", "aria-label": "Hide the suggestions", onclick: () => app.hideChips() }, "×")];
}

// hideChips puts the suggestions away for good, in this browser.
export function hideChips() {
  remember("chips", "hidden");
}
