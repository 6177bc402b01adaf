// Opens a case beside the list, keeps focus where people left it, and tells colleagues who is here.
const narrow = matchMedia("(max-width: 760px)");
export const token = () => document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
let typedAt = 0;

export function openCase() {
  const body = document.body;
  body.addEventListener("htmx:beforeRequest", (event) => {
    const link = event.detail.elt;
    if (!link.matches("[data-open]")) return;
    if (narrow.matches) { event.preventDefault(); location.href = link.href; }
  });
  body.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target.id === "reading") opened();
    if (document.activeElement === body) document.querySelector("#reading, #main")?.focus({ preventScroll: true });
  });
  body.addEventListener("htmx:sendError", () => say(body.dataset.away));
  body.addEventListener("htmx:responseError", (event) => say(event.detail.xhr.getResponseHeader("X-Sentence") ?? body.dataset.failed));
  document.addEventListener("input", (event) => { if (event.target.matches("#reply")) typedAt = Date.now(); });
  expire();
  body.addEventListener("htmx:oobAfterSwap", expire);
}

function opened() {
  const id = document.querySelector("#case")?.dataset.case;
  for (const row of document.querySelectorAll(".case-row")) {
    if (row.dataset.case === id) row.setAttribute("aria-current", "true"); else row.removeAttribute("aria-current");
  }
  const address = new URL(location.href);
  address.searchParams.set("case", id);
  history.replaceState(null, "", address);
  document.querySelector("#reading").scrollTop = 0;
  here();
}

export function say(words) {
  const line = document.createElement("p");
  line.textContent = words;
  line.dataset.for = "6";
  document.querySelector("#said").replaceChildren(line);
  expire();
}

function expire() {
  for (const line of document.querySelectorAll(".said > :not([data-ends])")) {
    line.dataset.ends = "";
    setTimeout(() => line.remove(), Number(line.dataset.for ?? 6) * 1000);
  }
}

export function tellPresence() {
  here();
  setInterval(here, 8000);
  document.addEventListener("focusin", (event) => event.target.matches("#reply") && here());
  document.addEventListener("visibilitychange", here);
  addEventListener("pagehide", () => send("away"));
}

function here() {
  if (document.visibilityState === "visible") send(Date.now() - typedAt < 15000 || document.activeElement?.id === "reply" ? "writing" : "looking");
}

function send(how) {
  const address = document.querySelector("#case")?.dataset.here;
  if (!address) return;
  const form = new FormData();
  form.set("how", how);
  form.set("csrfmiddlewaretoken", token());
  navigator.sendBeacon(address, form);
}
