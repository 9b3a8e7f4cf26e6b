// The shot page: the sketch follows the form, the length is told in seconds, keys go to neighbours and to review.
const form = document.getElementById("brief");
const image = document.getElementById("sketch");
const said = document.getElementById("sketch-said");
const words = said.textContent;
let timer = 0;
let drawing = null;
let shown = "";

function typed() {
  const data = new FormData(form);
  data.delete("version");
  data.delete("base");
  return data;
}

async function draw() {
  const data = typed();
  const key = JSON.stringify([...data].filter(([name]) => name !== "csrfmiddlewaretoken"));
  if (key === shown) return;
  drawing?.abort();
  drawing = new AbortController();
  image.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(form.dataset.sketch, { method: "POST", body: data, signal: drawing.signal });
    if (answer.status === 429) { later(1500); return; }
    if (!answer.ok || !answer.headers.get("Content-Type")?.startsWith("image/")) {
      say(answer.status < 500 ? await answer.text() : "The sketch could not be drawn.", true);
      return;
    }
    const old = image.src;
    image.src = URL.createObjectURL(await answer.blob());
    if (old.startsWith("blob:")) URL.revokeObjectURL(old);
    shown = key;
    say(words, false);
  } catch (error) {
    if (error.name !== "AbortError") say("The sketch could not be fetched. It comes with the next change.", true);
  } finally {
    image.removeAttribute("aria-busy");
  }
}

function say(text, isBad) {
  said.textContent = text.length < 300 ? text : words;
  said.classList.toggle("bad", isBad);
}

function later(milliseconds) {
  clearTimeout(timer);
  timer = setTimeout(draw, milliseconds);
}

shown = JSON.stringify([...typed()].filter(([name]) => name !== "csrfmiddlewaretoken"));
if (document.querySelector("[data-testid=stale], .fault")) { shown = ""; later(0); }
form.addEventListener("input", (event) => {
  const note = event.target.closest("[data-field=duration_frames]")?.querySelector("[data-note]");
  if (note) {
    const [above, below] = form.dataset.fps.split("/").map(Number);
    const frames = Number(event.target.value);
    note.textContent = frames > 0 ? `${((frames * below) / above).toFixed(2)} s` : "";
  }
  later(event.target.tagName === "SELECT" ? 60 : 350);
});

// What was typed is not lost by a slip of the hand.
let isSending = false;
const before = new URLSearchParams(typed()).toString();
form.addEventListener("submit", () => { isSending = true; });
window.addEventListener("beforeunload", (event) => {
  if (!isSending && new URLSearchParams(typed()).toString() !== before) event.preventDefault();
  isSending = false;
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { form.requestSubmit(); return; }
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.("input, textarea, select, dialog")) return;
  const link = { ArrowLeft: "previous", ArrowRight: "following", r: "to-review" }[event.key];
  const target = link && document.getElementById(link);
  if (target) { event.preventDefault(); target.click(); }
});

// Somebody else saved while one types: said at once; saving then shows both versions, so nothing is at stake.
document.addEventListener("apex:event", ({ detail }) => {
  const { shot, scene, me } = form.dataset;
  const isMine = detail.actor === me;
  const isHere = (/^shot\.(updated|cast)$/.test(detail.verb) && detail.target_id === shot) || (/^scene\.(updated|renamed)$/.test(detail.verb) && detail.target_id === scene);
  if (!isHere || isMine) return;
  const place = document.getElementById("meanwhile");
  place.hidden = false;
  place.querySelector("strong").textContent = detail.actor ?? "Somebody";
});
