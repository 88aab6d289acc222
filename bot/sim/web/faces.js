// Faces: the round pictures of people and chats, drawn from their names.

import { el } from "./dom.js";
import { fullName } from "./state.js";
import { tone } from "./preview.js";

// face is a person's or chat's initials on its own colour.
export function face(subject, extra = "") {
  const name = fullName(subject);
  const letters = name.split(/\s+/).slice(0, 2).map((w) => [...w][0]).join("");
  return el("span", { class: `face tone-${tone(name)} ${extra}`, "aria-hidden": "true" }, letters.toUpperCase());
}

// botFace is Herald's mark; with a person it carries their face in the corner.
export function botFace(person) {
  const mark = el("img", { src: "/web/icon.svg", alt: "" });
  return el("span", { class: "face mark", "aria-hidden": "true" }, mark, person && face(person, "corner"));
}

// chatFace is what a chat shows in the list and in its header.
export function chatFace(state, entry) {
  return entry.chat.type === "private" ? botFace(state.writer(entry.chat.id)) : face({ title: entry.chat.title }, "square");
}

// chatTitle: a private chat is with the bot, seen by one of the people.
export function chatTitle(state, entry) {
  return entry.chat.type === "private" ? state.bot.first_name ?? "Herald" : entry.chat.title ?? "Chat";
}
