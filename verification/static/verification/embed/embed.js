/* Borne Out, widgets: turns <div data-borneout="claim:slug"> into a frame that sizes itself.
   Also source:slug, leaderboard, leaderboard:beat, latest, latest:beat. Attributes: data-theme (light, dark),
   data-accent (#1f4e79), data-lang (en, fr). No cookies, nothing from anybody else. */
(function () {
  "use strict";

  var script = document.currentScript;
  if (!script) return;
  var home = new URL(script.src, location.href);
  var kinds = {
    claim: { path: "claim", slug: true, height: 320 },
    source: { path: "source", slug: true, height: 320 },
    leaderboard: { path: "leaderboard", height: 480 },
    latest: { path: "latest", height: 480 },
  };
  var frames = [];

  // What the page's author wrote wrong is said where authors look, and nothing is put in the page.
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
    var url = new URL("/embed/" + kind.path + "/" + (kind.slug ? slug + "/" : ""), home);
    if (!kind.slug && slug) url.searchParams.set("beat", slug);
    ["theme", "accent", "lang"].forEach(function (name) {
      var value = (element.getAttribute("data-" + name) || "").trim().replace(/^#/, "");
      if (/^[-\w]{1,20}$/.test(value)) url.searchParams.set(name, value);
      else if (value) complain(element, "data-" + name + " cannot be used.");
    });
    return { url: url.href, height: kind.height };
  }

  function place(element) {
    if (element.hasAttribute("data-borneout-placed")) return;
    element.setAttribute("data-borneout-placed", "");
    var found = address(element);
    if (!found) return;
    var frame = document.createElement("iframe");
    frame.src = found.url;
    frame.title = (element.textContent || "").replace(/\s+/g, " ").trim().slice(0, 200) || "Borne Out";
    frame.setAttribute("loading", "lazy");
    frame.setAttribute("scrolling", "no");
    frame.setAttribute("referrerpolicy", "no-referrer");
    frame.setAttribute("sandbox", "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox");
    frame.height = found.height;
    frame.style.cssText = "display:block;width:100%;border:0";
    // The words that stood there are for readers without a script.
    element.textContent = "";
    element.appendChild(frame);
    frames.push(frame);
  }

  function scan() {
    document.querySelectorAll("[data-borneout]").forEach(place);
  }

  // Only a frame of ours, on our own address, may say how high it is.
  addEventListener("message", function (event) {
    if (event.origin !== home.origin || !event.data) return;
    var height = Number(event.data.borneoutHeight);
    if (!(height > 0 && height < 10000)) return;
    frames.forEach(function (frame) {
      if (frame.contentWindow === event.source) frame.height = Math.ceil(height);
    });
  });

  scan();
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", scan);
  // For pages that add articles as one reads: call it after.
  window.borneout = { scan: scan };
})();
