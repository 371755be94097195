// Locks the screen when nobody touches any tab for the clinic's minutes. Only the time of the last touch is shared
// between tabs. A running visit is never locked. The server has a lock of its own; this one hides what is shown.
(() => {
  const own = document.currentScript;
  // Whoever signs out leaves nothing of a visit on this device, but for what the server has not heard yet.
  document.addEventListener("submit", (event) => {
    if (!/\/accounts\/logout\/$/.test(event.target.getAttribute("action") || "")) return;
    try {
      Object.keys(localStorage).filter((key) => key.startsWith("afferent:heard:")).forEach((key) => localStorage.removeItem(key));
    } catch { /* a browser that keeps nothing */ }
    if ("caches" in window) caches.delete("afferent-live");
  });
  const channel = "BroadcastChannel" in window ? new BroadcastChannel("afferent-lock") : null;
  if (document.querySelector("[data-lock-page]")) {
    if (channel) channel.onmessage = (event) => { if (event.data === "open") location.reload(); };
    return;
  }
  const form = document.querySelector('form[action$="/lock"]');
  if (!form) return;

  const KEY = "afferent-seen";
  const MOST = Number(own.dataset.minutes) * 60000;
  const BACK = 60000; // a clock set back further than this counts as an absence
  let mine = Date.now();
  let told = mine;
  let locking = false;

  const shared = () => { try { return Number(localStorage.getItem(KEY)) || 0; } catch { return 0; } };
  const share = () => { try { localStorage.setItem(KEY, String(mine)); } catch { /* each tab by itself */ } };
  const running = () => "running" in document.body.dataset;
  const overdue = () => {
    const away = Date.now() - Math.max(mine, shared());
    return away > MOST || away < -BACK;
  };

  function lock() {
    if (locking || running()) return;
    locking = true;
    const next = document.createElement("input");
    next.type = "hidden";
    next.name = "next";
    next.value = location.pathname + location.search;
    form.append(next);
    form.submit();
  }

  // The server hears at most once a minute that somebody is there, so that a long form is not lost to its lock.
  async function tell() {
    told = Date.now();
    try {
      const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
      const answer = await fetch(form.action.replace(/\/lock$/, "/seen"), {
        method: "POST", headers: { "X-CSRFToken": token }, redirect: "manual",
      });
      if (answer.type === "opaqueredirect") {
        location.assign(own.dataset.locked + "?next=" + encodeURIComponent(location.pathname + location.search));
      }
    } catch { /* no network: the next touch tries again */ }
  }

  function touched() {
    if (locking) return;
    if (overdue() && !running()) {
      if (channel) channel.postMessage("lock");
      lock();
      return;
    }
    const now = Date.now();
    if (now - mine > 2000) { mine = now; share(); }
    if (now - told > 60000) tell();
  }

  function look() {
    if (!overdue() || running()) return;
    if (channel) channel.postMessage("lock");
    lock();
  }

  share();
  if (channel) {
    channel.postMessage("open");
    channel.onmessage = (event) => { if (event.data === "lock") lock(); };
  }
  form.addEventListener("submit", () => { if (channel) channel.postMessage("lock"); });
  for (const kind of ["pointerdown", "keydown", "wheel", "touchstart", "input"]) {
    addEventListener(kind, touched, { passive: true, capture: true });
  }
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  document.addEventListener("visibilitychange", () => { if (!document.hidden) look(); });
  setInterval(look, 5000);
})();
