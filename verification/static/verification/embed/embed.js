/* Borne Out, widgets: turns <div data-borneout="claim:slug"> into a frame that sizes itself.
   Also source:slug, leaderboard, leaderboard:beat, latest, latest:beat. Attributes: data-theme (light, dark),
   data-accent (#1f4e79), data-lang (en, fr). No cookies, nothing from anybody else. */
(function () {
  "use strict";

  var script = document.currentScript;
  if (!script) return;
  var home = new URL(script.src, location.href);
  var kinds = {
    claim: { slug: true },
    source: { slug: true },
    leaderboard: {},
    latest: {},
  };
  // Milliseconds that a page that has loaded may take to say that it is a widget.
  var patience = 5000;
  var placed = [];

  // What cannot be shown is said where authors look, and what stands in the element stays.
  function complain(element, words) {
    console.warn("Borne Out: " + words, element);
  }

  function address(element) {
    var asked = (element.getAttribute("data-borneout") || "").trim().split(":");
    var kind = Object.prototype.hasOwnProperty.call(kinds, asked[0]) ? kinds[asked[0]] : null;
    var slug = asked[1] || "";
    if (!kind || asked.length > 2 || (slug && !/^[-\w]+$/.test(slug)) || (kind.slug && !slug)) {
      complain(element, "data-borneout takes claim:slug, source:slug, leaderboard or latest (with :beat, if you like).");
      return null;
    }
    var url = new URL("/embed/" + asked[0] + "/" + (kind.slug ? slug + "/" : ""), home);
    if (!kind.slug && slug) url.searchParams.set("beat", slug);
    ["theme", "accent", "lang"].forEach(function (name) {
      var value = (element.getAttribute("data-" + name) || "").trim().replace(/^#/, "");
      if (/^[-\w]{1,20}$/.test(value)) url.searchParams.set(name, value);
      else if (value) complain(element, "data-" + name + " cannot be used.");
    });
    return url.href;
  }

  function place(element) {
    if (element.hasAttribute("data-borneout-placed")) return;
    element.setAttribute("data-borneout-placed", "");
    var found = address(element);
    if (!found) return;
    var frame = document.createElement("iframe");
    frame.src = found;
    frame.title = (element.textContent || "").replace(/\s+/g, " ").trim().slice(0, 200) || "Borne Out";
    frame.setAttribute("loading", "lazy");
    frame.setAttribute("scrolling", "no");
    frame.setAttribute("referrerpolicy", "no-referrer");
    frame.setAttribute("sandbox", "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox");
    var one = { element: element, frame: frame, kept: null };
    // Unseen beside the words that stand there, until it says how high it is: only a widget does.
    frame.height = 1;
    frame.style.cssText = "display:block;width:100%;border:0;visibility:hidden;margin-bottom:-1px";
    frame.addEventListener("load", function () {
      setTimeout(function () {
        if (!one.kept) leave(one, "no widget was answered, or nothing at all.");
      }, patience);
    });
    element.appendChild(frame);
    placed.push(one);
  }

  function show(one, height) {
    one.frame.height = Math.ceil(height);
    if (one.kept) return;
    // Not the other way round: a frame that is moved loads again.
    one.kept = Array.prototype.filter.call(one.element.childNodes, function (node) {
      return node !== one.frame;
    });
    one.kept.forEach(function (node) {
      one.element.removeChild(node);
    });
    one.frame.style.cssText = "display:block;width:100%;border:0";
  }

  // The element as it was.
  function leave(one, words) {
    if (placed.indexOf(one) < 0) return;
    placed.splice(placed.indexOf(one), 1);
    complain(one.element, one.frame.src + " cannot be shown: " + words);
    if (one.frame.parentNode === one.element) {
      (one.kept || []).forEach(function (node) {
        one.element.insertBefore(node, one.frame);
      });
    }
    one.frame.remove();
  }

  function scan() {
    document.querySelectorAll("[data-borneout]").forEach(place);
  }

  // Only a frame of ours, on our own address, may say how high it is, or that it shows nothing.
  addEventListener("message", function (event) {
    if (event.origin !== home.origin || !event.data) return;
    var height = Number(event.data.borneoutHeight);
    placed.slice().forEach(function (one) {
      if (one.frame.contentWindow !== event.source) return;
      if (event.data.borneoutRefused) leave(one, String(event.data.borneoutRefused));
      else if (height > 0 && height < 10000) show(one, height);
    });
  });

  scan();
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", scan);
  // For pages that add articles as one reads: call it after.
  window.borneout = { scan: scan };
})();
