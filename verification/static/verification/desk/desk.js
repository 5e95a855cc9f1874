// The desk works without this. With it, names are suggested, rows are added in place, a day after the
// deadline is pointed out while it is typed, and nobody leaves what they typed without being asked.
(() => {
  "use strict";
  let lists = 0;

  // A text field that suggests: the combobox pattern of the ARIA Authoring Practices.
  function suggest(input) {
    const list = document.createElement("ul");
    list.id = `suggest-${++lists}`;
    list.className = "suggestions";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", input.labels[0] ? input.labels[0].firstChild.textContent : "");
    list.hidden = true;
    const box = document.createElement("div");
    box.className = "suggest";
    input.replaceWith(box);
    box.append(input, list);
    for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"],
      ["aria-expanded", "false"], ["aria-controls", list.id]]) input.setAttribute(name, value);
    let timer, asked = 0, at = -1;

    function close() {
      list.hidden = true;
      at = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    }
    function mark(to) {
      const options = [...list.children];
      if (!options.length) return;
      at = (to + options.length) % options.length;
      options.forEach((option, i) => option.setAttribute("aria-selected", String(i === at)));
      input.setAttribute("aria-activedescendant", options[at].id);
      options[at].scrollIntoView({ block: "nearest" });
    }
    function take(option) {
      input.value = option.dataset.value;
      close();
    }
    async function ask() {
      const mine = ++asked;
      const url = new URL(input.dataset.suggest, location.href);
      url.searchParams.set("q", input.value.trim());
      const answer = await fetch(url, { headers: { Accept: "application/json" } });
      if (!answer.ok || mine !== asked || document.activeElement !== input) return;
      const { names } = await answer.json();
      list.replaceChildren(...names.map(({ value, words }, i) => {
        const option = document.createElement("li");
        option.id = `${list.id}-${i}`;
        option.dataset.value = value;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.textContent = value;
        if (words) {
          const more = document.createElement("span");
          more.textContent = ` ${words}`;
          option.append(more);
        }
        option.addEventListener("mousedown", (event) => {
          event.preventDefault();
          take(option);
        });
        return option;
      }));
      list.hidden = !names.length;
      at = -1;
      input.setAttribute("aria-expanded", String(!list.hidden));
    }
    input.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(ask, 120);
    });
    input.addEventListener("blur", close);
    input.addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (list.hidden) ask();
        else mark(event.key === "ArrowDown" ? at + 1 : at < 0 ? -1 : at - 1);
      } else if (event.key === "Enter" && !list.hidden && at >= 0) {
        event.preventDefault();
        take(list.children[at]);
      } else if (event.key === "Escape") close();
    });
  }

  function ready(root) {
    root.querySelectorAll("[data-suggest]").forEach(suggest);
  }
  ready(document);

  // One more row, from the template that stands beside the rows.
  document.querySelectorAll("[data-rows]").forEach((rows) => {
    const total = rows.querySelector(`[name="${rows.dataset.rows}-TOTAL_FORMS"]`);
    const template = rows.querySelector("template");
    const button = rows.querySelector(".add-row");
    button.addEventListener("click", (event) => {
      event.preventDefault();
      const holder = document.createElement("div");
      holder.append(template.content.cloneNode(true));
      holder.innerHTML = holder.innerHTML.replaceAll("__prefix__", total.value);
      total.value = String(Number(total.value) + 1);
      const row = holder.firstElementChild;
      row.querySelector(".row-number").textContent = total.value;
      template.before(row);
      ready(row);
      row.querySelector("input").focus();
    });
  });

  document.querySelectorAll("[data-tick-all]").forEach((all) => {
    all.hidden = false;
    all.addEventListener("change", () => {
      all.closest("table").querySelectorAll("tbody .tick input").forEach((one) => {
        one.checked = all.checked;
      });
    });
  });

  document.querySelectorAll("[data-deadline]").forEach((field) => {
    const day = field.querySelector("input"), late = field.querySelector(".late");
    const look = () => {
      const outcome = document.querySelector('[name="outcome"]:checked');
      late.hidden = !(outcome && outcome.value === "confirmed" && day.value > field.dataset.deadline);
    };
    field.closest("form").addEventListener("change", look);
    look();
  });

  // Nothing in a mail's frame runs, so it cannot say how high it is: it was reckoned for some widths.
  document.querySelectorAll("iframe[data-heights]").forEach((frame) => {
    const known = frame.dataset.heights.split(" ").map((one) => one.split(":").map(Number));
    new ResizeObserver(() => {
      const fitting = known.filter(([width]) => width <= frame.clientWidth);
      frame.height = (fitting.pop() || known[0])[1];
    }).observe(frame);
  });

  // Leaving a form with something typed in it is asked about; sending it, or reading it only, is not.
  document.querySelectorAll("form[data-unsaved]").forEach((form) => {
    const ask = (event) => event.preventDefault();
    const typed = () => addEventListener("beforeunload", ask);
    form.addEventListener("input", typed);
    form.addEventListener("change", typed);
    form.addEventListener("submit", () => removeEventListener("beforeunload", ask));
    if (form.dataset.unsaved === "typed") typed();
  });

  // A menu closes where one clicks beside it or presses Escape.
  document.addEventListener("click", (event) => {
    document.querySelectorAll("details.menu[open]").forEach((menu) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    document.querySelectorAll("details.menu[open]").forEach((menu) => {
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  });
})();
