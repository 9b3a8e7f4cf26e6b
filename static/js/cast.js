// Cast pages: hear a voice, and colours whose swatch and hex follow each other.
let playing = null;
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-listen]");
  if (!button) return;
  playing?.pause();
  playing = new Audio(button.dataset.listen);
  button.setAttribute("aria-busy", "true");
  const done = () => button.removeAttribute("aria-busy");
  playing.addEventListener("playing", done);
  playing.addEventListener("error", () => { done(); button.textContent = "No voice is installed here"; button.disabled = true; });
  playing.play().catch(done);
});
document.addEventListener("input", (event) => {
  const pair = event.target.closest(".colour");
  if (!pair) return;
  const swatch = pair.querySelector("input[type=color]");
  const hex = pair.querySelector("[data-hex]");
  if (event.target === swatch) hex.value = swatch.value.toUpperCase();
  else if (/^#[0-9a-f]{6}$/i.test(hex.value)) swatch.value = hex.value;
});
