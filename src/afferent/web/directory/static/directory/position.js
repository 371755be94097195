// "Use my position": the device rounds it to a twentieth of a degree (about 5 km) before anything is written, and writes
// it into the field, where it can be read and changed. It is sent with the form and kept nowhere.
"use strict";
(() => {
  const button = document.getElementById("position");
  const field = document.getElementById("where");
  const said = document.getElementById("position-said");
  if (!button || !field || !navigator.geolocation || !window.isSecureContext) return;
  const STEP = 0.05;
  const rounded = (degrees) => (Math.round(degrees / STEP) * STEP).toFixed(2);
  button.hidden = false;
  button.addEventListener("click", () => {
    said.textContent = "Asking this device …";
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        field.value = `${rounded(coords.latitude)}, ${rounded(coords.longitude)}`;
        said.textContent = "Rounded on this device to about 5 km (3 miles). Only that is sent, and nobody keeps it.";
        field.focus();
      },
      () => {
        said.textContent = "This device does not tell where it is. Write a ZIP code or a city instead.";
        field.focus();
      },
      { enableHighAccuracy: false, timeout: 10000, maximumAge: 600000 },
    );
  });
})();
