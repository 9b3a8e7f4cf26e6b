// The form that asks for variants: each slider tells its value. Without this script the form says no number, and asks the same.
const more = document.querySelector("[data-testid=ask-more]");
if (more) {
  more.classList.add("told");
  const show = (input) => {
    const told = input.parentElement.querySelector("output");
    if (told) told.textContent = Number(input.value).toFixed(2);
  };
  for (const input of more.querySelectorAll("input[type=range]")) {
    show(input);
    input.addEventListener("input", () => show(input));
  }
}
