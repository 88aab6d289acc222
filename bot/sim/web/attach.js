// The paperclip and the chat's menu: files, locations, and the bot's place in the chat.

import { api } from "./api.js";
import { byId, icon } from "./dom.js";
import { location } from "./dialogs.js";
import { openMenu } from "./menu.js";

const MAX_FILE = 20e6; // bytes; what a bot may download (Bot API, getFile)

export function mountAttach(app) {
  const clip = byId("attach");
  const file = byId("file");
  clip.append(icon("clip"));
  byId("chat-menu").append(icon("more"));
  app.shareLocation = () => shareLocation(app);
  clip.addEventListener("click", () => openMenu(clip, [
    { id: "file", icon: "file", text: "File (OPML, text…)", run: () => file.click() },
    { id: "location", icon: "pin", text: "Location", run: app.shareLocation },
  ]));
  file.addEventListener("change", () => {
    for (const one of file.files) upload(app, one);
    file.value = "";
  });
  byId("chat-menu").addEventListener("click", (event) => openMenu(event.currentTarget, chatItems(app)));
  mountDrop(app);
}

function mountDrop(app) {
  const area = byId("thread");
  area.addEventListener("dragover", (event) => event.dataTransfer.types.includes("Files") && event.preventDefault());
  area.addEventListener("drop", (event) => {
    if (event.dataTransfer.files.length === 0) return;
    event.preventDefault();
    for (const file of event.dataTransfer.files) upload(app, file);
  });
}

function upload(app, file) {
  if (file.size > MAX_FILE) return app.toast(`${file.name} is larger than the 20 MB that a bot may read.`);
  return app.act((place) => api.upload(place, file, ""));
}

async function shareLocation(app) {
  const spot = await location();
  if (spot) app.act((place) => api.location(place, spot.latitude, spot.longitude));
}

// chatItems are what the person can do to the bot here; the program's actions come along for narrow screens.
function chatItems(app) {
  const { state } = app;
  const entry = state.entry(state.open.chat);
  const inside = state.hasBot(entry);
  const privately = entry.chat.type === "private";
  const join = (what) => () => app.act((place) => api.join(place, what));
  const items = state.actions.map((a) => ({ id: "do-" + a.id, icon: "spark", text: a.label, run: () => app.runAction(a) }));
  if (privately && inside) items.push({ id: "block", icon: "block", text: "Block the bot", run: join("block") });
  if (privately && !inside) items.push({ id: "unblock", icon: "plus", text: "Unblock the bot", run: join("unblock") });
  if (!privately && inside) items.push({ id: "kick", icon: "block", text: "Remove the bot", run: join("kick") });
  if (!privately && !inside) items.push({ id: "add", icon: "plus", text: "Add the bot", run: join("add") });
  return items;
}
