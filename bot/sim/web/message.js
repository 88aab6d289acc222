// One message as a DOM node: who, what it answers, text, attachment, preview, time, and its inline keyboard.

import { api } from "./api.js";
import { el, icon } from "./dom.js";
import { richText } from "./entities.js";
import { face, botFace } from "./faces.js";
import { inlineKeyboard } from "./keyboard.js";
import { previewOf } from "./preview.js";
import { summary } from "./chats.js";
import { fullName, serviceText } from "./state.js";
import { clock, dayKey, fullTime, iso } from "./time.js";

// messageNode draws a message of a chat. data-message, data-day and data-sender serve tests and the thread.
export function messageNode(app, chat, message) {
  const data = { message: message.message_id, chat, day: dayKey(message.date), sender: sender(message) };
  const service = serviceText(message);
  if (service) return el("div", { class: "message service", data }, el("span", {}, service));
  const own = app.state.own(chat, message);
  const many = app.state.entry(chat)?.chat.type.endsWith("group") && !own;
  return el("article", { class: `message ${own ? "own" : "other"}${many ? " many" : ""}`, data, "aria-label": label(message) },
    many && avatar(app, message),
    el("div", { class: "stack" },
      el("div", { class: "bubble" }, ...bubble(app, chat, message, many)),
      inlineKeyboard(app, chat, message)),
    replyButton(app, message));
}

const sender = (m) => String(m.sender_chat?.id ?? m.from?.id ?? 0);
const senderName = (m) => (m.sender_chat ? m.sender_chat.title : fullName(m.from));
const label = (m) => `${senderName(m)}, ${clock(m.date)}`;

function avatar(app, message) {
  return message.from?.id === app.state.bot.id ? botFace() : face(message.sender_chat ?? message.from);
}

function bubble(app, chat, message, named) {
  const preview = previewOf(app, message);
  const text = message.text ?? message.caption;
  const below = preview && !preview.above ? preview.node : null;
  const foot = meta(message);
  const body = text && el("div", { class: "text", dir: "auto" }, richText(app, text, message.entities ?? message.caption_entities), !below && foot);
  return [
    heading(app, message, named),
    forwarded(message),
    replied(app, chat, message),
    preview?.above && preview.node,
    attachment(app, message),
    body,
    below,
    (below || !body) && foot,
  ];
}

function heading(app, message, named) {
  const via = message.via_bot && el("button", { class: "via", type: "button", onclick: () => app.fillComposer(`@${message.via_bot.username} `) }, `via @${message.via_bot.username}`);
  if (!named && !via) return null;
  return el("div", { class: "name" }, named && el("b", {}, senderName(message)), via);
}

function forwarded(message) {
  const origin = message.forward_origin;
  if (!origin) return null;
  const chat = origin.chat ?? origin.sender_chat;
  return el("div", { class: "forwarded" }, "Forwarded from ", el("b", {}, chat?.title ?? origin.sender_user_name ?? fullName(origin.sender_user)));
}

// A topic's first message answers the service message that made the topic; that isn't worth a quote.
function replied(app, chat, message) {
  const to = message.reply_to_message;
  if (!to || to.forum_topic_created) return null;
  const text = message.quote?.text ?? summary(app.state, chat, { ...to, from: undefined });
  return el("button", { class: "quoted", type: "button", onclick: () => app.showMessage(to.message_id) },
    el("b", {}, senderName(to)), el("span", {}, text));
}

function attachment(app, message) {
  if (message.document) return documentChip(message.document);
  if (message.location) return locationCard(app, message.location);
  if (message.text === undefined && message.caption === undefined) return el("div", { class: "text muted" }, "A kind of message this page doesn’t show");
  return null;
}

function documentChip(doc) {
  const name = doc.file_name ?? "File";
  return el("a", { class: "file", href: api.fileURL(doc.file_id), download: name },
    el("span", { class: "file-face" }, icon("file")),
    el("span", { class: "file-text" }, el("b", {}, name), el("small", {}, size(doc.file_size))));
}

function size(bytes) {
  if (!Number.isFinite(bytes)) return "Download";
  if (bytes < 1000) return `${bytes} bytes`;
  return bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

function locationCard(app, { latitude, longitude }) {
  const words = `${Math.abs(latitude).toFixed(3)}° ${latitude < 0 ? "S" : "N"}, ${Math.abs(longitude).toFixed(3)}° ${longitude < 0 ? "W" : "E"}`;
  const map = `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=10/${latitude}/${longitude}`;
  return el("a", { class: "place", href: map, target: "_blank", rel: "noopener noreferrer", title: "Open the map" },
    el("span", { class: "place-map" }, icon("pin")), el("span", { class: "place-text" }, el("b", {}, "Location"), words));
}

function meta(message) {
  return el("span", { class: "meta" }, message.edit_date && "edited ",
    el("time", { datetime: iso(message.date), title: fullTime(message.date) }, clock(message.date)));
}

function replyButton(app, message) {
  return el("button", { class: "round answer", type: "button", "aria-label": "Reply", title: "Reply", onclick: () => app.replyTo(message) }, icon("reply"));
}
