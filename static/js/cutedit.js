// The shots of the cut: up and down without typing numbers, a shot tried in place.
// Without this file places are numbers one types, and "Try it" opens the clip on a page of its own.
import { tried } from "./trying.js";

function renumber(form) {
  [...form.querySelectorAll("[data-row]")].forEach((row, at) => { row.querySelector("[name^='place.']").value = at + 1; });
}

function step(form, row, way) {
  const other = way < 0 ? row.previousElementSibling : row.nextElementSibling;
  if (!other) return;
  if (way < 0) other.before(row);
  else other.after(row);
  renumber(form);
  form.setAttribute("data-pending", "");
  form.dispatchEvent(new Event("apex:order"));
  row.querySelector(`[data-step="${way}"]`).focus();
}

function begin() {
  const form = document.getElementById("cut-edit");
  if (!form) return;
  for (const steps of form.querySelectorAll(".cut-steps")) steps.hidden = false;
  form.addEventListener("input", () => form.setAttribute("data-pending", ""));
  form.addEventListener("click", (event) => {
    const row = event.target.closest("[data-row]");
    if (event.target.dataset.step) step(form, row, Number(event.target.dataset.step));
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
begin();
document.addEventListener("apex:fresh", begin);
