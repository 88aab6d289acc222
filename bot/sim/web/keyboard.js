// The bot's buttons: inline keyboards under a message, and the reply keyboard under the composer.

import { api } from "./api.js";
import { byId, el, icon } from "./dom.js";
import { follow, safeURL } from "./links.js";
import { sharing } from "./dialogs.js";

const MARKS = { url: "out", switch_inline_query: "share", switch_inline_query_current_chat: "share", switch_inline_query_chosen_chat: "share", copy_text: "copy" };

// inlineKeyboard draws a message's inline keyboard; null where it has none.
export function inlineKeyboard(app, chat, message) {
  const rows = message.reply_markup?.inline_keyboard;
  if (!rows?.length) return null;
  return el("div", { class: "keys", role: "group", "aria-label": "Buttons" },
    rows.map((buttons) => el("div", { class: "keys-row" }, buttons.map((b) => inlineButton(app, chat, message, b)))));
}

function inlineButton(app, chat, message, button) {
  const mark = Object.keys(MARKS).find((kind) => button[kind] !== undefined);
  const content = [el("span", {}, button.text), mark && icon(MARKS[mark])];
  const props = { class: "key", data: { button: button.text } };
  const url = button.url === undefined ? null : safeURL(button.url);
  if (url) {
    const onclick = (event) => follow(app, url) && event.preventDefault();
    return el("a", { ...props, href: url.href, target: "_blank", rel: "noopener noreferrer", onclick }, ...content);
  }
  return el("button", { ...props, type: "button", onclick: (event) => press(app, chat, message, button, event.currentTarget) }, ...content);
}

async function press(app, chat, message, button, node) {
  if (button.callback_data !== undefined) return callBack(app, chat, message, button, node);
  if (button.switch_inline_query_current_chat !== undefined) return app.fillComposer(app.inlineText(button.switch_inline_query_current_chat));
  if (button.switch_inline_query !== undefined) return share(app, chat, button.switch_inline_query, () => true);
  if (button.switch_inline_query_chosen_chat !== undefined) {
    const choice = button.switch_inline_query_chosen_chat;
    return share(app, chat, choice.query ?? "", (entry) => allowed(choice, entry.chat.type));
  }
  if (button.copy_text !== undefined) {
    await navigator.clipboard.writeText(button.copy_text.text);
    return app.toast("Copied");
  }
  app.toast("This button works only in Telegram.");
}

// In this page every private chat is the bot's (Bot API, SwitchInlineQueryChosenChat).
function allowed(choice, type) {
  if (type === "private") return choice.allow_user_chats || choice.allow_bot_chats;
  return type === "channel" ? choice.allow_channel_chats : choice.allow_group_chats;
}

async function callBack(app, chat, message, button, node) {
  const user = app.state.writer(chat);
  if (!user || node.ariaBusy === "true") return;
  node.ariaBusy = "true";
  try {
    const { text, alert, url } = await api.press({ user: user.id, chat }, message.message_id, button.callback_data);
    const target = url && safeURL(url);
    if (target && !follow(app, target)) window.open(target.href, "_blank", "noopener,noreferrer");
    if (text) alert ? app.alert(text) : app.toast(text);
  } catch (error) {
    app.fail(error);
  } finally {
    node.ariaBusy = "false";
  }
}

async function share(app, chat, query, fits) {
  const place = await sharing(app, chat, fits);
  if (!place) return;
  app.openChat(place.chat, place.topic);
  app.fillComposer(app.inlineText(query));
}

// mountReplyKeyboard shows the keyboard that the bot asked for last, until it is used (one_time_keyboard) or removed.
export function mountReplyKeyboard(app) {
  const panel = byId("keyboard");
  const toggle = byId("keys");
  toggle.append(icon("keys"));
  let hiddenFor = null; // the message whose keyboard was put away
  const render = () => {
    const source = app.state.open && askedKeyboard(app.state);
    toggle.hidden = !source;
    panel.hidden = !source || hiddenFor === source.message_id;
    toggle.setAttribute("aria-expanded", String(!panel.hidden));
    app.placeholder(asksReply(app.state) ?? source?.reply_markup.input_field_placeholder);
    if (source) panel.replaceChildren(...replyRows(app, source, (id) => { hiddenFor = id; render(); }));
  };
  toggle.addEventListener("click", () => {
    hiddenFor = panel.hidden ? null : askedKeyboard(app.state)?.message_id;
    render();
  });
  for (const type of ["reset", "open", "message", "edit", "delete", "writer"]) app.state.addEventListener(type, render);
}

// asksReply is the placeholder of a question that waits for a reply (Bot API, ForceReply).
function asksReply(state) {
  const last = state.open && state.messages(state.open.chat, state.open.topic).at(-1)?.reply_markup;
  return last?.force_reply ? last.input_field_placeholder : undefined;
}

// askedKeyboard finds the newest message that set or removed a reply keyboard for the writer (Bot API, ReplyKeyboardMarkup).
function askedKeyboard(state) {
  const { chat, topic } = state.open;
  const me = state.writer(chat)?.id;
  const source = state.messages(chat, topic).findLast(({ reply_markup: markup, reply_to_message: to }) => {
    const forMe = !markup?.selective || to?.from?.id === me;
    return forMe && (markup?.keyboard || markup?.remove_keyboard);
  });
  return source?.reply_markup.keyboard ? source : null;
}

function replyRows(app, source, putAway) {
  const { keyboard, one_time_keyboard: once } = source.reply_markup;
  const use = (button) => {
    if (button.request_location) app.shareLocation();
    else if (button.request_contact || button.request_users || button.request_chat || button.request_poll) return app.toast("This button works only in Telegram.");
    else app.say(button.text);
    if (once) putAway(source.message_id);
  };
  return keyboard.map((buttons) => el("div", { class: "keys-row" }, buttons.map((raw) => {
    const button = typeof raw === "string" ? { text: raw } : raw;
    return el("button", { class: "key", type: "button", data: { button: button.text }, onclick: () => use(button) },
      button.request_location && icon("pin"), el("span", {}, button.text));
  })));
}
