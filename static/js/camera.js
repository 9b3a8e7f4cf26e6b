// A shot's camera: the windows of the keys drawn while one types and moved by dragging, the shot tried in place.
// Without this file keys are numbers in a table, the windows are those that are kept, and "Try it" opens the clip.
import { tried } from "./trying.js";

const form = document.getElementById("camera");
const windows = document.querySelector("[data-windows]");
const body = form.querySelector("[data-keys]");
const number = (field) => Number(field.value.replace(",", "."));
const part = (row, name) => row.querySelector(`[name=key_${name}]`);

function keyed() {
  return [...body.rows].filter((row) => part(row, "frame").value.trim() !== "")
    .sort((one, other) => number(part(one, "frame")) - number(part(other, "frame")));
}

function windowOf(row) {
  const side = 100 / Math.max(1, number(part(row, "zoom")) || 1);
  const inside = (name) => Math.min(100 - side / 2, Math.max(side / 2, number(part(row, name)) || 0));
  return { x: inside("x") - side / 2, y: inside("y") - side / 2, width: side, height: side };
}

function draw() {
  const rows = keyed();
  if (!rows.length) return;
  windows.replaceChildren(...rows.map((row, at) => {
    const rect = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    for (const [name, value] of Object.entries(windowOf(row))) rect.setAttribute(name, value);
    if (at === rows.length - 1) rect.classList.add("last");
    rect.row = row;
    return rect;
  }));
}

function more() {
  const row = body.rows[body.rows.length - 1].cloneNode(true);
  part(row, "frame").value = "";
  body.append(row);
  part(row, "frame").focus();
}

form.addEventListener("input", draw);
form.querySelector("[data-more]")?.removeAttribute("hidden");
form.addEventListener("click", (event) => {
  if (event.target.hasAttribute("data-more")) more();
  if (!event.target.hasAttribute("data-try")) return;
  event.preventDefault();
  const asked = new URLSearchParams(new FormData(form));
  asked.delete("csrfmiddlewaretoken");
  tried({
    address: `${form.dataset.preview}?${asked}`, button: event.target,
    video: document.querySelector("[data-shown]"), wrong: document.querySelector("[data-wrong]"),
  });
});

let held = null;
windows.addEventListener("pointerdown", (event) => {
  if (!event.target.row || form.querySelector("fieldset[disabled]")) return;
  windows.setPointerCapture(event.pointerId);
  const box = windows.getBoundingClientRect();
  const seen = windowOf(event.target.row);
  held = {
    row: event.target.row,
    x: event.clientX - box.left - ((seen.x + seen.width / 2) * box.width) / 100,
    y: event.clientY - box.top - ((seen.y + seen.height / 2) * box.height) / 100,
  };
  event.preventDefault();
});
windows.addEventListener("pointermove", (event) => {
  if (!held) return;
  const box = windows.getBoundingClientRect();
  const side = 50 / Math.max(1, number(part(held.row, "zoom")) || 1);
  const share = (at, from, length) => Math.min(100 - side, Math.max(side, 100 * (at - from) / length)).toFixed(1);
  part(held.row, "x").value = share(event.clientX - held.x, box.left, box.width);
  part(held.row, "y").value = share(event.clientY - held.y, box.top, box.height);
  draw();
});
windows.addEventListener("pointerup", () => { held = null; });
windows.classList.add("drag");
draw();
