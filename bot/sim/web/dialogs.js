// Dialogs: an alert, the choice of a chat to share to, a location. Each resolves to what was chosen, null when dismissed.

import { el, icon } from "./dom.js";
import { chatFace, chatTitle } from "./faces.js";

const CITIES = [
  ["Berlin", 52.52, 13.405],
  ["New York", 40.7128, -74.006],
  ["London", 51.5072, -0.1276],
  ["Kathmandu", 27.7172, 85.324],
  ["Tokyo", 35.6764, 139.65],
  ["São Paulo", -23.5505, -46.6333],
  ["Sydney", -33.8688, 151.2093],
  ["Cairo", 30.0444, 31.2357],
];

// show opens a modal dialog built by fill(done, dialog); done(value) closes it.
function show(fill) {
  return new Promise((resolve) => {
    const back = document.activeElement;
    const dialog = el("dialog", {});
    let chosen = null;
    const done = (value) => {
      chosen = value;
      dialog.close();
    };
    dialog.append(...fill(done));
    dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
    dialog.addEventListener("close", () => {
      dialog.remove();
      back?.focus();
      resolve(chosen);
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}

const button = (id, text, onclick, type = "button") => el("button", { class: id === "ok" ? "solid" : "plain", type, data: { dialog: id }, onclick }, text);

// alert shows a callback's answer that asks for attention (Bot API, answerCallbackQuery show_alert).
export function alert(title, text) {
  return show((done) => [el("h3", {}, title), el("p", {}, text), el("div", { class: "dialog-foot" }, button("ok", "OK", () => done(true)))]);
}

// sharing asks where to share to, among the threads that the writer of chat can use and that fit(entry) lets in.
// It resolves to { chat, topic }.
export function sharing(app, chat, fit) {
  const { state } = app;
  const me = state.writer(chat)?.id;
  const threads = state.threads().filter(({ entry }) => fit(entry) && state.writers(entry.chat.id).some((u) => u.id === me));
  return show((done) => [
    el("h3", {}, "Share to…"),
    el("div", { class: "choices" }, threads.map((t) => el("button", { type: "button", data: { share: t.chat, shareTopic: t.topic }, onclick: () => done({ chat: t.chat, topic: t.topic }) },
      chatFace(state, t.entry), el("span", {}, chatTitle(state, t.entry), t.name && el("small", {}, `${t.icon ?? ""} ${t.name}`))))),
    el("div", { class: "dialog-foot" }, button("cancel", "Cancel", () => done(null))),
  ]);
}

// location asks for a place: a city, or degrees. It resolves to { latitude, longitude }.
export function location() {
  return show((done) => {
    const latitude = number("Latitude", 90);
    const longitude = number("Longitude", 180);
    const onsubmit = (event) => {
      event.preventDefault();
      done({ latitude: latitude.input.valueAsNumber, longitude: longitude.input.valueAsNumber });
    };
    const cities = CITIES.map(([name, lat, lon]) => el("button", { type: "button", data: { city: name }, onclick: () => done({ latitude: lat, longitude: lon }) }, icon("pin"), name));
    return [
      el("h3", {}, "Share a location"),
      el("div", { class: "cities" }, cities),
      el("form", { class: "degrees", onsubmit }, latitude.label, longitude.label,
        el("div", { class: "dialog-foot" }, button("cancel", "Cancel", () => done(null)), button("ok", "Share", undefined, "submit"))),
    ];
  });
}

function number(name, bound) {
  const input = el("input", { type: "number", name: name.toLowerCase(), step: "any", min: -bound, max: bound, required: true, placeholder: "0.0" });
  return { input, label: el("label", {}, name, input) };
}
