// The blocking fields: each change is sketched on the stage beside them; the newest one wins.
const form = document.getElementById("blocking");
const button = document.getElementById("blocking-draw");
const image = document.getElementById("blocking-sketch");
const said = document.getElementById("blocking-said");
let drawing = null;
let timer = 0;

function say(text) {
  said.textContent = text;
  said.hidden = !text;
}

async function draw() {
  drawing?.abort();
  drawing = new AbortController();
  const data = new FormData(form);
  data.delete("csrfmiddlewaretoken");
  say("Drawing on the stage…");
  try {
    const answer = await fetch(`${button.formAction}?${new URLSearchParams(data)}`, { signal: drawing.signal });
    if (!answer.ok || !answer.headers.get("Content-Type")?.startsWith("image/")) {
      say(answer.status < 500 || answer.status === 503 ? await answer.text() : "The sketch could not be drawn.");
      return;
    }
    if (image.src.startsWith("blob:")) URL.revokeObjectURL(image.src);
    image.src = URL.createObjectURL(await answer.blob());
    image.hidden = false;
    say("Sketch of the fields above; nothing is saved yet");
  } catch (error) {
    if (error.name !== "AbortError") say("The sketch could not be fetched.");
  }
}

if (form && button) {
  button.addEventListener("click", (event) => { event.preventDefault(); draw(); });
  form.addEventListener("change", () => { clearTimeout(timer); timer = setTimeout(draw, 300); });
}
