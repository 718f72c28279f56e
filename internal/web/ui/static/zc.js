// What the pages do beyond plain forms: autosave, a guard against leaving with
// unsaved words, one submit per click, the search key, check-all boxes. Every
// essential act works without it.

const clock = () => new Date().toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit", hour12: false });

function autosave(form) {
  const says = document.querySelector("[data-saved]");
  const tell = (text, bad) => { if (says) { says.textContent = text; says.classList.toggle("zc-red", !!bad); } };
  const field = (name) => [...form.elements].find((el) => el.name === name && el.type !== "hidden"); // cells of a table belong to it too
  let dirty = false, timer = 0, busy = false, changed = new Set();

  async function save() {
    if (busy || changed.size === 0) return;
    busy = true;
    const sent = changed;
    changed = new Set();
    const body = new URLSearchParams({ form_rev: form.elements.form_rev.value });
    for (const name of sent) {
      if (name.endsWith("[]")) {
        body.append(name, "");
        for (const box of form.elements) if (box.name === name && box.checked) body.append(name, box.value);
        continue;
      }
      const el = field(name);
      body.set(name, el.type === "checkbox" ? (el.checked ? "1" : "0") : el.value);
    }
    try {
      const res = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } });
      const out = await res.json();
      if (res.ok) {
        form.elements.form_rev.value = out.rev;
        for (const el of form.querySelectorAll(".is-bad")) el.classList.remove("is-bad");
        for (const el of form.elements) el.classList.remove("is-invalid");
        dirty = changed.size > 0;
        if (!dirty) tell("已自动保存 " + clock());
      } else {
        for (const name of sent) changed.add(name);
        for (const [key, text] of Object.entries(out.fields || {})) {
          const el = field("f." + key.split("/").pop());
          const box = el?.closest(".zc-field");
          if (!box) { el?.classList.add("is-invalid"); if (el) el.title = text; continue; }
          box.classList.add("is-bad");
          const hint = document.getElementById("hf-" + key.split("/").pop());
          if (hint) hint.textContent = text;
        }
        tell("没有保存：" + out.message, true);
      }
    } catch {
      for (const name of sent) changed.add(name);
      tell("保存失败，内容还在本页，请检查网络", true);
    }
    busy = false;
    return !dirty;
  }

  // saves until nothing is left, or a save is refused
  async function flush() {
    clearTimeout(timer);
    while (busy) await new Promise((done) => setTimeout(done, 50));
    while (changed.size > 0) { const left = changed.size; if (!(await save()) && changed.size >= left) return false; }
    return true;
  }

  document.addEventListener("input", (e) => {
    if (e.target.form !== form || !e.target.name?.startsWith("f.")) return;
    dirty = true;
    changed.add(e.target.name);
    tell("正在输入…");
    clearTimeout(timer);
    timer = setTimeout(save, 900);
  });
  document.addEventListener("focusout", (e) => { if (e.target.form === form) flush(); });
  // the form goes as a whole: nothing is saved beside it, and a save under way ends first
  form.addEventListener("submit", (e) => {
    clearTimeout(timer);
    changed = new Set();
    dirty = false;
    if (!busy) return;
    e.preventDefault();
    const by = e.submitter;
    const go = () => { if (busy) setTimeout(go, 50); else form.requestSubmit(by); };
    go();
  });
  window.addEventListener("beforeunload", (e) => { if (dirty) e.preventDefault(); });
  document.addEventListener("submit", (e) => {
    if (e.target !== form && changed.size > 0 && !e.target.dataset.flushed) {
      e.preventDefault();
      const target = e.target, by = e.submitter;
      flush().then(() => { dirty = false; target.dataset.flushed = "1"; target.requestSubmit(by); });
    } else if (e.target !== form) {
      dirty = false;
    }
  }, true);
  document.addEventListener("click", (e) => {
    const link = e.target.closest("a[href]");
    if (!link || changed.size === 0 || link.target || e.ctrlKey || e.metaKey || e.button !== 0 || link.getAttribute("href").startsWith("#")) return;
    e.preventDefault();
    flush().then((saved) => { if (saved) location.href = link.href; });
  });
}

