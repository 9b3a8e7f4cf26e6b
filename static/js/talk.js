// What people say in the review room: forms sent in place, threads that grow without a jump, names after an @.
const PART = { "X-Apex-Part": "1" };

export function talk(place) {
  if (!place) return;
  const list = document.getElementById("people");
  const people = list ? JSON.parse(list.textContent) : [];
  place.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-talk]") || event.defaultPrevented) return;
    event.preventDefault();
    event.stopPropagation();
    send(event.target);
  });
  names(place, people);
  keepDraft(document.getElementById("say-body"));
}

async function send(form) {
  if (form.dataset.sent) return;
  form.dataset.sent = "1";
  form.querySelector(".problem")?.remove();
  try {
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers: PART });
    const text = await answer.text();
    if (!answer.ok || answer.redirected) return say(form, new DOMParser().parseFromString(text, "text/html").querySelector("h1")?.textContent);
    const field = form.querySelector("textarea");
    if (field) {
      field.value = field.defaultValue = "";
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.blur();
      form.closest("details")?.removeAttribute("open");
    }
    // The next words are another comment.
    const token = form.querySelector("[name=token]");
    if (token) token.value = crypto.randomUUID?.() ?? String(Math.random()).slice(2) + Date.now();
    merge(text);
  } catch {
    say(form, "That was not sent: no answer. Your words are still here.");
  } finally {
    delete form.dataset.sent;
  }
}

function say(form, words) {
  const place = document.createElement("p");
  place.className = "problem";
  place.setAttribute("role", "alert");
  place.textContent = words ?? "That was not kept. Your words are still here.";
  form.append(place);
}

let due = 0;
export function refreshThreads(shot) {
  const threads = document.getElementById("threads");
  if (!threads || !threads.dataset.address.includes(shot)) return;
  clearTimeout(due);
  due = setTimeout(async () => {
    const answer = await fetch(threads.dataset.address, { headers: PART });
    if (answer.ok && !answer.redirected) merge(await answer.text());
  }, 150);
}

// A thread somebody writes in keeps its forms; only what was said in it is renewed, below or above their words never moves focus.
function isWritten(part) {
  if (part.contains(document.activeElement) && document.activeElement.matches("textarea")) return true;
  return [...part.querySelectorAll("textarea")].some((field) => field.value !== field.defaultValue);
}

function merge(text) {
  const now = document.getElementById("threads");
  const fresh = document.createRange().createContextualFragment(text).querySelector("#threads");
  if (!now || !fresh) return;
  if (!isWritten(now)) {
    const wasOpen = document.getElementById("resolved")?.open;
    now.replaceWith(fresh);
    const resolved = document.getElementById("resolved");
    if (resolved && wasOpen) resolved.open = true;
    return;
  }
  document.getElementById("no-threads")?.remove();
  for (const thread of fresh.querySelectorAll(".thread")) {
    const standing = document.getElementById(thread.id);
    if (!standing) now.insertBefore(thread, document.getElementById("resolved"));
    else if (!isWritten(standing)) standing.replaceWith(thread);
    else if (!isWritten(standing.querySelector(".said"))) standing.querySelector(".said").replaceWith(thread.querySelector(".said"));
  }
}

function keepDraft(field) {
  if (!field) return;
  const key = `apex-said-${field.form.getAttribute("action")}`;
  if (!field.value) field.value = sessionStorage.getItem(key) ?? "";
  field.addEventListener("input", () => {
    if (field.value) sessionStorage.setItem(key, field.value);
    else sessionStorage.removeItem(key);
  });
}

function names(place, people) {
  const list = document.createElement("ul");
  list.className = "people-list";
  list.setAttribute("role", "listbox");
  list.hidden = true;
  let field = null;
  let at = 0;
  const close = () => { list.hidden = true; };
  const options = () => [...list.children];

  function pick(option) {
    const end = field.selectionStart;
    const start = field.value.lastIndexOf("@", end - 1);
    field.setRangeText(`@${option.dataset.name} `, start, end, "end");
    close();
    field.focus();
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function show() {
    const found = /(?:^|[^\w@.+-])@([\w.+-]*)$/u.exec(field.value.slice(0, field.selectionStart));
    const begun = found?.[1].toLowerCase();
    const matching = found ? people.filter(([name, first]) => name.toLowerCase().startsWith(begun) || first.toLowerCase().startsWith(begun)) : [];
    list.replaceChildren(...matching.slice(0, 8).map(([name, first], index) => {
      const option = document.createElement("li");
      option.setAttribute("role", "option");
      option.dataset.name = name;
      option.textContent = first ? `${first} @${name}` : `@${name}`;
      option.setAttribute("aria-selected", index === 0);
      return option;
    }));
    at = 0;
    list.hidden = !matching.length;
    if (!list.hidden) field.after(list);
  }

  place.addEventListener("input", (event) => {
    if (!event.target.matches("[data-named]")) return;
    field = event.target;
    show();
  });
  place.addEventListener("keydown", (event) => {
    if (event.target.matches("[data-named]") && event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.target.form.requestSubmit();
      return;
    }
    if (list.hidden || event.target !== field) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      at = (at + (event.key === "ArrowDown" ? 1 : -1) + list.children.length) % list.children.length;
      options().forEach((option, index) => option.setAttribute("aria-selected", index === at));
    } else if (event.key === "Enter" || event.key === "Tab") pick(list.children[at]);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  list.addEventListener("mousedown", (event) => {
    event.preventDefault();
    const option = event.target.closest("li");
    if (option) pick(option);
  });
  place.addEventListener("focusout", close);
}
