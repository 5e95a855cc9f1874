// The intake page works without this. With it, a page that one reads comes here by one click, and an
// article's claims are walked, ticked and logged by keyboard.
(() => {
  "use strict";

  // --- Before: what a bookmark brings --------------------------------------------------------------

  // Runs on the page that is read, so it takes what is seen there and sends it nowhere but here, in
  // the part of an address that browsers keep to themselves.
  const take = (there) => {
    const said = (name) => {
      const one = document.querySelector(`meta[property="${name}"],meta[name="${name}"]`);
      return one ? one.content : "";
    };
    const body = document.querySelector("article") || document.querySelector("main") || document.body;
    const text = String(getSelection()).trim() || body.innerText;
    const found = {
      url: location.href,
      title: said("og:title") || document.title,
      outlet: said("og:site_name"),
      published: said("article:published_time").slice(0, 10),
      text: text.slice(0, 100000),
    };
    open(`${there}#${new URLSearchParams(found)}`);
  };

  const start = document.querySelector("[data-intake-start]");
  if (start) {
    const box = document.querySelector("[data-bookmarklet]"), link = box.querySelector("a");
    const there = link.href;
    link.href = `javascript:(${take})(${JSON.stringify(there)})`;
    link.addEventListener("click", (event) => {
      event.preventDefault();
      const says = box.querySelector("[data-bookmarklet-said]");
      says.textContent = says.dataset.says;
    });
    box.hidden = false;

    const brought = new URLSearchParams(location.hash.slice(1));
    if (brought.has("text") || brought.has("url")) {
      for (const name of ["url", "title", "outlet", "published", "text"]) {
        if (brought.get(name)) start.elements[name].value = brought.get(name);
      }
      // Nobody has set that day by hand: it is the page's, as long as it is the one that was brought.
      const day = brought.get("published");
      for (const [name, value] of day ? [["counted", day], ["dated", "page"]] : []) {
        const kept = document.createElement("input");
        Object.assign(kept, { type: "hidden", name, value });
        start.append(kept);
      }
      start.querySelector("details").open = true;
      // Neither the history nor a link that is copied shall hold somebody's article.
      history.replaceState(null, "", location.pathname);
      start.querySelector("[value=read]").focus();
    } else if (!start.querySelector(".wrong")) {
      start.elements.text.focus({ preventScroll: true });
    }
    start.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        start.requestSubmit(start.querySelector("[value=read]"));
      }
    });
  }

  // --- After: the sheet ------------------------------------------------------------------------------

  const sheet = document.querySelector("[data-intake-sheet]");
  if (!sheet) return;
  const cards = [...sheet.querySelectorAll("[data-card]")];
  const spans = [...sheet.querySelectorAll("[data-span]")];
  const panel = document.querySelector("[data-keys-panel]");
  const article = sheet.querySelector("[data-article]");
  const tick = (card) => card.querySelector(".card-tick input");
  const log = sheet.querySelector("[value=log]");
  let at = -1;

  function choose(place, { focus = true, scroll = true } = {}) {
    if (place < 0 || place >= cards.length) return;
    at = place;
    const number = cards[at].dataset.card;
    cards.forEach((card, i) => card.classList.toggle("current", i === at));
    spans.forEach((span) => span.classList.toggle("current", span.dataset.span === number));
    if (focus) cards[at].focus({ preventScroll: true });
    if (!scroll) return;
    cards[at].scrollIntoView({ block: "nearest" });
    const span = spans.find((one) => one.dataset.span === number), pane = article.parentElement;
    if (span && pane.scrollHeight > pane.clientHeight) {
      const place = span.getBoundingClientRect(), seen = pane.getBoundingClientRect();
      if (place.top < seen.top || place.bottom > seen.bottom) {
        pane.scrollTop += place.top - seen.top - seen.height / 3;
      }
    }
  }
  function count() {
    const ticked = cards.filter((card) => tick(card).checked);
    cards.forEach((card) => card.classList.toggle("ticked", tick(card).checked));
    spans.forEach((span) => {
      span.classList.toggle("ticked", ticked.some((card) => card.dataset.card === span.dataset.span));
    });
    if (log) sheet.querySelector("[data-ticked]").textContent = ticked.length ? `(${ticked.length})` : "";
  }
  function fromSelection() {
    const selection = getSelection();
    const inside = selection.rangeCount && article.contains(selection.anchorNode)
      && article.contains(selection.focusNode);
    const words = selection.rangeCount ? selection.getRangeAt(0).cloneContents() : null;
    if (inside) {
      words.querySelectorAll(".span-number").forEach((one) => one.remove());
      sheet.querySelector("[data-selected]").value = words.textContent.trim();
    }
    sheet.requestSubmit(sheet.querySelector("[data-add]"));
  }

  sheet.addEventListener("change", count);
  count();
  sheet.querySelector("[data-add]").addEventListener("click", (event) => {
    if (!String(getSelection()).trim() || !article.contains(getSelection().anchorNode)) return;
    if (sheet.querySelector("[data-selected]").value) return;
    event.preventDefault();
    fromSelection();
  });
  cards.forEach((card, i) => {
    card.addEventListener("focusin", () => choose(i, { focus: false, scroll: false }));
  });
  spans.forEach((span) => {
    span.addEventListener("click", (event) => {
      if (String(getSelection()).trim()) return;
      event.preventDefault();
      choose(cards.findIndex((card) => card.dataset.card === span.dataset.span));
    });
  });
  sheet.querySelectorAll("[data-fill]").forEach((button) => {
    button.addEventListener("click", () => {
      document.getElementById(button.dataset.fill).value = button.textContent.trim();
      button.closest(".badge-line").remove();
    });
  });

  // A day that the editor chose is not the source's, and its wording was printed of another one; where
  // the day was only misread, a button gives both back. The server does the same without a script.
  cards.forEach((card) => {
    const field = (name) => card.querySelector(`[name$="-${name}"]`);
    const note = card.querySelector("[data-moved]");
    const said = JSON.parse(field("said").value || "{}");
    const others = ["deadline_text", "deadline_precision", "deadline_basis"];
    const put = (values) => others.forEach((name) => {
      if (name in values) field(name).value = values[name];
    });
    const same = (text) => text.split(/\s+/).join(" ").trim() === (said.deadline_text || "").trim();
    if (!note) return;
    const keep = note.querySelector("[data-keep]");

    field("deadline").addEventListener("change", () => {
      const day = field("deadline").value, wording = field("deadline_text").value;
      if (!day || day === field("for_day").value) return;
      field("for_day").value = day;
      if (day === said.deadline) {
        if (!wording) put(said);
      } else {
        put({ deadline_basis: "newsroom" });
        if (same(wording)) put({ deadline_text: "", deadline_precision: "day" });
      }
      note.hidden = day === said.deadline || Boolean(field("deadline_text").value);
      keep.hidden = false;
      field("deadline_text").dispatchEvent(new Event("input", { bubbles: true }));
    });
    keep.hidden = false;
    keep.addEventListener("click", () => {
      put(said);
      note.hidden = true;
      field("deadline_text").dispatchEvent(new Event("input", { bubbles: true }));
      card.focus({ preventScroll: true });
    });
  });

  // One article is of one beat: the one that is chosen for a claim is offered for all of them.
  const forAll = sheet.querySelector("[name=all_beat]");
  // Whoever types another beat has looked at it.
  function looked(beat) {
    const field = beat.closest(".field"), note = field.querySelector(".note");
    field.classList.remove("vague");
    if (note) note.remove();
  }
  cards.forEach((card) => {
    const beat = card.querySelector('[name$="-beat"]');
    const beats = cards.map((one) => one.querySelector('[name$="-beat"]'));
    const offer = card.querySelector("[data-beat-offer]");
    beat.addEventListener("input", () => looked(beat));
    if (!forAll) return;
    const differs = () => beat.value.trim() && beats.some((one) => one.value !== beat.value);
    let was = beat.value;
    // What is taken from the list of names is no "change" to a browser.
    beat.addEventListener("focusout", () => {
      if (beat.value === was) return;
      was = beat.value;
      cards.forEach((one) => { one.querySelector("[data-beat-offer]").hidden = true; });
      offer.hidden = !differs();
      if (beat.value.trim()) forAll.value = beat.value;
    });
    offer.querySelector("button").addEventListener("click", () => {
      beats.forEach((one) => {
        one.value = beat.value;
        looked(one);
      });
      offer.hidden = true;
      card.focus({ preventScroll: true });
    });
  });

  // What is said of some words of a statement is said while they stand in it.
  cards.forEach((card) => {
    const statement = card.querySelector('[name$="-statement"]');
    const plain = (text) => text.replaceAll("’", "'");
    statement.addEventListener("input", () => {
      card.querySelectorAll("[data-about]").forEach((note) => {
        note.hidden = !plain(statement.value).includes(plain(note.dataset.about));
      });
    });
  });

  // Criteria that nobody wrote follow the statement and the deadline; of others the days are told.
  cards.forEach((card) => {
    const field = (name) => card.querySelector(`[name$="-${name}"]`);
    const criteria = field("criteria"), kept = field("proposed");
    const same = () => criteria.value.split(/\s+/).join(" ") === kept.value.split(/\s+/).join(" ");
    let timer, asked = 0;

    async function follow() {
      const mine = ++asked, query = new URLSearchParams({
        statement: field("statement").value,
        deadline: field("deadline").value,
        wording: field("deadline_text").value,
        language: sheet.elements.language.value,
        criteria: criteria.value,
      });
      const answer = await fetch(`${card.dataset.criteria}?${query}`);
      if (!answer.ok || mine !== asked) return;
      const { proposed, said } = await answer.json();
      const untouched = same();
      if (untouched) criteria.value = kept.value = proposed;
      card.querySelector("[data-days]").textContent = untouched ? "" : said;
    }
    for (const name of ["statement", "deadline", "deadline_text", "criteria"]) {
      for (const event of ["input", "change"]) {
        field(name).addEventListener(event, () => {
          clearTimeout(timer);
          timer = setTimeout(follow, 350);
        });
      }
    }
  });

  // Names and what is logged already are looked up as one types.
  sheet.querySelector("[data-look]").hidden = true;
  const keys = sheet.querySelector("[data-keys]");
  keys.hidden = false;
  keys.addEventListener("click", () => panel.showModal());

  const does = {
    j: () => choose(Math.min(at + 1, cards.length - 1)),
    k: () => choose(Math.max(at - 1, 0)),
    x: () => at >= 0 && tick(cards[at]).click(),
    d: () => at >= 0 && cards[at].querySelector('[name$="-deadline"]').focus(),
    e: () => at >= 0 && cards[at].querySelector("textarea").focus(),
    o: () => {
      if (at < 0) return;
      const folds = [...cards[at].querySelectorAll("details")], shut = folds.some((one) => !one.open);
      folds.forEach((one) => { one.open = shut; });
    },
    n: fromSelection,
    "?": () => panel.showModal(),
  };
  does.ArrowDown = does.j;
  does.ArrowUp = does.k;
  does[" "] = does.x;

  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !panel.open) {
      event.preventDefault();
      sheet.requestSubmit(log || sheet.querySelector("[data-add]"));
      return;
    }
    const on = event.target;
    const typing = on.matches("input:not([type=checkbox]), select, textarea");
    if (event.key === "Escape" && typing && at >= 0) {
      cards[at].focus({ preventScroll: true });
      return;
    }
    if (typing || panel.open || event.ctrlKey || event.metaKey || event.altKey) return;
    const own = on.matches("a, button, summary, input, .intake-article");
    if (own && (event.key === " " || event.key.startsWith("Arrow"))) return;
    if (!Object.hasOwn(does, event.key)) return;
    event.preventDefault();
    does[event.key]();
  });

  // Where one was: at a claim that is new or to be mended, else at the first.
  const first = cards.findIndex((card) => "fresh" in card.dataset || card.classList.contains("faulty"));
  if (first >= 0) {
    choose(first);
    if ("fresh" in cards[first].dataset) cards[first].querySelector("textarea").focus();
  } else if (cards.length) choose(0, { scroll: false });
})();
