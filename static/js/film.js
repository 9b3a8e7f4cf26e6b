// The programme monitor: frame by frame, J K L, a playhead over the shots. Without this file the browser's player stays.
export function film(root) {
  const find = () => root.querySelector("[data-film]");
  const video = () => find()?.querySelector("video");
  const rate = () => { const d = find().dataset; return Number(d.numerator) / Number(d.denominator); };

  // The middle of a frame: a seek to its edge may land on either side.
  const seekFrame = (frame) => { video().currentTime = (Math.min(Number(find().dataset.frames) - 1, Math.max(0, frame)) + 0.5) / rate(); };
  const frameNow = () => Math.min(Number(find().dataset.frames) - 1, Math.floor(video().currentTime * rate() + 1e-6));

  function timecode(frame) {
    const whole = Math.round(rate());
    const two = (n) => String(n).padStart(2, "0");
    const seconds = Math.floor(frame / whole);
    return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}:${two(frame % whole)}`;
  }

  function show() {
    const place = find();
    if (!place) return;
    const frame = frameNow();
    place.querySelector("[data-timecode]").textContent = timecode(frame);
    place.querySelector("[data-frame]").textContent = `frame ${frame} of ${place.dataset.frames}`;
    const head = place.querySelector(".head");
    const clips = [...place.querySelectorAll(".track a")];
    // By what each clip holds, not by its place: on the strip of the cut clips can be moved while the film stays.
    const now = clips.find((clip) => frame >= Number(clip.dataset.start) && frame < Number(clip.dataset.start) + Number(clip.dataset.length));
    for (const clip of clips) clip.toggleAttribute("data-now", clip === now);
    if (!now) return;
    const share = (frame - Number(now.dataset.start)) / Number(now.dataset.length);
    head.hidden = false;
    head.style.left = `${now.offsetLeft + share * now.offsetWidth}px`;
    const at = place.querySelector("[data-at]");
    at.textContent = now.querySelector(".code").textContent;
    at.href = now.href;
  }

  function follow() {
    show();
    const playing = video();
    if (playing && !playing.paused) requestAnimationFrame(follow);
  }
  for (const kind of ["play", "seeked", "timeupdate", "loadedmetadata"]) {
    root.addEventListener(kind, (event) => { if (event.target === video()) follow(); }, true);
  }

  // A click on a shot goes to it in the film; with a modifier, or on its name, to its room.
  root.addEventListener("click", (event) => {
    const clip = event.target.closest(".track a");
    if (!clip || !video() || event.target.closest(".code") || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    seekFrame(Number(clip.dataset.start));
  });

  function jump(direction) {
    const starts = [...find().querySelectorAll(".track a")].map((clip) => Number(clip.dataset.start)).sort((one, other) => one - other);
    const here = frameNow();
    const next = direction > 0 ? starts.find((start) => start > here) : starts.findLast((start) => start < here);
    if (next !== undefined) seekFrame(next);
  }

  const acts = {
    k: () => { const it = video(); if (it.paused) it.play(); else it.pause(); },
    " ": () => acts.k(),
    l: () => { const it = video(); it.playbackRate = it.paused ? 1 : Math.min(4, it.playbackRate * 2); it.play(); },
    j: () => { const it = video(); it.playbackRate = 1; seekFrame(frameNow() - Math.round(rate())); },
    ArrowRight: () => { video().pause(); seekFrame(frameNow() + 1); },
    ArrowLeft: () => { video().pause(); seekFrame(frameNow() - 1); },
    ArrowDown: () => jump(1),
    ArrowUp: () => jump(-1),
  };
  document.addEventListener("keydown", (event) => {
    if (!video() || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (event.target.closest("input, textarea, select, button, summary, dialog")) return;
    const act = acts[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
}
