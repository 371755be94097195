// Says in the page when a passkey was not used; allauth's own script only writes it into the console.
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const said = document.getElementById("passkey-fault");
  if (!said) return;
  said.hidden = true;
  requestAnimationFrame(() => { said.hidden = false; });
});
