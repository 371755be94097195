// "Hear it" reads the question and its answers aloud, with a voice that lives in this device: nothing is sent anywhere.
// Where there is no such voice the button stays hidden, and nothing else is missing.
(function () {
  "use strict";
  var button = document.querySelector("[data-hear-button]");
  var speech = window.speechSynthesis;
  if (!button || !speech || !window.SpeechSynthesisUtterance) { return; }
  var language = document.documentElement.lang || "en";
  var words = button.textContent;

  function voice() {
    var mine = speech.getVoices().filter(function (one) {
      return one.localService === true && one.lang.toLowerCase().indexOf(language) === 0;
    });
    return mine.filter(function (one) { return one.default; })[0] || mine[0];
  }

  function show() { button.hidden = !voice(); }

  function lines() {
    var silent = document.querySelectorAll(".unseen, [data-unheard]");
    Array.prototype.forEach.call(silent, function (one) { one.hidden = true; });
    var found = [];
    Array.prototype.forEach.call(document.querySelectorAll("[data-hear]"), function (part) {
      found = found.concat(part.innerText.split("\n"));
    });
    Array.prototype.forEach.call(silent, function (one) { one.hidden = false; });
    return found.filter(function (line) { return line.trim(); });
  }

  function quiet() {
    speech.cancel();
    button.textContent = words;
  }

  button.addEventListener("click", function () {
    if (speech.speaking || speech.pending) { quiet(); return; }
    var all = lines();
    button.textContent = "Stop reading";
    all.forEach(function (line, n) {
      var said = new window.SpeechSynthesisUtterance(line);
      said.voice = voice();
      said.lang = language;
      said.rate = 0.9;
      if (n === all.length - 1) { said.onend = function () { button.textContent = words; }; }
      speech.speak(said);
    });
  });
  window.addEventListener("pagehide", quiet);
  if (speech.addEventListener) { speech.addEventListener("voiceschanged", show); }
  show();
})();
