// A tap on a figure ticks the box of that region in the list, and a ticked box marks the figure. The list works alone:
// without this script nothing is missing but the tap. The keyboard stays in the list.
(function () {
  "use strict";

  function list(text) {
    return text ? text.split(" ") : [];
  }

  function start(map) {
    var boxes = {};
    var said = map.querySelector("[data-map-said]");
    var shapes = Array.prototype.slice.call(map.querySelectorAll("path[data-in]"));
    Array.prototype.forEach.call(map.querySelectorAll("input[type=checkbox][name=zone]"), function (box) {
      boxes[box.value] = box;
    });

    function inside(shape) {
      return list(shape.getAttribute("data-in"));
    }

    function around(shape) {
      return list(shape.getAttribute("data-around"));
    }

    function ticked(zone) {
      return Boolean(boxes[zone] && boxes[zone].checked);
    }

    function marked(shape) {
      return inside(shape).some(ticked) || around(shape).some(ticked);
    }

    function paint() {
      shapes.forEach(function (shape) {
        var look = shape.ownerSVGElement;
        shape.setAttribute("fill", look.getAttribute(marked(shape) ? "data-on" : "data-off"));
      });
    }

    function say(zone, on) {
      if (boxes[zone]) {
        said.textContent = boxes[zone].getAttribute("data-said") + (on ? ": marked" : ": not marked");
      }
    }

    function strength(zone) {
      return map.querySelector('input[name="strength.' + zone + '"]:checked');
    }

    function copyStrength(from, to) {
      var chosen = strength(from);
      if (chosen && !strength(to)) {
        var same = map.querySelector('input[name="strength.' + to + '"][value="' + chosen.value + '"]');
        if (same) { same.checked = true; }
      }
    }

    // "All of the sole" without the heel is every other part of it, each as strong as the whole was said to be.
    function open(zone, without) {
      boxes[zone].checked = false;
      shapes.forEach(function (shape) {
        var part = shape.getAttribute("data-region");
        if (shape !== without && shape.ownerSVGElement === without.ownerSVGElement && around(shape).indexOf(zone) >= 0) {
          if (boxes[part]) {
            boxes[part].checked = true;
            copyStrength(zone, part);
          }
        }
      });
    }

    function unanswer() {
      var other = map.querySelector("input[name=answer]:checked");
      if (other && other.value) { other.checked = false; }
    }

    function tap(shape) {
      var region = shape.getAttribute("data-region");
      var on = !marked(shape);
      if (on) {
        (boxes[region] ? [region] : inside(shape)).forEach(function (zone) { boxes[zone].checked = true; });
        unanswer();
      } else {
        inside(shape).forEach(function (zone) { boxes[zone].checked = false; });
        around(shape).filter(ticked).forEach(function (zone) { open(zone, shape); });
      }
      paint();
      say(boxes[region] ? region : inside(shape)[0], on);
    }

    map.addEventListener("click", function (event) {
      var shape = event.target.closest ? event.target.closest("path[data-in]") : null;
      if (shape) { tap(shape); }
    });
    map.addEventListener("change", function (event) {
      if (event.target.name === "zone") {
        if (event.target.checked) { unanswer(); }
        paint();
        say(event.target.value, event.target.checked);
      }
    });
    map.setAttribute("data-map", "ready");
    paint();
  }

  Array.prototype.forEach.call(document.querySelectorAll("[data-map]"), start);
})();
