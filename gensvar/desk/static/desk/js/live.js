// Shows what happens as it happens, without moving anything under the pointer.
import { one } from "./keys.js";

const { body } = document, busy = (part) => part.contains(document.activeElement);
let begin, news;

export function listen(start) {
  begin = start;
  if (!body.dataset.live) return;
  const stream = new EventSource(body.dataset.live);
  stream.onopen = stream.onerror = ({ type }) => { one("#pulse").dataset.state = type; };
  const on = (name, then) => stream.addEventListener(name, ({ data }) => then(JSON.parse(data)));
  on("change", ({ cases, draft }) => {
    if (!draft) soon(rows);
    if (!cases || cases.includes(Number(one("#case")?.dataset.case))) soon(fresh);
  });
  on("presence", presence);
  addEventListener("pagehide", () => stream.close());
}

function soon(what) {
  clearTimeout(what.wait);
  what.wait = setTimeout(what, 40);
}

async function get(address) {
  const answer = await fetch(address, { headers: { "X-Live": "1" } }).catch(() => 0);
  return answer?.ok && !answer.redirected && new DOMParser().parseFromString(await answer.text(), "text/html");
}

function swap(old, part) {
  old.replaceWith(part);
  htmx.process(part);
  begin(part.parentNode);
}

async function rows(force) {
  const page = await get(one("#rows")?.dataset.url ?? body.dataset.views), views = one("#views");
  if (page && !busy(views)) views.replaceWith(one("#views", page));
  if (page && one("#rows")) place(one("#list", page), force);
}

function place(next, force) {
  const list = one("#list"), more = one("#more");
  const came = [...next.querySelectorAll("#rows > li")].filter(({ id }) => !one(`#${id}`));
  const still = force || !one("#rows > li") || (!list.scrollTop && !list.matches(":hover") && !busy(list));
  news = JSON.parse(one("#rows", next).dataset.news);
  for (const row of came) row.classList.add("arrived");
  one(`#row-${one("#case")?.dataset.case}`, next)?.setAttribute("aria-current", "true");
  if (still) swap(list, next);
  else for (const old of list.querySelectorAll("#rows > li")) {
    const row = one(`#${old.id}`, next);
    old.classList.toggle("moved", !row);
    if (row && !busy(old)) swap(old, row);
  }
  const up = came.filter(({ id }) => !news.includes(+id.slice(4))).length;
  more.hidden = still || !up;
  more.textContent = body.dataset.new.replace("#", up);
  more.onclick = () => rows(true);
  addEventListener("scroll", below, true);
  below();
}

function below() {
  const out = news.filter((id) => !(one(`#row-${id}`)?.getBoundingClientRect().top < innerHeight)).length;
  one("#below").textContent = out ? body.dataset.below.replace("#", out) : "";
}

async function fresh() {
  const page = await get(one("#case")?.dataset.url);
  for (const part of page ? page.querySelectorAll("[data-part]") : []) {
    const old = one(`#${part.id}`);
    if (!old || busy(old) || one(".htmx-request", old)) continue;
    if ([...old.querySelectorAll("textarea, input")].some((field) => field.value !== field.defaultValue)) continue;
    for (const fold of old.querySelectorAll("details[open] > summary")) one(`#${fold.id}`, part)?.parentElement.setAttribute("open", "");
    swap(old, part);
  }
}

function presence({ case: id, people }) {
  for (const place of document.querySelectorAll(`[data-presence="${id}"]`)) place.innerHTML = people;
}
