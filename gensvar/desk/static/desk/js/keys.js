// Keys of the desk. They never fire while someone types, and each has a button that does the same.
const one = (selector) => document.querySelector(selector);
let waiting = 0;

export function listenToKeys() {
  document.addEventListener("keydown", press);
  for (const button of document.querySelectorAll("[data-keys]")) {
    button.hidden = false;
    button.addEventListener("click", () => one("#keys").showModal());
  }
  document.addEventListener("change", (event) => event.target.matches("[data-submit]") && event.target.form.requestSubmit());
}

function press(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const key = event.key;
  if (typing(event.target)) { if (key === "Escape") event.target.blur(); return; }
  if (one("dialog[open]")) return;
  if (Date.now() - waiting < 1200) { waiting = 0; return go(key, event); }
  if (key === "g") { waiting = Date.now(); return; }
  const done = act(key);
  if (done) event.preventDefault();
}

function act(key) {
  if (key === "j" || key === "k") return step(key === "j" ? 1 : -1);
  if (key === "?") { one("#keys")?.showModal(); return true; }
  if (key === "/") { one("#search")?.focus(); return true; }
  if (key === "Escape") return back();
  if (!/^[a-z0-9]$/.test(key)) return false;
  const field = one(`[data-key-focus="${key}"]`);
  if (field) { field.closest("details")?.setAttribute("open", ""); field.focus(); return true; }
  const fold = one(`[data-key-open="${key}"]`);
  if (fold) { fold.parentElement.open = true; fold.parentElement.querySelector("textarea, input:not([type=hidden]), button")?.focus(); return true; }
  const button = one(`.said [data-key="${key}"], #case [data-key="${key}"]`);
  button?.click();
  return Boolean(button);
}

function step(by) {
  const links = [...document.querySelectorAll("[data-open]")];
  if (!links.length) return false;
  let at = links.indexOf(document.activeElement);
  if (at < 0) at = links.findIndex((link) => link.closest("[aria-current=true]"));
  const link = links[at < 0 ? 0 : Math.min(Math.max(at + by, 0), links.length - 1)];
  link.focus({ preventScroll: true });
  link.closest("li").scrollIntoView({ block: "nearest" });
  return true;
}

function back() {
  const row = one("[aria-current=true] [data-open]");
  if (row) { row.focus(); return true; }
  const home = one("#case") && one(".rail a.go");
  home?.click();
  return Boolean(home);
}

function go(key, event) {
  const link = one(`.rail [data-go="${key}"]`);
  if (link) { event.preventDefault(); location.href = link.href; }
}

function typing(target) {
  return target.isContentEditable || target.matches?.("textarea, select, input:not([type=checkbox], [type=radio], [type=button])");
}
