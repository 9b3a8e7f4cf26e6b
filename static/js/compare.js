// Two variants held against each other in place: flick, wipe, difference, grid, one zoom for both.
// Everything is read from the page at the moment it is needed, so a live refresh of the room changes nothing here.
const KEYS = { s: "side", "\\": "flick", w: "wipe", d: "difference", g: "grid" };

export function compare(room) {
  if (!room) return;
  const picture = () => room.querySelector(".picture");
  const against = () => document.getElementById("against");
  const numbers = () => [picture()?.dataset.number, against()?.dataset.number];

  function set(next) {
    if (next && next !== "grid" && !against()) return;
    room.dataset.mode = next;
    if (against()?.loading === "lazy") against().loading = "eager";
    if (next === "wipe") wipeTo(0.5);
    if (next === "grid") fillSheet();
    for (const button of room.querySelectorAll("[data-mode-set]")) button.setAttribute("aria-pressed", String(button.dataset.modeSet === next));
    const kept = room.querySelector('.compare [name="mode"]');
    if (kept) kept.value = next;
    say();
  }

  const toggle = (mode) => set(room.dataset.mode === mode ? "" : mode);

  function say() {
    const place = room.querySelector(".compare [data-said]");
    if (!place) return;
    const [here, there] = numbers();
    place.textContent = {
      side: `Variant ${here} left, variant ${there} right. ${delta()}`,
      flick: `Showing variant ${there}`,
      wipe: `Variant ${here} left, variant ${there} right`,
      difference: `Difference of ${here} and ${there}, four times as bright`,
      grid: "All variants",
    }[room.dataset.mode] ?? delta();
  }

  function delta() {
    const [here, there] = [picture()?.dataset.score, against()?.dataset.score].map(Number);
    if (!here || !there) return "";
    return `Score ${here.toFixed(2)} against ${there.toFixed(2)}`;
  }

  function fillSheet() {
    picture().querySelector(".sheet")?.remove();
    const sheet = document.createElement("div");
    sheet.className = "sheet";
    for (const link of room.querySelectorAll(".strip a")) {
      const copy = link.cloneNode(true);
      copy.querySelector("img").src = link.dataset.picture;
      copy.removeAttribute("data-testid");
      sheet.append(copy);
    }
    picture().append(sheet);
  }

  // The wipe's line is a share of the pane; the picture on top is cut at the same place of its own box.
  function wipeTo(share) {
    const pane = picture().getBoundingClientRect();
    const top = against().getBoundingClientRect();
    const x = pane.left + Math.min(1, Math.max(0, share)) * pane.width;
    const inside = Math.min(1, Math.max(0, (x - top.left) / top.width));
    picture().style.setProperty("--at", `${(inside * 100).toFixed(2)}%`);
    picture().style.setProperty("--line-at", `${x - pane.left}px`);
    picture().dataset.share = share;
  }

  let zoom = { scale: 1, x: 0, y: 0 };
  function show() {
    const style = picture().style;
    style.setProperty("--zoom", zoom.scale);
    style.setProperty("--x", `${zoom.x}px`);
    style.setProperty("--y", `${zoom.y}px`);
  }
  function reset() { zoom = { scale: 1, x: 0, y: 0 }; show(); }

  // One picture pixel a screen pixel: how much larger that is than what the pane shows now.
  function oneToOne() {
    const image = document.getElementById("picture");
    const box = image.getBoundingClientRect();
    const shown = Math.min(box.width / image.naturalWidth, box.height / image.naturalHeight) / zoom.scale;
    zoom = { ...zoom, scale: 1 / shown / window.devicePixelRatio };
    show();
  }

  let drag = null;
  room.addEventListener("pointerdown", (event) => {
    if (!event.target.closest(".picture") || event.target.closest(".sheet") || event.button) return;
    if (room.dataset.mode === "wipe" || zoom.scale > 1) {
      event.preventDefault();
      drag = { x: event.clientX - zoom.x, y: event.clientY - zoom.y };
      move(event);
    }
  });
  function move(event) {
    if (!drag) return;
    const pane = picture().getBoundingClientRect();
    if (room.dataset.mode === "wipe") wipeTo((event.clientX - pane.left) / pane.width);
    else { zoom = { ...zoom, x: event.clientX - drag.x, y: event.clientY - drag.y }; show(); }
  }
  window.addEventListener("pointermove", move);
  window.addEventListener("pointerup", () => { drag = null; });
  room.addEventListener("wheel", (event) => {
    if (!event.target.closest(".picture") || event.target.closest(".sheet")) return;
    // Where the whole room fits the window the wheel has nothing else to do.
    if (!event.ctrlKey && window.innerWidth <= 900) return;
    event.preventDefault();
    zoom = { ...zoom, scale: Math.min(16, Math.max(1, zoom.scale * Math.exp(-event.deltaY / 300))) };
    if (zoom.scale === 1) reset(); else show();
  }, { passive: false });
  room.addEventListener("dblclick", (event) => { if (event.target.closest(".picture")) reset(); });
  room.addEventListener("click", (event) => {
    const button = event.target.closest("[data-mode-set]");
    if (button) toggle(button.dataset.modeSet);
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (event.target.closest("input, textarea, select") || document.querySelector("dialog[open]")) return;
    if (KEYS[event.key]) { event.preventDefault(); toggle(KEYS[event.key]); }
    else if (event.key === "z" && document.getElementById("picture")) oneToOne();
    else if (room.dataset.mode === "wipe" && (event.key === "," || event.key === ".")) {
      wipeTo(Number(picture().dataset.share ?? 0.5) + (event.key === "," ? -0.05 : 0.05));
    }
  });
  document.addEventListener("keyup", (event) => { if (event.key === "z" && picture()) reset(); });
  set(room.dataset.mode);
}
