// Shows what happens as it happens, without moving anything under the pointer.
const one = (selector) => document.querySelector(selector), body = document.body;
let begin, waits = {};

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
  clearTimeout(waits[what.name]);
  waits[what.name] = setTimeout(what, 40);
}

async function get(address) {
  const answer = await fetch(address, { headers: { "X-Live": "1" } }).catch(() => null);
  return answer?.ok && !answer.redirected && new DOMParser().parseFromString(await answer.text(), "text/html");
}

function swap(old, part) {
  old.replaceWith(part);
  htmx.process(part);
  begin(part.parentNode);
}

async function rows(force) {
  const page = await get(one("#rows")?.dataset.url ?? body.dataset.views), views = one("#views");
  if (page && !views.contains(document.activeElement)) views.replaceWith(page.querySelector("#views"));
  if (page && one("#rows")) place(page.querySelector("#list"), force === true);
}

function place(next, force) {
  const list = one("#list"), more = one("#more");
  const came = [...next.querySelectorAll("#rows > li")].filter(({ id }) => !document.getElementById(id));
  const still = force || !one("#rows > li") || (!list.scrollTop && !list.matches(":hover") && !list.contains(document.activeElement));
  for (const row of came) row.classList.add("arrived");
  next.querySelector(`#row-${one("#case")?.dataset.case}`)?.setAttribute("aria-current", "true");
  if (still) swap(list, next);
  else for (const old of list.querySelectorAll("#rows > li")) {
    const row = next.querySelector(`#${old.id}`);
    old.classList.toggle("moved", !row);
    if (row && !old.contains(document.activeElement)) swap(old, row);
  }
  more.hidden = still || !came.length;
  more.textContent = body.dataset.new.replace("#", came.length);
  more.onclick = () => rows(true);
}

async function fresh() {
  const page = await get(one("#case")?.dataset.url);
  for (const part of page ? page.querySelectorAll("[data-part]") : []) {
    const old = document.getElementById(part.id);
    if (!old || old.contains(document.activeElement) || old.querySelector(".htmx-request")) continue;
    if ([...old.querySelectorAll("textarea, input")].some((field) => field.value !== field.defaultValue)) continue;
    for (const fold of old.querySelectorAll("details[open] > summary")) part.querySelector(`#${fold.id}`)?.parentElement.setAttribute("open", "");
    swap(old, part);
  }
}

function presence({ case: id, people }) {
  for (const place of document.querySelectorAll(`[data-presence="${id}"]`)) place.innerHTML = people;
}
