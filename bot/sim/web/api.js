// The program's HTTP endpoints. Every method throws ApiError with a sentence that can be shown as it is.

const WAIT = 15000; // ms; the server itself waits at most 10 s for the bot

class ApiError extends Error {}

async function answer(path, init) {
  let response;
  try {
    response = await fetch(path, { ...init, signal: AbortSignal.timeout(WAIT) });
  } catch (cause) {
    const late = cause.name === "TimeoutError";
    throw new ApiError(late ? "The bot took too long to answer." : "Herald can’t be reached. Is it still running?", { cause });
  }
  const body = await response.json().catch(() => ({}));
  if (!response.ok || body.error) throw new ApiError(body.error || `The program answered ${response.status}.`);
  return body;
}

function post(path, body) {
  return answer(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
}

// A place is { user, chat, topic }: who acts, and where; topic 0 is the main thread.
export const api = {
  state: () => answer("/app/state", { cache: "no-store" }),
  send: (place, text, replyTo) => post("/app/send", { ...place, text, ...(replyTo && { reply_to: replyTo }) }),
  press: ({ user, chat }, message, data) => post("/app/press", { user, chat, message, data }),
  inline: (place, query, offset) => post("/app/inline", { ...place, query, offset }),
  choose: (place, query, result) => post("/app/choose", { ...place, query_id: query, result_id: result }),
  location: (place, latitude, longitude) => post("/app/location", { ...place, latitude, longitude }),
  join: ({ user, chat }, what) => post("/app/join", { user, chat, do: what }),
  action: (id) => post("/app/action", { id }),
  upload({ user, chat, topic }, file, caption) {
    const form = new FormData();
    for (const [name, value] of Object.entries({ user, chat, topic, caption })) form.append(name, value);
    form.append("file", file);
    return answer("/app/upload", { method: "POST", body: form });
  },
  fileURL: (id) => "/app/file/" + encodeURIComponent(id),
};
