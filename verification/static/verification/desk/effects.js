// What each outcome does to the records follows the day while it is typed. Without this, a button beside
// the day asks for it.
(() => {
  "use strict";
  document.querySelectorAll("[data-effects]").forEach((box) => {
    const day = document.getElementById(box.dataset.effects);
    let timer, asked = 0, told = day.value;

    async function look() {
      const typed = day.value, mine = ++asked;
      if (typed === told) return;
      const query = new URLSearchParams({ became_known_on: typed });
      const answer = await fetch(`${box.dataset.url}?${query}`);
      if (!answer.ok || mine !== asked) return;
      told = typed;
      const open = box.querySelector("details[open]") !== null;
      // The server's own page, escaped there.
      box.innerHTML = await answer.text();
      const why = box.querySelector("details");
      if (why) why.open = open;
    }
    day.form.querySelectorAll(".reckon").forEach((button) => { button.hidden = true; });
    day.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(look, 250);
    });
  });
})();
