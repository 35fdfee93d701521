
"use strict";
(function () {
  const data = JSON.parse(document.getElementById("data").textContent);
  const form = document.getElementById("filters");
  const table = document.getElementById("projects");
  const count = document.getElementById("count");
  const nothing = document.getElementById("nothing");
  const UNFOLDS = ".at a";
  const kinds = ["error", "warning", "undetermined"];
  const all = (selector, within) => Array.from((within || document).querySelectorAll(selector));

  function entry(section, project, row, rank) {
    const findings = all(".f", section).map(node => ({
      node, rule: node.dataset.r, kind: node.closest(".g").dataset.k, text: node.textContent.toLowerCase(),
    }));
    const head = ["summary h3", ".w"].flatMap(selector => all(selector, section)).map(node => node.textContent);
    const cells = row ? { name: row.querySelector("th").textContent, gravest: row.lastElementChild.textContent } : {};
    return {
      section, row, rank, findings, groups: all(".g", section), heading: head.join(" ").toLowerCase(),
      project: project ? Object.assign(cells, project) : null,
    };
  }

  const rows = table ? all("tbody tr", table) : [];
  const entries = data.projects.map((project, n) => entry(document.getElementById("p" + (n + 1)), project, rows[n], n));
  const general = document.getElementById("general");
  const aside = general ? entry(general, null, null, -1) : null;

  function filtered(one, wanted) {
    const heard = Boolean(one.project) && wanted.words.every(word => one.heading.includes(word));
    const narrow = Boolean(wanted.rule || wanted.kind || (wanted.words.length && !heard));
    let left = 0;
    for (const finding of one.findings) {
      const fits = (!wanted.rule || finding.rule === wanted.rule) && (!wanted.kind || finding.kind === wanted.kind) &&
        (heard || wanted.words.every(word => finding.text.includes(word)));
      finding.node.hidden = !fits;
      left += fits ? 1 : 0;
    }
    for (const group of one.groups) {
      group.hidden = !group.querySelector(".f:not([hidden])");
    }
    const its = !one.project || ["unit", "stage", "law"].every(by => !wanted[by] || String(one.project[by]) === wanted[by]);
    const shown = its && (left > 0 || !narrow);
    one.section.hidden = !shown;
    if (one.row) {
      one.row.hidden = !shown;
    }
    return shown ? left : -1;
  }

  function apply() {
    const value = name => (form.elements[name] ? form.elements[name].value : "");
    const wanted = { words: value("text").toLowerCase().split(/\s+/).filter(Boolean) };
    for (const name of ["unit", "stage", "law", "kind", "rule"]) {
      wanted[name] = value(name);
    }
    const left = entries.map(one => filtered(one, wanted));
    if (aside) {
      filtered(aside, wanted);
      aside.section.hidden = aside.section.hidden || Boolean(wanted.unit || wanted.stage || wanted.law);
    }
    const shown = left.filter(number => number >= 0).length;
    if (table) {
      count.value = filled(data.words.shown, shown, entries.length);
      nothing.hidden = shown > 0;
    } else {
      entries.forEach(one => { one.section.hidden = false; });
      count.value = filled(data.words.one, Math.max(left[0] || 0, 0), entries.length ? entries[0].findings.length : 0);
    }
  }

  function filled(text, ...figures) {
    return figures.reduce((whole, figure) => whole.replace("{}", figure), text);
  }

  function key(one, by) {
    const at = kinds.indexOf(by);
    if (at >= 0) {
      return one.project.counts[at];
    }
    return by === "rank" ? one.rank : one.project[by];
  }

  const words = new Intl.Collator(document.documentElement.lang === "en" ? "en" : "zh-CN", { numeric: true });

  function order(by, down) {
    const sign = down ? -1 : 1;
    const missing = value => value === null || value === "";
    return (one, other) => {
      const a = key(one, by), b = key(other, by);
      if (missing(a) || missing(b)) {
        return Number(missing(a)) - Number(missing(b)) || one.rank - other.rank;
      }
      const first = typeof a === "string" ? words.compare(a, b) : a - b;
      return sign * first || one.rank - other.rank;
    };
  }

  function sort(head) {
    const was = head.getAttribute("aria-sort");
    const figures = kinds.includes(head.dataset.sort) || head.dataset.sort === "total";
    const down = was ? was === "ascending" : figures;
    all("th[data-sort]", table).forEach(other => other.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    const sorted = entries.slice().sort(order(head.dataset.sort, down));
    const body = table.tBodies[0], holder = entries[0].section.parentNode;
    sorted.forEach(one => { body.append(one.row); holder.append(one.section); });
  }

  function reveal() {
    const target = location.hash.length > 1 ? document.getElementById(location.hash.slice(1)) : null;
    if (target && target.tagName === "DETAILS") {
      target.open = true;
      target.scrollIntoView();
      target.querySelector("summary").focus({ preventScroll: true });
    }
  }

  function unfold(link) {
    const beside = link.parentNode;
    const name = link.getAttribute("href").slice(1);
    const there = all(".shown", beside.parentNode).find(node => node.dataset.of === name);
    link.setAttribute("aria-expanded", String(!there));
    if (there) {
      there.remove();
      return;
    }
    const text = document.createElement("div");
    text.className = "shown";
    text.dataset.of = name;
    const source = document.getElementById(name);
    text.lang = source.lang || "";
    text.textContent = all("h3, blockquote, p", source).map(node => node.textContent).join("\n");
    beside.after(text);
  }

  document.addEventListener("click", event => {
    const link = event.target.closest ? event.target.closest("a") : null;
    if (link && link.matches(UNFOLDS)) {
      event.preventDefault();
      unfold(link);
    } else if (link && link.hash === location.hash) {
      reveal();
    }
  });
  addEventListener("hashchange", reveal);

  all(UNFOLDS).forEach(link => {
    link.setAttribute("role", "button");
    link.setAttribute("aria-expanded", "false");
  });
  document.addEventListener("keydown", event => {
    if (event.key === " " && event.target.matches && event.target.matches(UNFOLDS)) {
      event.preventDefault();
      unfold(event.target);
    }
  });

  if (table) {
    all("th[data-sort]", table).forEach(head => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = head.textContent;
      button.title = filled(data.words.sort, head.textContent);
      button.addEventListener("click", () => sort(head));
      head.replaceChildren(button);
    });
    document.getElementById("open").addEventListener("click", () => toggled(true));
    document.getElementById("close").addEventListener("click", () => toggled(false));
  }

  function toggled(open) {
    entries.filter(one => !one.section.hidden).forEach(one => { one.section.open = open; });
  }

  let waiting = 0;
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(apply, entries.length > 200 ? 150 : 0);
  });
  form.addEventListener("submit", event => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(apply, 0));
  document.getElementById("print").addEventListener("click", () => print());
  form.hidden = false;
  apply();
  reveal();
})();
