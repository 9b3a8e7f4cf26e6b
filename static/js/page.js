// What every page does: keys, the jobs drawer, and the live line.
import { compare } from "./compare.js";
import { connect, playIfAsked } from "./live.js";
import { film } from "./film.js";
import { forms } from "./forms.js";
import { review } from "./review.js";
import { talk } from "./talk.js";

const body = document.body;
const drawer = document.getElementById("jobs");

const typing = (event) => event.target.closest?.("input, textarea, select");

forms(document);
film(document);
let going = false;
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event)) return;
  if (going) {
    going = false;
    const link = document.querySelector(`[data-go="${event.key}"]`);
    if (link) { event.preventDefault(); link.click(); return; }
  }
  if (event.key === "g") going = true;
  if (event.key === "?") document.getElementById("keys").showModal();
  if ((event.key === "ArrowRight" || event.key === "ArrowLeft") && !document.querySelector("[data-review]")) {
    const stills = [...document.querySelectorAll(".card .still")];
    const at = stills.indexOf(document.activeElement);
    const next = stills[at + (event.key === "ArrowRight" ? 1 : -1)] ?? stills[0];
    if (next) { event.preventDefault(); next.focus(); }
  }
});

async function showJobs() {
  const answer = await fetch(drawer.dataset.address);
  if (!answer.ok) return;
  const text = await answer.text();
  // A button somebody is about to press stays the one in focus.
  const held = document.activeElement?.getAttribute("hx-post");
  drawer.innerHTML = text;
  window.htmx?.process(drawer);
  if (held) drawer.querySelector(`[hx-post="${CSS.escape(held)}"]`)?.focus();
}
document.getElementById("jobs-open")?.addEventListener("click", async () => {
  drawer.hidden = !drawer.hidden;
  if (!drawer.hidden) await showJobs();
});
drawer?.addEventListener("click", (event) => { if (event.target.id === "jobs-close") drawer.hidden = true; });
document.addEventListener("keydown", (event) => { if (event.key === "Escape" && drawer) drawer.hidden = true; });

// A second press of a button that sends a form does nothing.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method === "dialog" || form.hasAttribute("hx-post")) return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "1";
});
const unsent = () => document.querySelectorAll("form[data-sent]").forEach((f) => delete f.dataset.sent);
window.addEventListener("pageshow", unsent);
// Whoever was asked about unsaved words and stays may press the button again.
window.addEventListener("beforeunload", (event) => setTimeout(() => { if (event.defaultPrevented) unsent(); }, 0));

// What the server refused is said, not swallowed. In the review room `main` is a grid: words go into its stage.
document.addEventListener("htmx:responseError", (event) => {
  const page = new DOMParser().parseFromString(event.detail.xhr.responseText, "text/html");
  const place = document.createElement("p");
  place.className = "problem";
  place.setAttribute("role", "alert");
  place.textContent = page.querySelector("h1")?.textContent ?? "That did not work. Nothing was changed.";
  (document.querySelector(".stage") ?? document.querySelector("main")).prepend(place);
});

talk(document.getElementById("talk"));
review(document.querySelector("[data-review]"));
compare(document.querySelector("[data-review]"));
if (body.dataset.project) connect(body, { showJobs, drawer });
playIfAsked();
