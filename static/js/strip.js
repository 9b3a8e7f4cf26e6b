// The strip of stills: drag a still to another place, its right edge to trim, snapping to beats held near; undo.
// Every edit is written into the form of shots below, which alone is sent: the version it was made on goes with it.
const NEAR_PIXELS = 7;
const MOVED_PIXELS = 6;
const EDGE_PIXELS = { mouse: 10, touch: 20, pen: 14 };

function begin({ signal }) {
  const strip = document.querySelector("[data-strip][data-editable]");
  const form = document.getElementById("cut-edit");
  if (!strip || !form) return;
  const track = strip.querySelector(".track");
  const inner = strip.querySelector(".reel-in");
  const under = strip.querySelector("[data-under]");
  const said = strip.querySelector("[data-strip-said]");
  const undo = strip.querySelector("[data-strip-undo]");
  const save = strip.querySelector("[data-testid=strip-save]");
  const ticks = [...strip.querySelectorAll("[data-beat]")];
  const beats = ticks.map((tick) => Number(tick.dataset.beat));
  const total = Number(strip.dataset.frames);
  const past = [];
  let held = null;
  let dragged = false;

  const clips = () => [...track.querySelectorAll("a")];
  // `start` and `length` are the film's and stay; `frames` is what the cut shall have.
  const frames = (clip) => Number(clip.dataset.frames);
  const startOf = (clip) => clips().slice(0, clips().indexOf(clip)).reduce((sum, one) => sum + frames(one), 0);
  const state = () => clips().map((clip) => [clip.dataset.code, frames(clip)]);
  const plural = (count, word) => `${count} ${word}${Math.abs(count) === 1 ? "" : "s"}`;

  function laid() {
    const all = clips();
    const length = all.reduce((sum, clip) => sum + frames(clip), 0);
    for (const clip of all) {
      clip.style.width = `${(100 * frames(clip)) / length}%`;
      clip.title = `${clip.dataset.code}, ${plural(frames(clip), "frame")}`;
    }
    under.style.width = `${(100 * total) / length}%`;
    // The form: places and lengths as the strip shows them.
    const list = form.querySelector(".cut-rows");
    all.forEach((clip, number) => {
      const row = list.querySelector(`[data-row="${CSS.escape(clip.dataset.code)}"]`);
      // Only what stands elsewhere is moved: a row taken out and put back loses the click that is on its way.
      if (list.children[number] !== row) list.insertBefore(row, list.children[number]);
      row.querySelector("[name^='place.']").value = number + 1;
      row.querySelector("[name^='frames.']").value = frames(clip);
    });
    undo.disabled = save.disabled = past.length === 0;
    strip.toggleAttribute("data-pending", past.length > 0);
  }

  function kept(before, words) {
    if (JSON.stringify(before) === JSON.stringify(state())) return;
    past.push(before);
    laid();
    said.textContent = `${words} Not kept yet.`;
  }

  function restored(before) {
    for (const [code, length] of before) {
      const clip = track.querySelector(`[data-code="${CSS.escape(code)}"]`);
      clip.dataset.frames = length;
      track.insertBefore(clip, track.querySelector(".head"));
    }
  }

  function takenBack() {
    if (!past.length) return;
    restored(past.pop());
    laid();
    said.textContent = past.length ? `${plural(past.length, "edit")} not kept yet.` : "All as it was kept.";
  }

  function trimmed(clip, wanted, { near = 0 } = {}) {
    const start = startOf(clip);
    const least = Number(clip.dataset.least);
    let length = Math.max(least, wanted);
    let beat = null;
    if (near > 0 && beats.length) {
      const close = beats.reduce((one, other) => (Math.abs(other - start - wanted) < Math.abs(one - start - wanted) ? other : one));
      if (Math.abs(close - start - wanted) <= near && close - start >= least) { beat = close; length = close - start; }
    }
    clip.dataset.frames = length;
    for (const tick of ticks) tick.classList.toggle("near", Number(tick.dataset.beat) === beat);
    const off = beat === null && beats.length ? nearestOff(start + length) : 0;
    const held_by = length === least && wanted < least ? ", as short as its line and join allow" : "";
    return `${clip.dataset.code}: ${plural(length, "frame")}${held_by}${beat !== null ? ", on the beat" : beats.length ? `, ${off > 0 ? "+" : ""}${plural(off, "frame")} from the beat` : ""}.`;
  }

  function nearestOff(frame) {
    const close = beats.reduce((one, other) => (Math.abs(other - frame) < Math.abs(one - frame) ? other : one));
    return frame - close;
  }

  function moved(clip, way) {
    const all = clips();
    const other = all[all.indexOf(clip) + way];
    if (!other) return false;
    if (way < 0) other.before(clip);
    else other.after(clip);
    return true;
  }

  // Pointer: the right edge trims, the rest of a still moves it. A touch on the still scrolls the strip.
  track.addEventListener("pointerdown", (event) => {
    const clip = event.target.closest("a");
    if (!clip || event.button || held) return;
    const box = clip.getBoundingClientRect();
    const isEdge = box.right - event.clientX <= Math.min(EDGE_PIXELS[event.pointerType] ?? 10, box.width / 2);
    if (event.pointerType === "touch" && !isEdge) return;
    const perFrame = inner.getBoundingClientRect().width / clips().reduce((sum, one) => sum + frames(one), 0);
    held = { clip, isEdge, x: event.clientX, length: frames(clip), before: state(), perFrame, words: "" };
    dragged = false;
  });

  document.addEventListener("pointermove", (event) => {
    if (!held) return;
    const away = event.clientX - held.x;
    if (!dragged) {
      if (Math.abs(away) < MOVED_PIXELS) return;
      dragged = true;
      held.clip.classList.add("held", ...(held.isEdge ? ["trimmed"] : []));
      if (held.isEdge) inner.style.width = `${inner.getBoundingClientRect().width}px`;
    }
    event.preventDefault();
    if (held.isEdge) {
      held.words = trimmed(held.clip, held.length + Math.round(away / held.perFrame), { near: event.altKey ? 0 : NEAR_PIXELS / held.perFrame });
      const length = clips().reduce((sum, clip) => sum + frames(clip), 0);
      inner.style.width = inner.style.minWidth = `${length * held.perFrame}px`;
      for (const clip of clips()) clip.style.width = `${frames(clip) * held.perFrame}px`;
      under.style.width = `${total * held.perFrame}px`;
      said.textContent = held.words;
    } else {
      const over = clips().find((clip) => { const box = clip.getBoundingClientRect(); return event.clientX >= box.left && event.clientX < box.right; });
      for (const clip of clips()) clip.classList.remove("drop-before", "drop-after");
      held.over = over && over !== held.clip ? over : null;
      if (held.over) {
        const box = held.over.getBoundingClientRect();
        held.isAfter = event.clientX > box.left + box.width / 2;
        held.over.classList.add(held.isAfter ? "drop-after" : "drop-before");
      }
    }
  }, { signal });

  function dropped(isGiven) {
    if (!held) return;
    const { clip, isEdge, before, over, isAfter, words } = held;
    held = null;
    for (const one of clips()) one.classList.remove("held", "trimmed", "drop-before", "drop-after");
    for (const tick of ticks) tick.classList.remove("near");
    if (!dragged) return;
    inner.style.width = inner.style.minWidth = "";
    if (!isGiven) restored(before);
    else if (!isEdge && over) {
      if (isAfter) over.after(clip);
      else over.before(clip);
    }
    laid();
    if (isGiven) kept(before, isEdge ? words : `${clip.dataset.code} is shot ${clips().indexOf(clip) + 1} now.`);
  }
  document.addEventListener("pointerup", () => dropped(true), { signal });
  document.addEventListener("pointercancel", () => dropped(false), { signal });
  track.addEventListener("dragstart", (event) => event.preventDefault());
  // What was a drag is no click: the film stays where it is.
  track.addEventListener("click", (event) => { if (dragged) { event.preventDefault(); event.stopPropagation(); dragged = false; } }, true);

  // Keys on a still: Alt and an arrow move it, Shift and an arrow trim it by a frame (to the next beat with Alt too).
  track.addEventListener("keydown", (event) => {
    const clip = event.target.closest("a");
    const way = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (event.key === "Escape" && held) return dropped(false);
    if (!clip || !way || !(event.altKey || event.shiftKey)) return undefined;
    event.preventDefault();
    event.stopPropagation();
    const before = state();
    if (event.altKey && !event.shiftKey) {
      if (!moved(clip, way)) return undefined;
      kept(before, `${clip.dataset.code} is shot ${clips().indexOf(clip) + 1} now.`);
    } else {
      const end = startOf(clip) + frames(clip);
      const next = way > 0 ? beats.find((beat) => beat > end) : beats.findLast((beat) => beat < end);
      const wanted = event.altKey && next !== undefined ? frames(clip) + next - end : frames(clip) + way;
      const words = trimmed(clip, wanted, { near: event.altKey ? 0.5 : 0 });
      for (const tick of ticks) tick.classList.remove("near");
      kept(before, words);
    }
    clip.focus();
    return undefined;
  });
  // What is set in the form below is seen on the strip.
  form.addEventListener("change", (event) => {
    const [field, code] = event.target.name?.split(/\.(.*)/) ?? [];
    const clip = track.querySelector(`[data-code="${CSS.escape(code ?? "")}"]`);
    const value = Number(event.target.value);
    if (!clip || !Number.isInteger(value) || value < 1) return;
    const before = state();
    if (field === "frames") clip.dataset.frames = value;
    else if (field === "place") {
      const others = clips().filter((one) => one !== clip);
      track.insertBefore(clip, others[value - 1] ?? track.querySelector(".head"));
    } else return;
    kept(before, `${code}: ${plural(frames(clip), "frame")}, shot ${clips().indexOf(clip) + 1}.`);
  }, { signal });
  form.addEventListener("apex:order", () => {
    const before = state();
    for (const row of form.querySelectorAll("[data-row]")) {
      track.insertBefore(track.querySelector(`[data-code="${CSS.escape(row.dataset.row)}"]`), track.querySelector(".head"));
    }
    kept(before, "The order is another.");
  }, { signal });

  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "z" || !(event.ctrlKey || event.metaKey) || event.target.closest("input, textarea, select")) return;
    if (!past.length) return;
    event.preventDefault();
    takenBack();
  }, { signal });
  undo.addEventListener("click", takenBack);
  addEventListener("beforeunload", (event) => { if (past.length && !form.dataset.sent) event.preventDefault(); }, { signal });

  strip.dataset.live = "";
  strip.querySelector("[data-strip-acts]").hidden = false;
  strip.querySelector("[data-with-script]")?.removeAttribute("hidden");
}

let held = new AbortController();
begin(held);
document.addEventListener("apex:fresh", () => {
  held.abort();
  held = new AbortController();
  begin(held);
});