for (const form of document.querySelectorAll("form[data-autosave]")) autosave(form);

document.addEventListener("submit", (e) => {
  if (e.defaultPrevented) return;
  const form = e.target;
  if (form.dataset.confirm && !window.confirm(form.dataset.confirm)) { e.preventDefault(); return; }
  if (form.dataset.sent) { e.preventDefault(); return; }
  form.dataset.sent = "1";
  setTimeout(() => { for (const b of document.querySelectorAll(`button[form="${form.id}"], form button`)) if (b.form === form) b.disabled = true; }, 0);
});
window.addEventListener("pageshow", () => {
  for (const f of document.forms) { delete f.dataset.sent; delete f.dataset.flushed; for (const b of f.querySelectorAll("button")) if (!b.hasAttribute("data-off")) b.disabled = b.defaultDisabled || false; }
});

document.addEventListener("keydown", (e) => {
  if (e.key !== "/" || e.ctrlKey || e.metaKey || /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement?.tagName)) return;
  const find = document.querySelector("[data-find]") || document.querySelector(".zc-find input");
  if (find) { e.preventDefault(); find.focus(); }
});

for (const b of document.querySelectorAll("[data-print]")) b.addEventListener("click", () => window.print());

for (const all of document.querySelectorAll("[data-check-all]")) {
  all.addEventListener("change", () => {
    for (const box of document.querySelectorAll(`input[name="${all.dataset.checkAll}"]`)) box.checked = all.checked;
  });
}

// The board of the annual plan: ticking a box saves it and brings the totals;
// tabs and the search field hide rows without leaving the page, so that what was
// typed stays.
for (const board of document.querySelectorAll("[data-board]")) {
  const says = document.querySelector("[data-saved]");
  const seek = document.querySelector("[data-find]");
  const tabs = [...document.querySelectorAll("[data-show]")];

  async function live(line) {
    const res = await fetch(`/annual/${board.dataset.board}/totals?line=${line}`);
    if (!res.ok) return;
    const page = new DOMParser().parseFromString(await res.text(), "text/html");
    for (const part of page.querySelectorAll("[data-live]")) document.getElementById(part.id)?.replaceWith(document.adoptNode(part));
    for (const n of page.querySelectorAll("[data-tab]")) document.querySelector(`a [data-tab="${n.dataset.tab}"]`).textContent = n.textContent;
    board.querySelector(`[data-include="${line}"]`)?.focus();
  }
  function filter() {
    const here = tabs.find((t) => t.classList.contains("is-here"))?.dataset.show || "all";
    const word = seek.value.trim().toLowerCase();
    for (const row of board.tBodies[0].rows) {
      row.hidden = !row.dataset.tags.split(" ").includes(here) || !row.dataset.name.toLowerCase().includes(word);
    }
  }
  for (const t of tabs) t.addEventListener("click", (e) => {
    e.preventDefault();
    for (const o of tabs) o.classList.toggle("is-here", o === t);
    history.replaceState(null, "", t.href);
    filter();
  });
  seek.addEventListener("input", filter);

  board.addEventListener("change", async (e) => {
    const op = e.target.closest("[data-opinion]");
    if (op) {
      const why = op.parentElement.querySelector("[data-why]");
      why.hidden = !["strike", "return", "assess"].includes(op.value);
      if (!why.hidden) why.focus();
      const against = [...board.querySelectorAll("[data-opinion]")].filter((o) => o.value === "strike" || o.value === "return").length;
      document.querySelector("[data-against]").textContent = against ? `剔除、退回 ${against} 项。` : "";
      if (against) document.getElementById("opinion-return").checked = true;
      return;
    }
    const box = e.target.closest("[data-include]");
    if (!box) return;
    const back = () => { box.checked = !box.checked; };
    box.disabled = true;
    try {
      const body = new URLSearchParams({ form_rev: box.dataset.rev, "f.included": box.checked ? "1" : "0" });
      const res = await fetch(`/matters/${board.dataset.board}/lines/${box.dataset.include}`, { method: "POST", body, headers: { Accept: "application/json" } });
      const out = await res.json();
      if (res.ok) {
        box.dataset.rev = out.rev;
        await live(box.dataset.include);
        says.classList.remove("zc-red");
        says.textContent = "已自动保存 " + clock();
      } else {
        back();
        says.textContent = "没有保存：" + out.message;
        says.classList.add("zc-red");
      }
    } catch { back(); says.textContent = "保存失败，请检查网络"; says.classList.add("zc-red"); }
    box.disabled = false;
  });
  board.addEventListener("keydown", (e) => {
    if (e.key !== "ArrowDown" && e.key !== "ArrowUp") return;
    const boxes = [...board.querySelectorAll("[data-include]")].filter((b) => !b.closest("tr").hidden);
    const i = boxes.indexOf(document.activeElement);
    if (i < 0) return;
    e.preventDefault();
    boxes[i + (e.key === "ArrowDown" ? 1 : -1)]?.focus();
  });
}

