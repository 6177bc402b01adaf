// Opens a case beside the list, says what happened, and tells colleagues who is here.
import { one } from "./keys.js";

const { body } = document, on = (name, then) => body.addEventListener(`htmx:${name}`, then);
let typed = 0;

export function begin() {
  on("beforeRequest", (event) => {
    const link = event.detail.elt;
    if (link.matches("[data-open]") && innerWidth <= 760) { event.preventDefault(); location.href = link.href; }
  });
  on("afterSwap", ({ detail }) => {
    if (detail.target.id === "reading") opened();
    if (document.activeElement === body) one("#case, #main")?.focus({ preventScroll: true });
    fade();
  });
  on("sendError", () => say(body.dataset.away));
  on("responseError", () => say(body.dataset.failed));
  document.addEventListener("input", ({ target }) => {
    const begins = Date.now() - typed > 9000;
    if (target.id === "reply") typed = Date.now();
    if (begins) here();
  });
  document.addEventListener("click", ({ target }) => {
    const copy = target.closest("[data-copy]");
    if (copy) navigator.clipboard.writeText(one(`#${copy.dataset.copy}`).value);
  });
  document.addEventListener("visibilitychange", here);
  addEventListener("pagehide", () => send("away"));
  setInterval(here, 8000);
  here();
  fade();
}

function opened() {
  const id = one("#case").dataset.case, address = new URL(location.href);
  one(".case-row[aria-current]")?.removeAttribute("aria-current");
  one(`#row-${id}`)?.setAttribute("aria-current", "true");
  address.searchParams.set("case", id);
  history.replaceState(null, "", address);
  one("#reading").scrollTop = 0;
  here();
}

function say(words) {
  one("#said").replaceChildren(Object.assign(document.createElement("p"), { textContent: words }));
  fade();
}

function fade() {
  for (const line of document.querySelectorAll(".said > :not([style])")) {
    const seconds = Number(line.dataset.for ?? 8);
    line.style.setProperty("--for", `${seconds}s`);
    setTimeout(() => line.remove(), seconds * 1000);
  }
}

function here() {
  if (!document.hidden) send(Date.now() - typed < 15000 ? "writing" : "looking");
}

function send(how) {
  const address = one("#case")?.dataset.here, csrfmiddlewaretoken = one("[name=csrfmiddlewaretoken]")?.value;
  if (address) navigator.sendBeacon(address, new URLSearchParams({ how, csrfmiddlewaretoken }));
}
