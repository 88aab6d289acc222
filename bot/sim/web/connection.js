// Keeps the page in step with the program: the state once, then server-sent events. After a break it reads the
// whole state anew, because the program may have been started again in between.

const DELAYS = [400, 800, 1500, 3000]; // ms between attempts; the last one repeats
const STOPPED_AFTER = 3; // failed attempts before the page says that the program was stopped

export class Connection {
  #source = null;
  #failures = 0;

  // load() reads the state and resolves to the number of its last event; apply(event) takes an event;
  // status(name) hears "open", "lost" or "stopped".
  constructor({ load, apply, status }) {
    Object.assign(this, { load, apply, status });
  }

  async start() {
    try {
      const after = await this.load();
      this.#listen(after);
    } catch (error) {
      console.warn(error);
      this.#retry();
    }
  }

  #listen(after) {
    const source = new EventSource("/app/events?after=" + encodeURIComponent(after));
    this.#source = source;
    source.onopen = () => {
      this.#failures = 0;
      this.status("open");
    };
    source.onmessage = (event) => this.#take(event.data);
    source.onerror = () => {
      source.close();
      if (this.#source === source) this.#retry();
    };
  }

  #take(data) {
    const event = JSON.parse(data);
    if (event.type !== "reload") return this.apply(event);
    this.#source.close();
    this.start();
  }

  #retry() {
    this.#source = null;
    this.status(this.#failures < STOPPED_AFTER ? "lost" : "stopped");
    const delay = DELAYS[Math.min(this.#failures, DELAYS.length - 1)];
    this.#failures += 1;
    setTimeout(() => this.start(), delay);
  }
}
