// The project's log and progress over one socket. Reconnects with the last sequence number, so nothing is missed.
import { refreshThreads } from "./talk.js";
import { refreshBell, refreshFeed } from "./feed.js";

const CARD_VERBS = /^(variant\.|shot\.|job\.finished)/;

export function connect(body, { showJobs, drawer }) {
  const line = document.querySelector(".live");
  let last = Number(body.dataset.seq || 0);
  let wait = 500;
  const scheme = location.protocol === "https:" ? "wss" : "ws";

  function open() {
    const socket = new WebSocket(`${scheme}://${location.host}/ws/projects/${body.dataset.project}/?since=${last}`);
    socket.onmessage = (event) => {
      const message = JSON.parse(event.data);
      if (message.type === "live") { wait = 500; say("live"); }
      if (message.type === "event") { last = message.seq; onEvent(message); }
      if (message.type === "progress") onProgress(message);
    };
    socket.onclose = (event) => {
      if (event.code >= 4400) { say("closed"); return; }
      say("reconnecting");
      setTimeout(open, wait);
      wait = Math.min(wait * 2, 8000);
    };
  }

  function say(state) {
    line.dataset.state = state;
    line.textContent = state === "closed" ? "you are no longer on this project" : state;
  }

  function onEvent(message) {
    document.dispatchEvent(new CustomEvent("apex:event", { detail: message }));
    const shot = message.payload?.shot;
    if (CARD_VERBS.test(message.verb)) {
      if (shot) refreshCard(shot);
      if (document.querySelector(`.strip[data-shot="${shot}"]`)) refreshRoom(message.verb);
    }
    refreshBell(message.verb);
    refreshFeed();
    if (/^comment\./.test(message.verb)) refreshThreads(shot);
    if (/^job\./.test(message.verb) && drawer && !drawer.hidden) showJobs();
    if (/^(delivery\.ready|cut\.built)$/.test(message.verb) || (/^job\.(finished|cancelled|retried)$/.test(message.verb) && /^(film|animatic|speech)$/.test(message.payload?.kind))) refreshCut();
  }

  let drawerDue = 0;
  function onProgress(message) {
    // The drawer's numbers are the server's: they count all parts of a job and know how long it still takes.
    if (drawer && !drawer.hidden && !drawerDue) drawerDue = setTimeout(() => { drawerDue = 0; showJobs(); }, 1500);
    const share = message.total ? Math.round((100 * message.done) / message.total) : 0;
    for (const place of document.querySelectorAll(`[data-job="${message.job}"]`)) {
      place.querySelector(".progress > i")?.style.setProperty("width", `${share}%`);
      const said = place.querySelector("[data-said]");
      if (said) said.textContent = message.message || message.status;
    }
    if (!message.shot) return;
    const bars = document.querySelectorAll(`#shot-${CSS.escape(message.shot)} .progress, [data-progress="${message.shot}"]`);
    for (const bar of bars) {
      bar.hidden = message.status !== "running" && message.status !== "queued";
      bar.firstElementChild.style.width = `${share}%`;
    }
  }

  open();
}

const due = new Map();
function refreshCard(shot) {
  // Several events of one shot in a moment are one look.
  if (due.has(shot)) return;
  due.set(shot, setTimeout(async () => {
    due.delete(shot);
    const card = document.getElementById(`shot-${shot}`);
    if (!card) return;
    const answer = await fetch(`${card.dataset.card}?tier=${document.body.dataset.fidelity}`);
    if (answer.status !== 200 || answer.redirected) return;
    const had = card.contains(document.activeElement);
    const fresh = document.createRange().createContextualFragment(await answer.text());
    const still = fresh.querySelector(".still");
    const tick = fresh.querySelector(".tick input");
    if (tick) tick.checked = card.querySelector(".tick input")?.checked ?? false;
    card.replaceWith(fresh);
    window.htmx?.process(document.getElementById(`shot-${shot}`));
    if (had) still?.focus();
  }, 150));
}

let roomDue = 0;
function refreshRoom(verb) {
  clearTimeout(roomDue);
  roomDue = setTimeout(async () => {
    // The variant that is looked at stays the one looked at, whichever the server would choose by now.
    const shown = document.querySelector(".strip a[aria-current]")?.dataset.number;
    const address = new URL(location.href);
    if (shown) address.searchParams.set("variant", shown);
    const answer = await fetch(address);
    if (!answer.ok || answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const picture = document.querySelector(".picture");
    // Nothing jumps while somebody looks: the strip grows, the picture stays unless there was none.
    document.querySelector(".strip").replaceChildren(...page.querySelector(".strip").childNodes);
    if (!picture) return; // A page with a strip that is no review room.
    if (!picture.querySelector("img") || verb !== "variant.created") {
      for (const part of [".picture", ".verdict", "#facts", "#more"]) {
        const place = document.querySelector(part);
        // What somebody is writing in stays.
        if (place && !place.contains(document.activeElement?.closest("input, textarea"))) place.replaceWith(page.querySelector(part));
      }
      window.htmx?.process(document.querySelector(".verdict"));
      for (const name of ["reject", "retake", "ask"]) {
        const dialog = document.getElementById(name);
        const fresh = page.getElementById(name);
        if (!dialog && fresh) document.querySelector("main").append(fresh);
        else if (dialog && !dialog.open) fresh ? dialog.replaceWith(fresh) : dialog.remove();
      }
    }
  }, 200);
}

let cutDue = 0;
function refreshCut() {
  clearTimeout(cutDue);
  cutDue = setTimeout(async () => {
    const place = document.querySelector("[data-cut]");
    const playing = place?.querySelector("video");
    if (!place || (playing && !playing.paused)) return;
    if (place.querySelector("[data-pending]")) {
      // What somebody edits stays; what they keep of it meets the other version then.
      const said = place.querySelector("[data-strip-said]");
      if (said) said.textContent = "The cut or its films changed meanwhile. Your edits are still here; reload to see what changed.";
      return;
    }
    const answer = await fetch(location.href);
    if (!answer.ok || answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("[data-cut]");
    if (fresh.querySelector("#cut-edit") && !place.querySelector("#cut-edit")) { location.reload(); return; }
    place.replaceWith(fresh);
    document.dispatchEvent(new Event("apex:fresh"));
    window.htmx?.process(fresh);
    playIfAsked();
  }, 200);
}

// Who pressed "Play an animatic" sees it play as soon as it is there; without sound where the browser insists.
export function playIfAsked() {
  const place = document.querySelector("[data-cut][data-play]");
  const film = place?.querySelector("video");
  if (!film || place.querySelector("[data-job]")) return;
  delete place.dataset.play;
  const address = new URL(location.href);
  address.searchParams.delete("play");
  history.replaceState(null, "", address);
  film.play().catch(() => { film.muted = true; film.play().catch(() => {}); });
}
