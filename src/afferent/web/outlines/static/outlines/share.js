// The address of a link goes out by the device's own share sheet, or onto the clipboard where there is none. Without
// script, or without either, it stands on the page to be read, marked or scanned.
(function () {
  "use strict";

  function mark(where) {
    var range = document.createRange();
    range.selectNodeContents(where);
    var selection = window.getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
  }

  document.querySelectorAll("[data-share]").forEach(function (button) {
    var where = document.getElementById(button.dataset.share);
    var says = document.querySelector("[data-shared]");
    var sheet = typeof navigator.share === "function";
    var clipboard = navigator.clipboard && typeof navigator.clipboard.writeText === "function";

    function copy() {
      if (!clipboard) {
        mark(where);
        says.textContent = "Marked. Copy it with your device.";
        return Promise.resolve();
      }
      return navigator.clipboard.writeText(where.textContent.trim()).then(function () {
        says.textContent = "Copied. Paste it into a message to the client.";
      }, function () {
        mark(where);
        says.textContent = "Marked. Copy it with your device.";
      });
    }

    button.textContent = sheet ? "Share it" : "Copy it";
    button.hidden = false;
    button.addEventListener("click", function () {
      if (!sheet) { return copy(); }
      return navigator.share({ title: button.dataset.title, url: where.textContent.trim() }).then(function () {
        says.textContent = "Handed to your device.";
      }, function (error) {
        return error && error.name === "AbortError" ? undefined : copy();  // closed without choosing: nothing happened
      });
    });
  });
})();
