// Keeps the screen on while a clock runs. Browsers allow it on HTTPS and on this machine itself, and may refuse when the
// battery is low; a clock is right all the same, only nobody sees it.
//
// Ask here: `possible`, `keepAwake()` (resolves to whether it is kept) and `letSleep()`, once for each.

export const possible = "wakeLock" in navigator;

let wanted = 0;
let lock = null;

export function keepAwake() {
  wanted += 1;
  return take();
}

export function letSleep() {
  wanted = Math.max(0, wanted - 1);
  if (wanted || !lock) return;
  lock.release().catch(() => {});
  lock = null;
}

async function take() {
  if (!possible) return false;
  if (lock && !lock.released) return true;
  try {
    lock = await navigator.wakeLock.request("screen");
  } catch {
    return false;
  }
  if (!wanted) letSleep();
  return true;
}

// The browser lets go whenever the page is hidden.
document.addEventListener("visibilitychange", () => {
  if (wanted && document.visibilityState === "visible") take();
});
