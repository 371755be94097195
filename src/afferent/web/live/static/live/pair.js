// The square and the four digits that let the client's device in, and the sign that both faces show meanwhile.

const told = JSON.parse(document.getElementById("live").textContent);
const part = (id) => document.getElementById(id);
const LOOK = 1000; // ms

let looking = null;

async function ask(address, data = {}) {
  const answer = await fetch(address, {
    method: "POST", headers: { "X-CSRFToken": told.token, "Content-Type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams(data),
  });
  return answer.json();
}

async function open() {
  const made = await ask(told.pair);
  part("pair-code").textContent = made.code;
  part("pair-address").textContent = made.typed;
  part("pair-square").innerHTML = made.square; // our own drawing, made by our own server
  part("pairing").dataset.state = "open";
  clearInterval(looking);
  looking = setInterval(look, LOOK);
}

async function look() {
  let found;
  try {
    found = await (await fetch(told.pair)).json();
  } catch {
    return; // asked again
  }
  part("pairing").dataset.state = found.state;
  part("pair-sign").textContent = found.sign;
  part("pairing").dataset.which = found.which;
  if (found.state === "linked" || found.state === "over") clearInterval(looking);
}

part("pair-open").addEventListener("click", open);
part("pair-yes").addEventListener("click", async () => {
  await ask(told.pair, { yes: part("pairing").dataset.which });
  look();
});
part("pair-no").addEventListener("click", async () => {
  await ask(told.pair, { no: "1" });
  open();
});
