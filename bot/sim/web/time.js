// Times as people read them, in the browser's zone. Telegram's dates are Unix seconds.

const clockFormat = new Intl.DateTimeFormat(undefined, { timeStyle: "short" });
const fullFormat = new Intl.DateTimeFormat("en", { dateStyle: "full", timeStyle: "short" });
const weekday = new Intl.DateTimeFormat("en", { weekday: "short" });
const dayMonth = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long" });
const dayMonthYear = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric" });
const shortDay = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });

const DAY = 86400000; // ms
const at = (seconds) => new Date(seconds * 1000);
const midnight = (date) => new Date(date.getFullYear(), date.getMonth(), date.getDate());

// daysAgo counts calendar days, so that 23:59 was yesterday at 00:01; rounding absorbs the hour of a clock change.
const daysAgo = (date) => Math.round((midnight(new Date()) - midnight(date)) / DAY);

export const clock = (seconds) => clockFormat.format(at(seconds));
export const fullTime = (seconds) => fullFormat.format(at(seconds));
export const dayKey = (seconds) => String(midnight(at(seconds)).getTime());
export const iso = (seconds) => at(seconds).toISOString();

export function dayName(seconds) {
  const date = at(seconds);
  const ago = daysAgo(date);
  if (ago === 0) return "Today";
  if (ago === 1) return "Yesterday";
  return (date.getFullYear() === new Date().getFullYear() ? dayMonth : dayMonthYear).format(date);
}

// shortTime is for the chat list: a clock time today, a weekday this week, else a date.
export function shortTime(seconds) {
  const date = at(seconds);
  const ago = daysAgo(date);
  if (ago <= 0) return clock(seconds);
  return ago < 7 ? weekday.format(date) : shortDay.format(date);
}
