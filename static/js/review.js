// Keys of the review room. Every act is a link or a form of the page, so it works by mouse and without this file too.
export function review(room) {
  if (!room) return;
  const key = "apex-before";
  const shown = () => document.querySelector(".strip a[aria-current]");
  const before = sessionStorage.getItem(key);
  if (shown() && before !== shown().href) sessionStorage.setItem(key, shown().href);

  function openReject() {
    const dialog = document.getElementById("reject");
    if (dialog && !dialog.open) dialog.showModal();
  }

  room.addEventListener("click", (event) => {
    if (event.target.id === "reject-open") openReject();
    if (event.target.closest("[data-close]")) document.getElementById("reject").close();
  });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    const dialog = document.getElementById("reject");
    if (dialog?.open) {
      if (event.target.id === "words") return;
      const radio = dialog.querySelectorAll('input[type="radio"]')[Number(event.key) - 1];
      if (radio) { radio.checked = true; event.preventDefault(); }
      return;
    }
    if (event.target.closest("input, textarea")) return;
    const number = /^[1-9]$/.test(event.key) && document.querySelector(`.strip a[data-number="${event.key}"]`);
    if (number) number.click();
    else if (event.key === "a") document.getElementById("approve")?.requestSubmit();
    else if (event.key === "r") openReject();
    else if (event.key === "\\" && before) location.href = before;
    else if (event.key === "ArrowLeft") document.getElementById("previous")?.click();
    else if (event.key === "ArrowRight") document.getElementById("following")?.click();
    else if (event.key === "Escape") history.back();
    else if (event.key === "z") document.getElementById("picture")?.style.setProperty("object-fit", "none");
    else return;
    event.preventDefault();
  });
  document.addEventListener("keyup", (event) => {
    if (event.key === "z") document.getElementById("picture")?.style.removeProperty("object-fit");
  });
}
