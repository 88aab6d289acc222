// The list of chats at the left: one row for a chat, nested rows for a forum's topics. Arrow keys move, Enter opens.

import { byId, el, icon } from "./dom.js";
import { chatFace, chatTitle } from "./faces.js";
import { fullName, serviceText } from "./state.js";
import { fullTime, iso, shortTime } from "./time.js";

const KINDS = { private: "", group: "group", supergroup: "group", channel: "channel" };

export function mountChats(app) {
  const list = byId("chats");
  const render = () => renderRows(app, list);
  for (const type of ["reset", "open", "message", "edit", "delete", "chat", "unread", "writer"]) {
    app.state.addEventListener(type, () => later(render));
  }
  app.state.addEventListener("reset", () => renderActions(app));
  list.addEventListener("keydown", (event) => moveFocus(event, list));
}

// later joins the changes of one moment into one drawing.
let waiting = false;
function later(render) {
  if (waiting) return;
  waiting = true;
  queueMicrotask(() => {
    waiting = false;
    render();
  });
}

function renderRows(app, list) {
  const focused = list.contains(document.activeElement) ? document.activeElement.dataset.row : null;
  const rows = app.state.entries().flatMap((entry) => chatRows(app, entry));
  list.replaceChildren(...rows);
  const stop = rows.find((r) => r.dataset.row === focused) ?? rows.find((r) => r.ariaSelected === "true") ?? rows[0];
  if (stop) stop.tabIndex = 0;
  if (focused) stop?.focus({ preventScroll: true });
  const total = app.state.threads().reduce((sum, t) => sum + app.state.unread(t.chat, t.topic), 0);
  document.title = total ? `(${total}) Herald` : "Herald";
}

function chatRows(app, entry) {
  if (!entry.chat.is_forum) return [threadRow(app, entry, 0)];
  const topics = app.state.topics(entry);
  return [forumRow(app, entry, topics), ...topics.map((topic) => topicRow(app, entry, topic))];
}

// row is what all rows share; extra goes into its dataset.
function row(app, { entry, topic, selected, extra }, ...content) {
  const chat = entry.chat.id;
  const data = { chat, row: `${chat}/${topic ?? "top"}`, ...extra };
  const open = () => app.openChat(chat, topic ?? 0);
  return el("div", { class: "row", role: "option", tabindex: "-1", "aria-selected": String(selected), data, onclick: open }, ...content);
}

function threadRow(app, entry) {
  const { state } = app;
  const chat = entry.chat.id;
  const title = chatTitle(state, entry);
  const side = entry.chat.type === "private" ? fullName(state.writer(chat)) : KINDS[entry.chat.type];
  const last = state.messages(chat, 0).at(-1);
  const unread = state.unread(chat, 0);
  return row(app, { entry, topic: 0, selected: isOpen(state, chat, 0) },
    chatFace(state, entry),
    el("span", { class: "row-text" }, headline(title, side, last), preview(state, chat, last, unread)));
}

function forumRow(app, entry, topics) {
  const { state } = app;
  const side = `${topics.length} topics`;
  const title = chatTitle(state, entry);
  const node = row(app, { entry, selected: false },
    chatFace(state, entry),
    el("span", { class: "row-text" }, headline(title, "group", null), el("span", { class: "row-line" }, el("span", { class: "row-last" }, side))));
  node.classList.add("forum");
  return node;
}

function topicRow(app, entry, topic) {
  const { state } = app;
  const chat = entry.chat.id;
  const last = state.messages(chat, topic.id).at(-1);
  const unread = state.unread(chat, topic.id);
  const node = row(app, { entry, topic: topic.id, selected: isOpen(state, chat, topic.id), extra: { topic: topic.id } },
    el("span", { class: "topic-icon", "aria-hidden": "true" }, topic.icon || "#"),
    el("span", { class: "row-text" }, headline(topic.name, "", last), preview(state, chat, last, unread)));
  node.classList.add("topic");
  return node;
}

function headline(title, side, last) {
  return el("span", { class: "row-line" },
    el("span", { class: "row-title" }, title, side && el("small", {}, side)),
    last && el("time", { datetime: iso(last.date), title: fullTime(last.date) }, shortTime(last.date)));
}

function preview(state, chat, last, unread) {
  const text = last ? summary(state, chat, last) : "Nothing yet";
  return el("span", { class: "row-line" }, el("span", { class: "row-last" }, text), unread > 0 && el("span", { class: "badge" }, String(unread), el("span", { class: "unseen" }, " unread")));
}

// summary is a message in one line, for the list and for screen readers.
export function summary(state, chat, message) {
  const service = serviceText(message);
  if (service) return service;
  const what = message.text ?? message.caption ?? (message.document ? message.document.file_name ?? "File" : message.location ? "Location" : "Message");
  const line = what.replace(/\s+/g, " ").slice(0, 120);
  if (state.own(chat, message)) return `You: ${line}`;
  const shared = state.entry(chat)?.chat.type.endsWith("group");
  return shared && message.from ? `${message.from.first_name}: ${line}` : line;
}

function isOpen(state, chat, topic) {
  return state.open?.chat === chat && state.open.topic === topic;
}

function moveFocus(event, list) {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  const rows = [...list.children];
  const at = rows.indexOf(document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
  if (event.key === "Enter" || event.key === " ") rows[at]?.click();
  else if (to === undefined || !rows[to]) return;
  else {
    rows[at].tabIndex = -1;
    rows[to].tabIndex = 0;
    rows[to].focus();
  }
  event.preventDefault();
}

function renderActions(app) {
  const buttons = app.state.actions.map((action) => {
    const onclick = (event) => app.runAction(action, event.currentTarget);
    return el("button", { type: "button", class: "action", data: { action: action.id }, onclick },
      icon("spark"), el("span", {}, el("b", {}, action.label), action.hint && el("small", {}, action.hint)));
  });
  byId("actions").replaceChildren(...buttons);
}
