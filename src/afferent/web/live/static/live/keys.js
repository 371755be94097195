// Keys on the client's face: a keyboard, a switch, a foot pedal.
//
// In one-switch mode every key is STOP. Otherwise Escape, S, 1 and the F-keys are; 2 to 4 are the other three buttons. A
// question from 0 to 10 takes no digit for a button. Ask here: `listen(press)`.

const STOP = /^(Escape|s|S|F\d+|PageDown|PageUp|MediaPlayPause)$/;
const OTHERS = ["ease_off", "good", "changed"]; // on 2, 3 and 4
const body = document.body;

export function listen(press) {
  document.addEventListener("keydown", (event) => {
    if (event.repeat || event.ctrlKey || event.altKey || event.metaKey) return;
    const digit = body.dataset.rating ? 0 : Number(event.key);
    if ((body.dataset.oneSwitch && event.key !== "Tab") || STOP.test(event.key) || digit === 1) {
      event.preventDefault();
      press("stop");
    } else if (OTHERS[digit - 2]) {
      document.querySelector(`[data-word="${OTHERS[digit - 2]}"]`).click();
    }
  });
  document.getElementById("one-switch").addEventListener("click", (event) => {
    const on = body.dataset.oneSwitch ? "" : "yes";
    if (on) body.dataset.oneSwitch = on;
    else delete body.dataset.oneSwitch;
    event.currentTarget.setAttribute("aria-pressed", String(Boolean(on)));
    event.currentTarget.blur();
  });
}
