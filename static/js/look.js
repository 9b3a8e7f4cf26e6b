// The look's form: the sample shot follows it, and a filled empty tile brings another.
const form = document.getElementById("bible");
const image = document.getElementById("look-sketch");
const said = document.getElementById("look-said");
let timer = 0;
let drawing = null;

async function draw() {
  drawing?.abort();
  drawing = new AbortController();
  const data = new FormData(form);
  try {
    const answer = await fetch(form.dataset.sketch, { method: "POST", body: data, signal: drawing.signal });
    if (answer.status === 429) { later(1500); return; }
    if (!answer.ok) { said.textContent = answer.status < 500 ? (await answer.text()).slice(0, 300) : "The sketch could not be drawn."; return; }
    const old = image.src;
    image.src = URL.createObjectURL(await answer.blob());
    if (old.startsWith("blob:")) URL.revokeObjectURL(old);
    said.textContent = "One shot of the film, sketched in the look of this form; kept nowhere";
  } catch (error) {
    if (error.name !== "AbortError") said.textContent = "The sketch could not be fetched.";
  }
}

function later(milliseconds) {
  clearTimeout(timer);
  timer = setTimeout(draw, milliseconds);
}

form?.addEventListener("input", (event) => {
  const tile = event.target.closest(".empty-tile");
  if (tile) {
    const next = tile.cloneNode(true);
    for (const input of next.querySelectorAll("input:not([type=color])")) input.value = "";
    tile.classList.remove("empty-tile");
    tile.after(next);
  }
  if (image) later(300);
});
if (image) {
  const none = () => { image.closest("figure").hidden = true; };
  image.addEventListener("error", none, { once: true });
  if (image.complete && !image.naturalWidth) none();
}
