// Keys. They never fire while someone types, and each has a button that does the same.
export const one = (selector, within = document) => within.querySelector(selector);
let g = 0;

export function press(event) {
  const { key, target, ctrlKey, metaKey, altKey, isComposing } = event;
  if (ctrlKey || metaKey || altKey || isComposing) return;
  if (target.matches?.("textarea, select, input")) { if (key === "Escape") target.blur(); return; }
  const after = Date.now() - g < 1200;
  g = key === "g" && !after ? Date.now() : 0;
  const found = after ? one(`.rail [data-go="${CSS.escape(key)}"]`)?.click() ?? true : act(key);
  if (found) event.preventDefault();
}

function act(key) {
  if (key === "j" || key === "k") return step(key === "j" ? 1 : -1);
  if (key === "?") return one("#keys")?.togglePopover() ?? true;
  if (key === "/") return focus(one("#search"));
  if (key === "Escape") return !one(":popover-open") && focus(one("[aria-current=true] [data-open]"));
  if (!/^[a-z0-9]$/.test(key)) return false;
  if (focus(one(`[data-key-focus="${key}"]`))) return true;
  const fold = one(`[data-key-open="${key}"]`)?.parentElement;
  if (fold) { fold.open = true; return focus(one("textarea", fold)); }
  const button = one(`.said [data-key="${key}"]`) ?? one(`#case [data-key="${key}"]`);
  button?.click();
  return button;
}

function focus(element) {
  element?.focus();
  return element;
}

function step(by) {
  const links = [...document.querySelectorAll("[data-open]")];
  const open = links.findIndex((link) => link.closest("[aria-current=true]"));
  const at = links.includes(document.activeElement) ? links.indexOf(document.activeElement) : open;
  const link = links[at < 0 ? 0 : Math.min(Math.max(at + by, 0), links.length - 1)];
  link?.focus({ preventScroll: true });
  link?.closest("li").scrollIntoView({ block: "nearest" });
  return link;
}
