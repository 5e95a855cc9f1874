// "Already logged?" while a statement is typed. Without this it is answered when a form is sent.
(() => {
  "use strict";
  document.querySelectorAll("[data-similar]").forEach((box) => {
    const statement = document.getElementById(box.dataset.similar);
    let timer, asked = 0, told = statement.value.trim();

    async function look() {
      const text = statement.value.trim(), mine = ++asked;
      if (text === told) return;
      const chosen = box.querySelector("input:checked");
      const query = new URLSearchParams({
        statement: text, choice: box.dataset.choice || "", into: chosen ? chosen.value : "",
      });
      const answer = await fetch(`${box.dataset.url}?${query}`);
      if (!answer.ok || mine !== asked) return;
      told = text;
      // The server's own page, escaped there.
      box.innerHTML = await answer.text();
    }
    statement.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(look, 350);
    });
  });
})();
