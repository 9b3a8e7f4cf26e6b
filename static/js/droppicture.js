// A picture dropped anywhere on the page is chosen in its form and sent; without a script the file input does the same.
const form = document.querySelector("form[data-drop]");
const input = form?.querySelector("input[type=file]");
const holdsFile = (event) => [...(event.dataTransfer?.types || [])].includes("Files");
const isElsewhere = (event) => event.target.closest?.("input[type=file], .bring");
let depth = 0;

function show(isOver) {
  form.classList.toggle("over", isOver);
  if (isOver) form.scrollIntoView({ block: "nearest" });
}

if (form) {
  document.addEventListener("dragenter", (event) => {
    if (holdsFile(event)) { depth += 1; show(true); }
  });
  document.addEventListener("dragleave", (event) => {
    if (holdsFile(event)) { depth = Math.max(0, depth - 1); show(depth > 0); }
  });
  document.addEventListener("dragover", (event) => {
    if (holdsFile(event) && !isElsewhere(event)) event.preventDefault();
  });
  document.addEventListener("drop", (event) => {
    depth = 0;
    show(false);
    if (!holdsFile(event) || isElsewhere(event)) return;
    event.preventDefault();
    const one = new DataTransfer();
    one.items.add(event.dataTransfer.files[0]);
    input.files = one.files;
    form.requestSubmit();
  });
}
