// The prompt's meter follows the words while they are typed. Without this file saving shows it.
const section = document.getElementById("prompt");
const form = document.getElementById("prompt-form");
const meters = document.getElementById("prompt-meters");
const said = document.getElementById("prompt-said");
let timer = 0;
let asking = null;

function row(name, told) {
  const part = form.querySelector(`[data-part="${CSS.escape(name)}"]`);
  if (!part) return;
  part.querySelector("[data-tokens]").textContent = told.tokens;
  part.querySelector("[data-state]").textContent = told.said;
  for (const state of ["first", "second", "both", "cut", "dropped"]) part.classList.toggle(state, state === told.state);
}

async function measure() {
  asking?.abort();
  asking = new AbortController();
  section.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(section.dataset.tried, { method: "POST", body: new FormData(form), signal: asking.signal });
    const told = await answer.json();
    if (!answer.ok) throw new Error(told.problem ?? "The prompt could not be counted.");
    meters.innerHTML = told.meter;
    for (const [name, values] of Object.entries(told.rows)) row(name, values);
    said.textContent = told.said.length ? `${told.said.join("; ")}. Not saved yet.` : "Counted as it stands here; not saved yet.";
  } catch (error) {
    if (error.name !== "AbortError") said.textContent = error instanceof SyntaxError ? "The prompt could not be counted." : error.message;
  }
  section.removeAttribute("aria-busy");
}

if (form && said) {
  form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(measure, 350); });

  // What was typed is not lost by a slip of the hand; what could not be saved is still unsaved.
  const typed = () => new URLSearchParams(new FormData(form)).toString();
  const before = document.querySelector("[data-testid=prompt-problem]") ? null : typed();
  let isSending = false;
  form.addEventListener("submit", () => { isSending = true; });
  window.addEventListener("beforeunload", (event) => {
    if (!isSending && typed() !== before) event.preventDefault();
    isSending = false;
  });
}
