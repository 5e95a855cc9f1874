/* Inside a widget's frame: says how high it is, and asks now and then whether a verdict has landed. */
(function () {
  "use strict";

  var widget = document.querySelector(".widget");
  var content = document.getElementById("content");
  // WordPress puts a secret into the address of a frame that it made from a pasted link.
  var secret = (/[?&]secret=(\w+)/.exec(location.hash) || [])[1];

  function tell(message) {
    if (parent !== window) parent.postMessage(message, "*");
  }

  function tellHeight() {
    var height = Math.ceil(widget.getBoundingClientRect().height);
    tell({ borneoutHeight: height });
    if (secret) tell({ message: "height", value: height, secret: secret });
  }

  // Before it says how high it is: the page around it then leaves what it had.
  function tellRefusal(page) {
    var said = page.querySelector("[data-refused]");
    if (said) tell({ borneoutRefused: said.textContent });
    return said;
  }

  tellRefusal(document);
  new ResizeObserver(tellHeight).observe(widget);
  addEventListener("load", tellHeight);
  if (secret) {
    // Its frames may not open windows: the page around them follows the link.
    addEventListener("click", function (event) {
      var link = event.target.closest("a[href]");
      if (!link || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      tell({ message: "link", value: link.href, secret: secret });
    });
  }
  if (!content) return;

  var usual = Number(widget.dataset.ask) * 1000;
  var most = 3600 * 1000;
  var wait = usual;
  var timer = 0;
  var asking = false;
  var known = null;

  // The browser asks with what it has: an answer that nothing changed is a few bytes.
  async function ask() {
    asking = true;
    try {
      var answer = await fetch(location.href.split("#")[0], { cache: "no-cache", credentials: "omit" });
      var gone = answer.status === 404;
      if (!answer.ok && !gone) throw new Error(String(answer.status));
      wait = gone ? most : usual;
      var tag = answer.headers.get("ETag");
      if (gone || known !== tag) {
        known = tag;
        show(new DOMParser().parseFromString(await answer.text(), "text/html"));
      }
    } catch {
      wait = Math.min(wait * 2, most);
    }
    asking = false;
    later();
  }

  // Only what changed is put in place, so that nothing flashes.
  function show(page) {
    var refusal = tellRefusal(page);
    // It was there, and is not for readers any more.
    if (refusal) content.replaceChildren(refusal);
    var fresh = page.getElementById("content");
    if (!fresh || fresh.innerHTML === content.innerHTML) return;
    content.replaceChildren(...fresh.childNodes);
    widget.classList.add("fresh");
    var ask = page.querySelector(".widget").dataset.ask;
    usual = wait = Number(ask) * 1000;
    var said = widget.querySelector("[role=status]");
    said.textContent = said.dataset.words;
  }

  function later() {
    clearTimeout(timer);
    timer = setTimeout(function () {
      if (document.hidden) {
        // Nobody looks: ask less and less, and at once when somebody does again.
        wait = Math.min(wait * 2, most);
        later();
      } else {
        ask();
      }
    }, wait);
  }

  document.addEventListener("visibilitychange", function () {
    if (!document.hidden && wait > usual && !asking) {
      wait = usual;
      ask();
    }
  });
  later();
})();
