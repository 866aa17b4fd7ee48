(function () {
  "use strict";
  // A click on the title of a column sorts its table by it; another turns the order around.
  function value(row, place) {
    var cell = row.cells[place];
    var text = cell ? cell.textContent.trim() : "";
    if (/^\d{4}-\d\d-\d\d/.test(text)) { return text; }
    // What was believed before the first day.
    if (text === "before") { return "0"; }
    if (text.charAt(0) === "\u2248") { return 0; }
    var number = parseFloat(text.replace(/\u2212/g, "-").replace(/[,<>%]/g, ""));
    return isNaN(number) ? text : number;
  }
  function sort(title, place) {
    var body = title.closest("table").tBodies[0];
    var up = title.getAttribute("aria-sort") !== "ascending";
    var rows = Array.prototype.slice.call(body.rows);
    rows.sort(function (one, other) {
      var a = value(one, place), b = value(other, place);
      // What is blank stays last.
      if (a === "" || b === "") { return (a === "") - (b === ""); }
      var order = typeof a === typeof b ? (a < b ? -1 : a > b ? 1 : 0) : typeof a === "number" ? -1 : 1;
      return up ? order : -order;
    });
    title.parentNode.querySelectorAll("th").forEach(function (it) { it.removeAttribute("aria-sort"); });
    title.setAttribute("aria-sort", up ? "ascending" : "descending");
    rows.forEach(function (row) { body.appendChild(row); });
  }
  document.querySelectorAll("thead tr").forEach(function (row) {
    Array.prototype.forEach.call(row.cells, function (title, place) {
      if (!title.textContent.trim()) { return; }
      title.setAttribute("data-sort", "");
      title.tabIndex = 0;
      title.addEventListener("click", function () { sort(title, place); });
      title.addEventListener("keydown", function (event) {
        if (event.key === "Enter") { sort(title, place); }
      });
    });
  });
  // A link into a folded table unfolds it.
  function unfold() {
    var target = document.getElementById(location.hash.slice(1));
    for (var it = target; it; it = it.parentElement) {
      if (it.tagName === "DETAILS") { it.open = true; }
    }
    if (target) { target.scrollIntoView(); }
  }
  window.addEventListener("hashchange", unfold);
  if (location.hash) { unfold(); }
  // On paper nothing can be unfolded.
  window.addEventListener("beforeprint", function () {
    document.querySelectorAll("details").forEach(function (it) { it.open = true; });
  });
})();
