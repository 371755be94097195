// For whoever has only Tab and Enter, or one switch: Tab stops at every answer, and Enter presses it. Arrow keys, Space
// and everything else stay as they are.
(function () {
  "use strict";

  function together(radio) {
    var all = (radio.form || document).querySelectorAll("input[type=radio]");
    return Array.prototype.filter.call(all, function (one) {
      return one.name === radio.name && one.getClientRects().length > 0;
    });
  }

  document.addEventListener("keydown", function (event) {
    var at = event.target;
    if (!at.matches || !at.matches("input[type=radio], input[type=checkbox]")) { return; }
    if (event.altKey || event.ctrlKey || event.metaKey) { return; }
    if (event.key === "Enter") {
      event.preventDefault();
      at.click();
    } else if (event.key === "Tab" && at.type === "radio") {
      var all = together(at);
      var next = all[all.indexOf(at) + (event.shiftKey ? -1 : 1)];
      if (next) {
        event.preventDefault();
        next.focus();
      }
    }
  });
})();
