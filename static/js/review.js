// Keys of the review room. Every act is a link or a form of the page, so it works by mouse and without this file too.
export function review(room) {
  if (!room) return;
  document.querySelector(".strip a[aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
  function openReject() {
    const dialog = document.getElementById("reject");
    if (dialog && !dialog.open) dialog.showModal();
  }

  // Between a click and the next page a verdict's key must not fall on the variant that is being left.
  let leaving = "";
  window.addEventListener("pageshow", () => { leaving = ""; });
  const [address, act] = JSON.parse(sessionStorage.getItem("apex-then") ?? "[]");
  sessionStorage.removeItem("apex-then");
  if (address === location.href) decide(act);

  function decide(key) {
    if (key === "a") document.getElementById("approve")?.requestSubmit();
    else openReject();
  }

  room.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) leaving = link.href;
    if (event.target.id === "reject-open") openReject();
    const opener = event.target.closest("[data-open]");
    if (opener) document.getElementById(opener.dataset.open)?.showModal();
    if (event.target.closest("[data-close]")) event.target.closest("dialog").close();
  });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    const dialog = document.getElementById("reject");
    if (dialog?.open) {
      if (event.target.id === "words") return;
      const box = [...dialog.querySelectorAll("[data-hotkey]")].find((one) => one.dataset.hotkey === event.key);
      if (box) {
        box.checked = !box.checked;
        // One key says why, Enter sends it; a second key adds to it.
        dialog.querySelector("button.primary").focus();
        event.preventDefault();
      } else if (event.key === "w") {
        dialog.querySelector("#words").focus();
        event.preventDefault();
      }
      return;
    }
    // Escape closes the list of keys; it must not leave the room with it.
    if (event.target.closest("input, textarea") || document.querySelector("dialog[open]")) return;
    const number = /^[1-9]$/.test(event.key) && document.querySelector(`.strip a[data-number="${event.key}"]`);
    if (number) number.click();
    else if (event.key === "a" || event.key === "r") {
      if (!leaving) decide(event.key);
      // A variant of this strip was looked at, so its verdict waits for its page; a neighbouring shot was not.
      else if (new URL(leaving).searchParams.has("variant")) sessionStorage.setItem("apex-then", JSON.stringify([leaving, event.key]));
    }
    else if (event.key === "t") document.querySelector('[data-open="retake"]')?.click();
    else if (event.key === "c") document.getElementById("say-body")?.focus();
    else if (event.key === "ArrowLeft") document.getElementById("previous")?.click();
    else if (event.key === "ArrowRight") document.getElementById("following")?.click();
    else if (event.key === "Escape") history.back();
    else return;
    event.preventDefault();
  });
}