// A file that is too large is refused before it travels.
for (const input of document.querySelectorAll("input[type=file][data-max]")) {
  input.addEventListener("change", () => {
    const big = [...input.files].some((f) => f.size > Number(input.dataset.max) * 1048576);
    input.setCustomValidity(big ? `文件超过 ${input.dataset.max} MB，请拆分或删去图片后再选` : "");
    input.reportValidity();
  });
}

// The preview of an import: rows are picked, what will happen is kept true, a
// problem leads to its cell, and another column or header is read at once.
for (const form of document.querySelectorAll("[data-import]")) {
  const boxes = [...form.querySelectorAll('input[name="row"]')];
  const tell = () => {
    const units = new Map();
    for (const b of boxes) if (b.checked) { const tr = b.closest("tr"); units.set(tr.dataset.unit, "new" in tr.dataset); }
    const rows = boxes.filter((b) => b.checked).length, fresh = [...units.values()].filter(Boolean).length, added = units.size - fresh;
    form.querySelector("[data-rows]").textContent = rows;
    form.querySelector("button[type=submit]").disabled = rows === 0;
    const parts = [fresh && `${fresh} 份草稿`, added && `加入 ${added} 份已有草稿`].filter(Boolean);
    form.querySelector("[data-promise]").textContent = rows ? "导入后：" + parts.join("，") : "没有选中的行";
  };
  form.addEventListener("change", (e) => { if (e.target.name === "row") tell(); });
  form.addEventListener("click", (e) => {
    const pick = e.target.closest("[data-pick]")?.dataset.pick;
    if (pick) { for (const b of boxes) b.checked = pick === "all" || pick === "ready" && "ready" in b.dataset; tell(); }
    const brief = e.target.closest("[data-brief]");
    if (brief) {
      e.preventDefault();
      const on = form.querySelector(".zc-sheet").classList.toggle("is-brief");
      brief.textContent = on ? "看全部行列" : "只看要处理的";
    }
    const jump = e.target.closest("[data-jump]");
    const cell = jump && document.getElementById(jump.dataset.jump);
    if (cell) {
      e.preventDefault();
      for (const old of form.querySelectorAll(".is-here")) old.classList.remove("is-here");
      (cell.closest("td") || cell).classList.add("is-here");
      jump.closest("li").classList.add("is-here");
      if (!cell.offsetParent) form.querySelector("[data-brief]").click();
      cell.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
    }
  });
  if (boxes.length) tell();
}
for (const remap of document.querySelectorAll("[data-remap]")) {
  remap.addEventListener("change", () => document.getElementById("columns-form").requestSubmit());
}
