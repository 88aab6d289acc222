// What the page remembers in this browser. Where storing is forbidden, nothing is remembered and nothing breaks.

export function recall(key) {
  try {
    return localStorage.getItem("herald." + key);
  } catch {
    return null; // SecurityError: the reader switched it off
  }
}

export function remember(key, value) {
  try {
    localStorage.setItem("herald." + key, value);
  } catch {
    // forbidden or full: the choice holds until the page is closed
  }
}
