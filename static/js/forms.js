// Small manners of forms: a select that sends itself, a question before what cannot be taken back, a link to copy.
export function forms(root) {
  root.addEventListener("change", (event) => {
    if (event.target.matches("select[data-submit], input[type=file][data-submit]")) event.target.form.requestSubmit();
  });
  root.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.dataset.ask || form.dataset.agreed) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    ask(form);
  }, true);
  root.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll(".menu[open]")) if (!menu.contains(event.target)) menu.open = false;
  });
  root.addEventListener("click", async (event) => {
    if (!event.target.matches("[data-copy-from]")) return;
    const field = event.target.parentElement.querySelector("[data-copy]");
    field.select();
    await navigator.clipboard?.writeText(field.value);
    event.target.textContent = "Copied";
  });
}

function ask(form) {
  const dialog = document.createElement("dialog");
  const words = document.createElement("p");
  const row = document.createElement("form");
  words.textContent = form.dataset.ask;
  row.method = "dialog";
  row.className = "row";
  const act = form.querySelector("button").textContent;
  for (const [value, text, look] of [["yes", act, "primary"], ["no", "Leave it", "plain"]]) {
    const button = document.createElement("button");
    Object.assign(button, { value, textContent: text, className: look });
    row.append(button);
  }
  dialog.append(words, row);
  document.body.append(dialog);
  dialog.addEventListener("close", () => {
    dialog.remove();
    if (dialog.returnValue !== "yes") return;
    form.dataset.agreed = "1";
    form.requestSubmit();
  });
  dialog.showModal();
}
