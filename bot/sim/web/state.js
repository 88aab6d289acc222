// What the page knows: people, chats, messages, which chat is open, who writes, what is unread.
// It changes only through its methods, and tells of each change by an event with a detail:
// reset · open {chat, topic} · message, edit, delete {chat, topic, message} · chat {chat} · unread ·
// writer · typing {chat, topic} · notice {text}.

const KEEP = 500; // messages kept in a chat

const SERVICE = {
  new_chat_members: (m, name) => `${m.new_chat_members.map(name).join(", ")} joined`,
  left_chat_member: (m, name) => `${name(m.left_chat_member)} left`,
  new_chat_title: (m) => `The chat is now called “${m.new_chat_title}”`,
  group_chat_created: () => "Group created",
  supergroup_chat_created: () => "Group created",
  channel_chat_created: () => "Channel created",
  forum_topic_created: (m) => `Topic “${m.forum_topic_created.name}” created`,
  forum_topic_edited: (m) => `Topic renamed to “${m.forum_topic_edited.name ?? ""}”`,
  forum_topic_closed: () => "Topic closed",
  forum_topic_reopened: () => "Topic reopened",
  pinned_message: () => "Message pinned",
  migrate_to_chat_id: () => "The group became a supergroup",
  migrate_from_chat_id: () => "The group became a supergroup",
};

// serviceText is the line of a service message, "" for an ordinary one.
export function serviceText(message) {
  const key = Object.keys(SERVICE).find((k) => message[k] !== undefined);
  return key ? SERVICE[key](message, fullName) : "";
}

export function fullName(user) {
  return [user?.first_name, user?.last_name].filter(Boolean).join(" ") || user?.title || "Unknown";
}

const keyOf = (chat, topic) => `${chat}/${topic}`;

export class State extends EventTarget {
  bot = {};
  users = [];
  actions = [];
  event = 0;
  open = null; // { chat, topic }
  #chats = new Map(); // id → entry of /app/state
  #messages = new Map(); // chat id → Map(message id → message)
  #read = new Map(); // key → id of the last message seen
  #writers = new Map(); // chat id → user id chosen

  load(snapshot) {
    const first = this.#chats.size === 0;
    Object.assign(this, { bot: snapshot.bot, users: snapshot.users ?? [], actions: snapshot.actions ?? [], event: snapshot.event });
    this.#chats = new Map((snapshot.chats ?? []).map((entry) => [entry.chat.id, entry]));
    this.#messages = new Map();
    for (const [chat, list] of Object.entries(snapshot.messages ?? {})) {
      this.#messages.set(Number(chat), new Map(list.map((m) => [m.message_id, m])));
    }
    if (first) for (const { chat, topic } of this.threads()) this.#markRead(chat, topic);
    this.#emit("reset");
  }

  apply(event) {
    switch (event.type) {
      case "message":
      case "edit":
        return this.put(event.chat, event.message);
      case "delete":
        return this.#drop(event.chat, event.message_id);
      case "chat":
        this.#chats.set(event.chat.chat.id, event.chat);
        return this.#emit("chat", { chat: event.chat.chat.id });
      case "typing":
        return this.#emit("typing", { chat: event.chat, topic: event.topic ?? 0 });
      case "notice":
        return this.#emit("notice", { text: event.text });
    }
  }

  // add takes a message that an answer brought; the event of the same message may have come first, with later changes.
  add(chat, message) {
    if (!this.message(chat, message.message_id)) this.put(chat, message);
  }

  // put takes a new or changed message; the same one twice is harmless.
  put(chat, message) {
    const list = this.#messages.get(chat) ?? this.#messages.set(chat, new Map()).get(chat);
    const known = list.get(message.message_id);
    list.set(message.message_id, message);
    if (list.size > KEEP) list.delete(list.keys().next().value);
    const topic = this.topicOf(chat, message);
    if (known && JSON.stringify(known) === JSON.stringify(message)) return;
    this.#emit(known ? "edit" : "message", { chat, topic, message });
    if (!known) this.#emit("unread");
  }

  #drop(chat, id) {
    const message = this.#messages.get(chat)?.get(id);
    if (!message) return;
    this.#messages.get(chat).delete(id);
    this.#emit("delete", { chat, topic: this.topicOf(chat, message), message });
    this.#emit("unread");
  }

  entry(chat) {
    return this.#chats.get(chat);
  }

  entries() {
    return [...this.#chats.values()];
  }

  // threads are all that can be opened: a chat, or a forum's topics.
  threads() {
    return this.entries().flatMap((entry) => this.topics(entry).map((t) => ({ chat: entry.chat.id, topic: t.id, entry, name: t.name, icon: t.icon })));
  }

  // topics of a forum; a single one, 0 and nameless, of any other chat.
  topics(entry) {
    return entry.chat.is_forum && entry.topics?.length ? entry.topics : [{ id: 0, name: "", icon: "" }];
  }

  topicOf(chat, message) {
    return this.entry(chat)?.chat.is_forum && message.is_topic_message ? message.message_thread_id ?? 0 : 0;
  }

  messages(chat, topic) {
    const all = [...(this.#messages.get(chat)?.values() ?? [])].sort((a, b) => a.message_id - b.message_id);
    return all.filter((m) => this.topicOf(chat, m) === topic);
  }

  message(chat, id) {
    return this.#messages.get(chat)?.get(id);
  }

  // find returns the thread at a place, undefined where there is none.
  find(place) {
    return this.threads().find((t) => t.chat === place?.chat && t.topic === place.topic);
  }

  // go opens a chat; a chat or topic that doesn't exist leaves nothing open. null closes.
  go(place) {
    const found = this.find(place);
    this.open = found ? { chat: found.chat, topic: found.topic } : null;
    this.seen();
    this.#emit("open", this.open ?? {});
  }

  // seen marks the open chat as read, unless nobody looks at the page.
  seen() {
    if (!this.open || document.hidden) return;
    this.#markRead(this.open.chat, this.open.topic);
    this.#emit("unread");
  }

  #markRead(chat, topic) {
    this.#read.set(keyOf(chat, topic), this.messages(chat, topic).at(-1)?.message_id ?? 0);
  }

  unread(chat, topic) {
    const from = this.#read.get(keyOf(chat, topic)) ?? 0;
    return this.messages(chat, topic).filter((m) => m.message_id > from && !this.own(chat, m) && !serviceText(m)).length;
  }

  // writers are the people who may write in a chat: its person, its members, or a channel's administrators.
  writers(chat) {
    const entry = this.entry(chat);
    if (!entry) return [];
    if (entry.chat.type === "private") return this.users.filter((u) => u.id === chat);
    const ids = entry.chat.type === "channel" ? entry.admins : entry.members;
    return this.users.filter((u) => ids?.includes(u.id) && u.id !== this.bot.id);
  }

  writer(chat) {
    const all = this.writers(chat);
    return all.find((u) => u.id === this.#writers.get(chat)) ?? all[0];
  }

  setWriter(chat, user) {
    this.#writers.set(chat, user);
    this.#emit("writer");
  }

  // place is what the API needs to act in the open chat; null where nobody can.
  place() {
    const user = this.open && this.writer(this.open.chat);
    return user ? { user: user.id, chat: this.open.chat, topic: this.open.topic } : null;
  }

  own(chat, message) {
    return message.from !== undefined && !message.sender_chat && message.from.id === this.writer(chat)?.id;
  }

  // hasBot tells whether the bot is in the chat: not blocked, not removed.
  hasBot(entry) {
    return !entry.members || entry.members.includes(this.bot.id);
  }

  #emit(type, detail = {}) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
