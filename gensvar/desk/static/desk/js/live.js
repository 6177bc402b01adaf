// Shows what happens on the desk as it happens, without moving anything under the pointer.
import { unsaved } from "./draft.js";
const one = (selector) => document.querySelector(selector);
const parse = (text) => new DOMParser().parseFromString(text, "text/html");
let begin = () => {}, rowsWait = 0, caseWait = 0;

export function listen(start) {
  begin = start;
  const address = document.body.dataset.live;
  if (!address) return;
  const stream = new EventSource(address);
  stream.onopen = () => pulse("on");
  stream.onerror = () => pulse("away");
  stream.addEventListener("change", (event) => change(JSON.parse(event.data)));
  stream.addEventListener("presence", (event) => presence(JSON.parse(event.data)));
  stream.addEventListener("reload", () => { rows(); fresh(); });
  addEventListener("pagehide", () => stream.close());
  one("#list")?.addEventListener("scroll", () => one("#list").scrollTop === 0 && one("#more > button") && rows());
}

function pulse(state) {
  const mark = one("#pulse");
  if (!mark) return;
  mark.hidden = false;
  mark.dataset.state = state;
  mark.textContent = mark.dataset[state];
}

function change({ cases }) {
  clearTimeout(rowsWait);
  rowsWait = setTimeout(rows, 40);
  if (cases.includes(Number(one("#case")?.dataset.case))) { clearTimeout(caseWait); caseWait = setTimeout(fresh, 60); }
}

async function get(address) {
  const answer = await fetch(address, { headers: { "X-Live": "1" } });
  return answer.ok && !answer.redirected ? parse(await answer.text()) : null;
}

async function rows(force) {
  const list = one("#rows"), page = await get(list?.dataset.url ?? document.body.dataset.views);
  if (!page) return;
  const views = page.querySelector("#views");
  if (views && !one("#views").contains(document.activeElement)) one("#views").replaceWith(views);
  if (list) reconcile(page, force === true);
}

function reconcile(page, force) {
  const box = one("#list"), now = new Map([...one("#rows").children].map((row) => [row.id, row]));
  const next = [...page.querySelectorAll("#rows > li")], fresh = next.filter((row) => !now.has(row.id));
  const calm = box.scrollTop === 0 && !box.matches(":hover") && !box.contains(document.activeElement);
  for (const row of fresh) row.classList.add("arrived");
  const current = one(".case-row[aria-current=true]")?.id, focused = document.activeElement?.closest(".case-row")?.id;
  if (force || calm || !now.size) {
    box.replaceChildren(...page.body.querySelectorAll("#list > *"));
    one(`#${focused ?? "none"} [data-open]`)?.focus({ preventScroll: true });
  } else {
    for (const row of next) if (now.has(row.id) && !now.get(row.id).contains(document.activeElement)) now.get(row.id).replaceChildren(...row.childNodes);
  }
  if (current) one(`#${current}`)?.setAttribute("aria-current", "true");
  window.htmx?.process(box);
  begin(box);
  more(force || calm || !now.size ? 0 : fresh.length);
}

function more(count) {
  const place = one("#more");
  if (!count) return place.replaceChildren();
  const button = document.createElement("button");
  button.className = "button";
  button.textContent = document.body.dataset.new.replace("#", count);
  button.onclick = () => { one("#list").scrollTop = 0; rows(true); };
  place.replaceChildren(button);
}

async function fresh() {
  const page = await get(one("#case")?.dataset.url);
  if (!page) return;
  const busy = (part) => part.contains(document.activeElement) || [...part.querySelectorAll("textarea, input:not([type=hidden])")].some((field) => field.value !== field.defaultValue);
  for (const part of page.querySelectorAll("[data-part]")) {
    const old = document.getElementById(part.id);
    if (!old || (old.id === "composer" && unsaved()) || busy(old)) continue;
    const open = [...old.querySelectorAll("details[open] > summary")].map((each) => each.id);
    for (const id of open) part.querySelector(`#${id || "none"}`)?.parentElement.setAttribute("open", "");
    old.replaceWith(part);
    window.htmx?.process(part);
    begin(part);
  }
}

function presence({ case: id, people }) {
  for (const place of document.querySelectorAll(`[data-presence="${id}"]`)) {
    place.replaceChildren(...people.filter((each) => String(each.id) !== document.body.dataset.me).map(mark));
  }
}

function mark({ initials, name, writing }) {
  const span = document.createElement("span");
  span.className = `initials ${writing ? "writing" : "looking"}`;
  span.textContent = initials;
  span.title = name;
  span.setAttribute("role", "img");
  span.setAttribute("aria-label", document.body.dataset[writing ? "writes" : "looks"].replace("#", name));
  return span;
}
