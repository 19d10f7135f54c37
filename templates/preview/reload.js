/* Loads the page again when what it shows has changed. */
(function () {
  "use strict";
  var script = document.currentScript;
  var shown = script.getAttribute("data-number");
  function ask() {
    if (document.hidden) {
      document.addEventListener("visibilitychange", ask, { once: true });
      return;
    }
    fetch(new URL("changes?shown=" + shown, script.src))
      .then(function (answer) { return answer.text(); })
      .then(function (number) {
        if (number !== shown) location.reload();
        else ask();
      })
      .catch(function () { setTimeout(ask, 1000); });
  }
  ask();
})();
