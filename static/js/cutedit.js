// The shots of the cut: up and down without typing numbers, a shot tried in place.
// Without this file places are numbers one types, and "Try it" opens the clip on a page of its own.
import { tried } from "./trying.js";

const form = document.getElementById("cut-edit");

function renumber() {
  [...form.querySelectorAll("[data-row]")].forEach((row, at) => { row.querySelector("[name^='place.']").value = at + 1; });
}

function step(row, way) {
  const other = way < 0 ? row.previousElementSibling : row.nextElementSibling;
  if (!other) return;
  if (way < 0) other.before(row);
  else other.after(row);
  renumber();
  row.querySelector(`[data-step="${way}"]`).focus();
}

if (form) {
  for (const steps of form.querySelectorAll(".cut-steps")) steps.hidden = false;
  form.addEventListener("click", (event) => {
    const row = event.target.closest("[data-row]");
    if (event.target.dataset.step) step(row, Number(event.target.dataset.step));
    if (event.target.hasAttribute("data-try")) {
      event.preventDefault();
      const asked = new URLSearchParams(new FormData(form));
      asked.delete("csrfmiddlewaretoken");
      asked.set("shot", event.target.value);
      tried({
        address: `${form.dataset.preview}?${asked}`, button: event.target,
        video: row.querySelector("[data-shown]"), wrong: row.querySelector("[data-wrong]"),
      });
    }
  });
}
