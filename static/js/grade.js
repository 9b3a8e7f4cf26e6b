// The grade page: sliders beside the number fields, a live picture and scopes, a split one can drag.
// Without this file the fields are plain numbers, "Look at it" tries them, and both pictures stand side by side.
const form = document.getElementById("grade");
const split = document.querySelector("[data-split]");
const said = document.querySelector("[data-said]");
const OWN = new Set(["csrfmiddlewaretoken", "tier", "for", "shot", "version"]);
let timer = 0;
let drawing = null;

function query() {
  const asked = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (!OWN.has(name)) asked.set(name, value);
  return asked;
}

async function show(image, address, signal) {
  const answer = await fetch(address, { signal });
  if (!answer.ok) throw new Error(answer.status < 500 ? (await answer.text()).slice(0, 200) : "The picture could not be drawn.");
  const old = image.src;
  image.src = URL.createObjectURL(await answer.blob());
  if (old.startsWith("blob:")) URL.revokeObjectURL(old);
}

async function draw() {
  drawing?.abort();
  drawing = new AbortController();
  const { signal } = drawing;
  const asked = query();
  try {
    await show(split.querySelector("[data-after]"), `${split.dataset.address}&${asked}`, signal);
    said.textContent = "Tried, not saved yet.";
    await Promise.all([...document.querySelectorAll("[data-scope]")].map((scope) => show(scope, `${scope.dataset.address}&${asked}`, signal)));
    // The page of the same numbers knows the figures.
    const place = new URLSearchParams([...new FormData(form)].filter(([name]) => ["tier", "for", "shot"].includes(name)));
    const page = await fetch(`${form.dataset.page}?${place}&${asked}`, { signal });
    const figures = page.ok && new DOMParser().parseFromString(await page.text(), "text/html").querySelector(".figures");
    if (figures) document.querySelector(".figures").replaceWith(figures);
  } catch (error) {
    if (error.name !== "AbortError") said.textContent = error.message;
  }
  for (const link of document.querySelectorAll("[data-cube]")) {
    const address = new URL(link.href);
    for (const [name, value] of asked) address.searchParams.set(name, value);
    link.href = address;
  }
}

function later() {
  clearTimeout(timer);
  timer = setTimeout(draw, 180);
}

function marked(field) {
  field.closest(".number").classList.toggle("own", Number(field.value.replace(",", ".")) !== Number(field.dataset.begins));
}

if (form) {
  for (const slider of form.querySelectorAll("input[type=range][data-of]")) {
    const field = document.getElementById(slider.dataset.of);
    slider.hidden = false;
    slider.disabled = form.querySelector("fieldset[disabled]") !== null;
    slider.addEventListener("input", () => { field.value = slider.value; marked(field); });
    slider.addEventListener("dblclick", () => { slider.value = field.dataset.begins; field.value = field.dataset.begins; marked(field); later(); });
    field.addEventListener("input", () => { slider.value = field.value.replace(",", "."); marked(field); });
  }
  form.querySelector("[data-try]")?.setAttribute("hidden", "");
  if (split) form.addEventListener("input", later);
}

if (split) {
  const handle = split.querySelector("input");
  const place = (share) => { handle.value = share; split.style.setProperty("--at", `${share}%`); };
  const follow = (event) => { const box = split.getBoundingClientRect(); place(Math.min(100, Math.max(0, 100 * (event.clientX - box.left) / box.width))); };
  split.classList.add("drag");
  handle.hidden = false;
  handle.addEventListener("input", () => place(handle.value));
  split.addEventListener("pointerdown", (event) => { split.setPointerCapture(event.pointerId); follow(event); event.preventDefault(); handle.focus({ preventScroll: true }); });
  split.addEventListener("pointermove", (event) => { if (split.hasPointerCapture(event.pointerId)) follow(event); });
}
