// The shots of the cut: up and down without typing numbers, a shot tried in place.
// Without this file places are numbers one types, and "Try it" opens the clip on a page of its own.
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

async function tried(row, button) {
  const video = row.querySelector("[data-shown]");
  const wrong = row.querySelector("[data-wrong]");
  const asked = new URLSearchParams(new FormData(form));
  asked.delete("csrfmiddlewaretoken");
  asked.set("shot", button.value);
  button.disabled = true;
  button.textContent = "Drawing…";
  wrong.hidden = true;
  try {
    const answer = await fetch(`${form.dataset.preview}?${asked}`, { headers: { Accept: "video/mp4" } });
    if (!answer.ok) throw new Error(answer.status < 500 ? (await answer.text()).slice(0, 300) : "The clip could not be drawn.");
    if (video.src) URL.revokeObjectURL(video.src);
    video.src = URL.createObjectURL(await answer.blob());
    video.hidden = false;
    await video.play();
  } catch (error) {
    if (error.name === "AbortError" || error.name === "NotAllowedError") return;
    wrong.textContent = error.message;
    wrong.hidden = false;
    video.hidden = true;
  } finally {
    button.disabled = false;
    button.textContent = "Try it";
  }
}

if (form) {
  for (const steps of form.querySelectorAll(".cut-steps")) steps.hidden = false;
  form.addEventListener("click", (event) => {
    const row = event.target.closest("[data-row]");
    if (event.target.dataset.step) step(row, Number(event.target.dataset.step));
    if (event.target.hasAttribute("data-try")) {
      event.preventDefault();
      tried(row, event.target);
    }
  });
}
