// The script page: a shot and its lines light up together; keys walk, move and correct shots.
const lines = [...document.querySelectorAll(".screenplay .l")];
const rows = [...document.querySelectorAll(".shots li[tabindex]")];
const sheet = document.querySelector(".screenplay");

function light(row, isScrolled) {
  const first = Number(row?.dataset.first || 0);
  const last = Number(row?.dataset.last || 0);
  const scene = row?.closest(".scene")?.dataset.scene;
  for (const line of lines) {
    const number = Number(line.dataset.line);
    line.classList.toggle("lit", first > 0 && number >= first && number <= last && !line.classList.contains("blank"));
    line.classList.toggle("scene-lit", Boolean(scene) && line.dataset.scene === scene);
  }
  const lit = isScrolled && lines.find((line) => line.classList.contains("lit"));
  if (lit && sheet && sheet.scrollHeight > sheet.clientHeight) {
    sheet.scrollTop += lit.getBoundingClientRect().top - sheet.getBoundingClientRect().top - sheet.clientHeight / 3;
  }
}

for (const row of rows) {
  row.addEventListener("mouseenter", () => light(row, false));
  row.addEventListener("focusin", () => light(row, true));
}
for (const line of lines) {
  const number = Number(line.dataset.line);
  const found = rows.find((row) => number >= Number(row.dataset.first) && number <= Number(row.dataset.last));
  if (!found) continue;
  line.addEventListener("mouseenter", () => { rows.forEach((row) => row.classList.toggle("lit", row === found)); light(found, false); });
  line.addEventListener("click", () => found.focus());
}

async function move(row, place) {
  const others = row.parentElement.querySelectorAll("li[tabindex]");
  if (place < 0 || place >= others.length || place === Number(row.dataset.place) || row.dataset.busy) return;
  row.dataset.busy = "1";
  const data = new FormData();
  data.set("to", place);
  const { "X-CSRFToken": token } = JSON.parse(document.body.getAttribute("hx-headers"));
  const answer = await fetch(row.dataset.move, { method: "POST", body: data, headers: { "X-CSRFToken": token } });
  if (!answer.ok) { location.reload(); return; }
  // The place is part of the address, so the page comes back on the shot that moved.
  history.replaceState(null, "", `#${row.id}`);
  location.reload();
}

// Dragging by the grip: only within the scene, and the place is told outright, as by the buttons.
let dragged = null;
const unmark = () => rows.forEach((row) => row.classList.remove("before", "after"));
document.addEventListener("dragstart", (event) => {
  const row = event.target.closest?.(".grip")?.closest("li");
  if (!row) return;
  dragged = row;
  row.classList.add("dragged");
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setDragImage(row, 12, 12);
});
document.addEventListener("dragover", (event) => {
  const over = dragged && event.target.closest?.(".shots li[tabindex]");
  unmark();
  if (!over || over === dragged || over.parentElement !== dragged.parentElement) return;
  event.preventDefault();
  const box = over.getBoundingClientRect();
  over.classList.add(event.clientY < box.top + box.height / 2 ? "before" : "after");
});
document.addEventListener("drop", (event) => {
  const over = dragged && event.target.closest?.(".shots li[tabindex]");
  if (!over || over === dragged || over.parentElement !== dragged.parentElement) return;
  event.preventDefault();
  const from = Number(dragged.dataset.place);
  const gap = Number(over.dataset.place) + (over.classList.contains("after") ? 1 : 0);
  move(dragged, gap > from ? gap - 1 : gap);
});
document.addEventListener("dragend", () => { dragged?.classList.remove("dragged"); dragged = null; unmark(); });

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.target.closest?.("input, textarea, select, button, dialog, summary")) return;
  const row = document.activeElement?.closest?.(".shots li[tabindex]");
  if (event.altKey) {
    if (row?.dataset.move && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
      event.preventDefault();
      move(row, Number(row.dataset.place) + (event.key === "ArrowUp" ? -1 : 1));
    }
    return;
  }
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    if (document.activeElement === sheet) return;
    const next = rows[row ? rows.indexOf(row) + (event.key === "ArrowDown" ? 1 : -1) : 0];
    if (next) { event.preventDefault(); next.focus(); }
  } else if (row && event.key === "Enter") row.querySelector("a.code")?.click();
  else if (row && event.key === "c") {
    const fix = row.querySelector("details.fix");
    if (fix) { fix.open = !fix.open; fix.querySelector("summary").focus(); }
  }
});

// A reload keeps the messages of the page before it; the shot that was corrected is in sight.
if (location.hash.startsWith("#row-")) document.getElementById(location.hash.slice(1))?.focus({ preventScroll: false });
