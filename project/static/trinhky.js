/* Keeps what is typed in forms marked data-keep on the phone until the server says it has it.
   Everything works without this file; the sentences stand in templates/parts/keep.html. */
(function () {
  "use strict";
  var PREFIX = "trinhky:";
  var OLD = 3 * 24 * 3600 * 1000;
  var PATIENCE = 30000;
  var busy = false, pressed = null;
  // The pages shown one after another at this address: "back" finds them without a network.
  var shown = [document.body], current = 0;

  if (!window.fetch || !window.FormData || !window.AbortController || !Element.prototype.replaceWith) return;

  // What is kept ------------------------------------------------------------------------------

  function store(work) {
    // A phone may refuse to keep anything: then nothing is kept, and all else goes on.
    try { return work(window.localStorage); } catch (refused) { return null; }
  }

  function keyOf(form) {
    return PREFIX + document.body.dataset.user + ":" + new URL(form.getAttribute("action") || "", location.href).pathname;
  }

  function drop(isOurs) {
    store(function (kept) {
      Object.keys(kept).forEach(function (key) {
        if (key.indexOf(PREFIX) === 0 && isOurs(key)) kept.removeItem(key);
      });
    });
  }

  function boxes(form) {
    return Array.prototype.filter.call(form.elements, function (box) {
      if (!box.name || box.readOnly || /^(password|file|submit|button|reset)$/.test(box.type)) return false;
      return box.type !== "hidden" || /-TOTAL_FORMS$/.test(box.name);
    });
  }

  function typedIn(form) {
    var typed = {};
    boxes(form).forEach(function (box) {
      typed[box.name] = typed[box.name] || [];
      if (/^(checkbox|radio)$/.test(box.type) && !box.checked) return;
      typed[box.name].push(box.value);
    });
    return typed;
  }

  function seenBy(form) { return form.elements.seen ? form.elements.seen.value : ""; }

  function keep(form) {
    var kept = { at: Date.now(), seen: seenBy(form), typed: typedIn(form) };
    store(function (place) { place.setItem(keyOf(form), JSON.stringify(kept)); });
  }

  function forget(form) { store(function (place) { place.removeItem(keyOf(form)); }); }

  function keptFor(form) {
    var kept = store(function (place) { return JSON.parse(place.getItem(keyOf(form))); });
    return kept && Date.now() - kept.at < OLD ? kept : null;
  }

  // What is given back ------------------------------------------------------------------------

  function giveBack(form) {
    var kept = keptFor(form);
    if (!kept || JSON.stringify(kept.typed) === JSON.stringify(typedIn(form))) return forget(form);
    if (kept.seen === seenBy(form)) return fill(form, kept);
    var said = say(form, "older", kept.at);
    said.querySelector("[data-take]").onclick = function () { fill(form, kept); };
    said.querySelector("[data-forget]").onclick = function () { forget(form); said.remove(); };
  }

  function fill(form, kept) {
    if (names(kept.typed) === names(typedIn(form))) {
      boxes(form).forEach(function (box) { put(box, kept.typed[box.name] || []); });
      tellBack(form, kept);
    } else if (form.dataset.keep) {
      redraw(form, kept);
    }
  }

  function names(typed) { return Object.keys(typed).sort().join(); }

  function put(box, values) {
    if (/^(checkbox|radio)$/.test(box.type)) box.checked = values.indexOf(box.value) >= 0;
    else if (box.type !== "hidden" && values.length) box.value = values[0];
  }

  // The page has other rows than what was kept: the server draws it anew and saves nothing.
  function redraw(form, kept) {
    var body = new FormData();
    Array.prototype.forEach.call(form.querySelectorAll("input[type=hidden]"), function (box) {
      if (!(box.name in kept.typed)) body.append(box.name, box.value);
    });
    Object.keys(kept.typed).forEach(function (name) {
      kept.typed[name].forEach(function (value) { body.append(name, value); });
    });
    body.append(form.dataset.keep, "1");
    ask(form.action, body).then(function (answer) {
      if (!isPage(answer)) return null;
      return answer.text().then(function (html) {
        document.body.replaceWith(bodyOf(html));
        tellBack(document.querySelector("form[data-keep]"), kept);
      });
    }).catch(function () {});
  }

  function tellBack(form, kept) {
    var said = say(form, "back", kept.at);
    said.querySelector("[data-forget]").onclick = function () { forget(form); location.reload(); };
  }

  function say(form, what, at) {
    hush();
    var said = document.importNode(document.getElementById("keep-" + what).content, true).firstElementChild;
    var time = said.querySelector("time");
    if (time) time.textContent = new Date(at).toTimeString().slice(0, 5);
    said.setAttribute("data-said", "");
    if (at) form.before(said);
    else (form.querySelector(".actions") || form.querySelector("button.main")).before(said);
    if (said.scrollIntoView) said.scrollIntoView({ block: "nearest" });
    return said;
  }

  function hush() {
    Array.prototype.forEach.call(document.querySelectorAll("[data-said]"), function (said) { said.remove(); });
  }

  // Sending -----------------------------------------------------------------------------------

  function ask(address, body) {
    var patience = new AbortController();
    var timer = setTimeout(function () { patience.abort(); }, PATIENCE);
    var options = { method: "POST", body: body, credentials: "same-origin", signal: patience.signal, headers: { "X-Trinh-Ky": "1" } };
    return fetch(address, options).then(function (answer) {
      clearTimeout(timer);
      if (answer.status >= 502 && answer.status <= 504) throw new Error("lost");
      return answer;
    });
  }

  function send(form, button) {
    if (busy) return;
    busy = true;
    keep(form);
    say(form, "sending");
    var body = new FormData(form);
    if (button && button.name) body.append(button.name, button.value);
    var target = button && button.hasAttribute("formaction") ? button.formAction : new URL(form.getAttribute("action") || "", location.href).href;
    ask(target, body).then(function (answer) {
      return follow(form, answer, target);
    }).catch(function () {
      say(form, "lost").querySelector("button").onclick = function () { send(form, button); };
    }).then(function () { busy = false; });
  }

  function isPage(answer) { return (answer.headers.get("Content-Type") || "").indexOf("text/html") === 0; }

  function follow(form, answer, target) {
    if (!isPage(answer)) {
      return answer.json().then(function (told) {
        if (told.receipt) forget(form);
        location.assign(told.to);
      });
    }
    return answer.text().then(function (html) {
      show(html, target);
      Array.prototype.forEach.call(document.querySelectorAll("form[data-keep]"), keep);
    });
  }

  function bodyOf(html) {
    var page = new DOMParser().parseFromString(html, "text/html");
    document.title = page.title;
    return document.adoptNode(page.body);
  }

  function show(html, address) {
    hush();
    shown[current] = document.body;
    document.body.replaceWith(bodyOf(html));
    shown.length = current = current + 1;
    shown.push(document.body);
    history.pushState({ page: current }, "", address);
    var place = location.hash && document.getElementById(location.hash.slice(1));
    if (place) place.scrollIntoView();
    else window.scrollTo(0, 0);
    var first = place ? place.querySelector("input, select, textarea") : document.querySelector("[role=alert], h1");
    if (first) {
      if (!place) first.tabIndex = -1;
      first.focus({ preventScroll: true });
    }
  }

  // What happens on the page ------------------------------------------------------------------

  document.addEventListener("click", function (event) {
    var button = event.target.closest("button");
    pressed = button && button.form ? button : null;
  });

  document.addEventListener("input", function (event) {
    var form = event.target.form;
    if (form && form.hasAttribute("data-keep")) keep(form);
  });

  document.addEventListener("submit", function (event) {
    var form = event.target;
    // The next to hold this phone must find nothing.
    if (form.hasAttribute("data-leave")) drop(function () { return true; });
    if (!form.hasAttribute("data-keep") || !document.getElementById("keep-lost")) return;
    event.preventDefault();
    send(form, pressed && pressed.form === form ? pressed : form.querySelector("button:not([type=button])"));
  });

  window.addEventListener("popstate", function (event) {
    var page = event.state ? event.state.page : current;
    if (page === current) return;
    if (!shown[page]) return location.reload();
    shown[current] = document.body;
    document.body.replaceWith(shown[page]);
    current = page;
  });

  window.addEventListener("pageshow", function (event) {
    if (event.persisted && document.querySelector("[data-said]")) location.reload();
  });

  if (document.body.dataset.user) {
    var mine = PREFIX + document.body.dataset.user + ":";
    drop(function (key) { return key.indexOf(mine) !== 0; });
    if (document.querySelector("form[data-keep]")) history.replaceState({ page: 0 }, "");
    Array.prototype.forEach.call(document.querySelectorAll("form[data-keep]"), giveBack);
  }
})();
