// The bell counts anew and the feed grows on top when an event arrives.
const NEWS = /^(comment\.(added|edited)|variant\.(approved|rejected|reopened)|shot\.(retake|review_asked)|job\.finished)$/;

let bellDue = 0;
export function refreshBell(verb) {
  const bell = document.querySelector(".bell");
  if (!bell || !NEWS.test(verb)) return;
  clearTimeout(bellDue);
  bellDue = setTimeout(async () => {
    const answer = await fetch(bell.dataset.address, { headers: { Accept: "application/json" } });
    if (!answer.ok || answer.redirected) return;
    const { bell: count } = await answer.json();
    bell.dataset.count = count;
    bell.querySelector("b").textContent = count;
  }, 250);
}

let feedDue = 0;
export function refreshFeed() {
  const feed = document.getElementById("feed");
  if (!feed?.dataset.address) return;
  clearTimeout(feedDue);
  feedDue = setTimeout(async () => {
    const address = new URL(feed.dataset.address, location.href);
    address.searchParams.set("since", feed.dataset.newest);
    const answer = await fetch(address);
    if (!answer.ok || answer.redirected) return;
    const rows = [...document.createRange().createContextualFragment(await answer.text()).querySelectorAll("li")]
      .filter((row) => Number(row.dataset.seq) > Number(feed.dataset.newest));
    if (!rows.length) return;
    const list = feed.querySelector(".feed");
    // The first event of a choice has no list to stand in yet.
    if (!list) { location.reload(); return; }
    feed.dataset.newest = rows[0].dataset.seq;
    for (const row of rows) row.classList.add("fresh");
    list.prepend(...rows);
  }, 200);
}
