// Shows what happens as it happens, without moving anything under the pointer.
import { unsaved } from "./draft.js";
const one = (selector) => document.querySelector(selector), body = document.body;
let begin, waits = {};

export function listen(start) {
  begin = start;
  if (!body.dataset.live) return;
  const stream = new EventSource(body.dataset.live);
  stream.onopen = stream.onerror = ({ type }) => { one("#pulse").dataset.state = type; };
  stream.addEventListener("change", ({ data }) => {
    soon(rows);
    if (JSON.parse(data).cases.includes(Number(one("#case")?.dataset.case))) soon(fresh);
  });
  stream.addEventListener("draft", ({ data }) => String(JSON.parse(data).case) === one("#case")?.dataset.case && soon(fresh));
  stream.addEventListener("presence", ({ data }) => presence(JSON.parse(data)));
  stream.addEventListener("reload", () => { soon(rows); soon(fresh); });
  addEventListener("pagehide", () => stream.close());
}

function soon(what) {
  clearTimeout(waits[what.name]);
  waits[what.name] = setTimeout(what, 40);
}

async function get(address) {
  const answer = await fetch(address, { headers: { "X-Live": "1" } }).catch(() => null);
  return answer?.ok && !answer.redirected && new DOMParser().parseFromString(await answer.text(), "text/html");
}

function swap(old, part) {
  old.replaceWith(part);
  window.htmx?.process(part);
  begin(part.parentNode);
}

async function rows(force) {
  const page = await get(one("#rows")?.dataset.url ?? body.dataset.views), views = one("#views");
  if (page && !views.contains(document.activeElement)) views.replaceWith(page.querySelector("#views"));
  if (page && one("#rows")) place(page.querySelector("#list"), force === true);
}

function place(next, force) {
  const list = one("#list"), came = [...next.querySelectorAll("#rows > li")].filter((row) => !document.getElementById(row.id));
  const still = force || !one("#rows > li") || (!list.scrollTop && !list.matches(":hover") && !list.contains(document.activeElement));
  for (const row of came) row.classList.add("arrived");
  next.querySelector(`#row-${one("#case")?.dataset.case}`)?.setAttribute("aria-current", "true");
  if (still) {
    list.replaceChildren(...next.children);
    window.htmx?.process(list);
    begin(list);
  } else for (const old of list.querySelectorAll("#rows > li")) {
    const row = next.querySelector(`#${old.id}`);
    old.classList.toggle("moved", !row);
    if (row && !old.contains(document.activeElement)) swap(old, row);
  }
  const more = one("#more");
  more.hidden = still || !came.length;
  more.textContent = more.hidden ? "" : body.dataset.new.replace("#", came.length);
  more.onclick = () => { list.scrollTop = 0; rows(true); };
}

async function fresh() {
  const page = await get(one("#case")?.dataset.url);
  for (const part of page ? page.querySelectorAll("[data-part]") : []) {
    const old = document.getElementById(part.id), fields = old?.querySelectorAll("textarea, input:not([type=hidden])");
    const busy = old?.querySelector(".htmx-request") || old?.contains(document.activeElement) || (part.id === "composer" && unsaved());
    if (!old || busy || [...fields].some((field) => field.value !== field.defaultValue)) continue;
    for (const fold of old.querySelectorAll("details[open] > summary")) part.querySelector(`#${fold.id}`)?.parentElement.setAttribute("open", "");
    swap(old, part);
  }
}

function presence({ case: id, people }) {
  const marks = () => people.filter((each) => String(each.id) !== body.dataset.me).map(mark);
  for (const place of document.querySelectorAll(`[data-presence="${id}"]`)) place.replaceChildren(...marks());
}

function mark({ initials, name, writing }) {
  const className = `initials ${writing ? "writing" : "looking"}`, ariaLabel = body.dataset[writing ? "writes" : "looks"].replace("#", name);
  return Object.assign(document.createElement("span"), { className, ariaLabel, title: name, role: "img", textContent: initials });
}
