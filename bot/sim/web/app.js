// Herald's web chat: a page that shows the simulated Telegram and lets one use the bot as several people.
// This module wires the others: state.js knows, connection.js keeps it current, the mount… functions show it.
// They share one object, app, for what crosses modules: opening chats, sending, notices.

import { api } from "./api.js";
import { mountAttach } from "./attach.js";
import { mountChats } from "./chats.js";
import { mountComposer } from "./composer.js";
import { Connection } from "./connection.js";
import { alert } from "./dialogs.js";
import { byId, icon } from "./dom.js";
import { mountReplyKeyboard } from "./keyboard.js";
import { State } from "./state.js";
import { mountTheme } from "./theme.js";
import { mountThread } from "./thread.js";
import { toast } from "./toast.js";

const TROUBLE = {
  open: "",
  lost: "Connection lost, trying again…",
  stopped: "Herald was stopped. Start it again and this page carries on; if it names a new address, open that one.",
};
const wide = matchMedia("(min-width: 720px)");
const state = new State();
const app = { state, toast, openChat, startBot, openMention, act, fail, runAction };
app.alert = (text) => alert(state.bot.first_name ?? "Herald", text);

// act runs a call to the program at the open place, and shows what went wrong. It resolves to the answer or null.
async function act(call) {
  const place = state.place();
  if (!place) return null;
  try {
    const answer = await call(place);
    if (answer.message) state.add(place.chat, answer.message);
    return answer;
  } catch (error) {
    fail(error);
    return null;
  }
}

function fail(error) {
  console.warn(error);
  toast(error.message);
}

async function runAction(action, button) {
  if (button) button.disabled = true;
  try {
    const { text } = await api.action(action.id);
    if (text) toast(text);
  } catch (error) {
    fail(error);
  }
  if (button) button.disabled = false;
}

function openChat(chat, topic) {
  const hash = topic ? `#${chat}/${topic}` : `#${chat}`;
  if (location.hash === hash) route();
  else location.hash = hash;
  route();
}

// startBot opens the writer's private chat with the bot and starts it there, with a deep link's parameter or without.
function startBot(parameter) {
  const writer = state.open && state.writer(state.open.chat);
  const home = state.entries().find((e) => e.chat.type === "private" && (!writer || e.chat.id === writer.id));
  if (!home) return toast("Nobody here has a private chat with the bot.");
  openChat(home.chat.id, 0);
  app.say(parameter ? `/start ${parameter}` : "/start");
}

function openMention(name) {
  if (name.toLowerCase() === state.bot.username?.toLowerCase()) return app.fillComposer(app.inlineText(""));
  const entry = state.entries().find((e) => e.chat.username?.toLowerCase() === name.toLowerCase());
  if (entry) openChat(entry.chat.id, 0);
  else toast(`@${name} isn’t part of this trial.`);
}

// route opens what the address names; with nothing named, the list (narrow) or the first chat (wide).
function route() {
  const [, chat, topic] = /^#(-?\d+)(?:\/(\d+))?$/.exec(location.hash) ?? [];
  const named = state.find({ chat: Number(chat), topic: Number(topic ?? 0) });
  const place = named ?? (wide.matches ? state.threads()[0] : null);
  if (place?.chat !== state.open?.chat || place?.topic !== state.open?.topic) state.go(place);
  document.body.dataset.view = state.open ? "chat" : "list";
}

function goBack() {
  const from = state.open?.chat;
  history.pushState(null, "", location.pathname);
  if (!wide.matches) route();
  document.querySelector(`#chats [data-chat="${from}"][aria-selected="true"], #chats [data-chat="${from}"]`)?.focus();
}

// onKey: Esc goes back to the list, Alt with an arrow to the next chat, and plain typing goes to the text field.
function onKey(event) {
  if (event.defaultPrevented || document.querySelector("dialog[open]")) return;
  if (event.key === "Escape") return goBack();
  if (event.altKey && (event.key === "ArrowDown" || event.key === "ArrowUp")) return step(event);
  const typing = event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.metaKey && !event.altKey;
  if (typing && state.open && !document.activeElement.closest("input, textarea, select, [role=menu]")) byId("composer").focus();
}

function step(event) {
  const threads = state.threads();
  const at = threads.findIndex((t) => t.chat === state.open?.chat && t.topic === state.open.topic);
  const next = threads[(at + (event.key === "ArrowDown" ? 1 : threads.length - 1)) % threads.length];
  if (next) openChat(next.chat, next.topic);
  event.preventDefault();
}

const connection = new Connection({
  load: async () => {
    state.load(await api.state());
    if (state.open) state.go(state.open); // it may be gone
    route();
    return state.event;
  },
  apply: (event) => state.apply(event),
  status: (name) => {
    byId("connection").textContent = TROUBLE[name];
    byId("connection").hidden = name === "open";
  },
});

mountTheme();
mountComposer(app);
mountReplyKeyboard(app);
mountAttach(app);
mountThread(app);
mountChats(app);
byId("back").append(icon("back"));
byId("back").addEventListener("click", goBack);
byId("skip").addEventListener("click", (event) => {
  event.preventDefault();
  byId("composer").focus();
});
addEventListener("hashchange", route);
addEventListener("popstate", route);
wide.addEventListener("change", route);
document.addEventListener("keydown", onKey);
document.addEventListener("visibilitychange", () => state.seen());
state.addEventListener("notice", ({ detail }) => toast(detail.text));
connection.start();
