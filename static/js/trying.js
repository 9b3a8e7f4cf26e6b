// A small clip drawn on the server and shown in place: one button, one video, one line for what is wrong.
export async function tried({ address, button, video, wrong }) {
  const words = button.textContent;
  button.disabled = true;
  button.textContent = "Drawing…";
  wrong.hidden = true;
  try {
    const answer = await fetch(address, { headers: { Accept: "video/mp4" } });
    if (!answer.ok) throw new Error(answer.status < 500 ? saidIn(await answer.text()) : "The clip could not be drawn.");
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
    button.textContent = words;
  }
}

function saidIn(text) {
  if (!text.trimStart().startsWith("<")) return text.slice(0, 300);
  const page = new DOMParser().parseFromString(text, "text/html");
  return page.querySelector("h1")?.textContent ?? "That did not work.";
}
