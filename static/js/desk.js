// The board: tick many shots, act on them, type what to show. Everything works as plain forms too.
document.documentElement.classList.add("js");

const bar = document.getElementById("bulk");
const said = document.getElementById("bulk-said");
const typing = (event) => event.target.closest?.("input:not([type=checkbox]), textarea, select");
const ticks = () => [...document.querySelectorAll(".card .tick input")];
let anchor = null;

function count() {
  if (!bar) return;
  const many = ticks().filter((tick) => tick.checked).length;
  bar.classList.toggle("has-ticks", many > 0);
  bar.querySelector("[data-count]").textContent = many ? `${many} shot${many === 1 ? "" : "s"}` : "";
}

function tick(box, isRange) {
  const all = ticks();
  const from = all.indexOf(document.getElementById(anchor)?.querySelector(".tick input"));
  const to = all.indexOf(box);
  if (isRange && from >= 0) for (const one of all.slice(Math.min(from, to), Math.max(from, to) + 1)) one.checked = box.checked;
  anchor = box.closest(".card").id;
  clearSaid();
  count();
}

function clearSaid() {
  said?.replaceChildren();
  bar?.classList.remove("has-said");
}

document.addEventListener("click", (event) => {
  const box = event.target.closest?.(".tick input");
  if (box) tick(box, event.shiftKey);
  if (event.target.matches?.("[data-untick]")) untick();
});
// A card that was replaced in place keeps or loses its tick: the bar counts what stands.
document.addEventListener("htmx:afterSettle", count);
new MutationObserver(count).observe(document.querySelector(".window"), { childList: true, subtree: true });

function untick() {
  for (const box of ticks()) box.checked = false;
  clearSaid();
  count();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event)) return;
  if (event.key === "/") {
    event.preventDefault();
    document.getElementById("filter")?.select();
  }
  const box = document.activeElement?.closest(".card")?.querySelector(".tick input");
  if (event.key.toLowerCase() === "x" && box) {
    event.preventDefault();
    box.checked = !box.checked;
    tick(box, event.shiftKey);
  }
  if (event.key === "Escape" && bar?.classList.contains("has-ticks") && !document.querySelector("dialog[open]")) untick();
});

bar?.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.elt !== bar || !event.detail.successful) return;
  bar.classList.add("has-said");
  bar.querySelector("details")?.removeAttribute("open");
  const reason = document.getElementById("retake-reason");
  if (reason) reason.value = "";
  count();
});

// Suggestions complete the word being typed, not the whole line.
const filter = document.getElementById("filter");
const list = document.getElementById("filter-words");
if (filter && list) {
  const words = [...list.options].map((option) => option.value);
  filter.addEventListener("input", () => {
    const before = filter.value.slice(0, filter.value.lastIndexOf(" ") + 1);
    if (list.dataset.before === before) return;
    list.dataset.before = before;
    list.replaceChildren(...words.map((word) => Object.assign(document.createElement("option"), { value: before + word })));
  });
}
count();
