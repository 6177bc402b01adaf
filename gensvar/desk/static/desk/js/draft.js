// Saves a draft as it is typed, for everyone; keeps it in the browser while the desk cannot be reached.
import { token } from "./case.js";
const waits = new WeakMap();

export function watchDraft(root) {
  for (const form of root.querySelectorAll("[data-draft]:not([data-watched])")) {
    form.dataset.watched = "";
    const kept = localStorage.getItem(name(form));
    if (kept !== null && kept !== form.text.value) { form.text.value = kept; later(form, 0); }
    form.addEventListener("input", () => { localStorage.setItem(name(form), form.text.value); later(form, 500); });
    form.addEventListener("submit", () => { clearTimeout(waits.get(form)); localStorage.removeItem(name(form)); });
  }
}

export const unsaved = () => [...document.querySelectorAll("[data-draft]")].some((form) => localStorage.getItem(name(form)) !== null);
const name = (form) => `draft ${form.dataset.draft}`;

function later(form, after) {
  clearTimeout(waits.get(form));
  waits.set(form, setTimeout(() => save(form), after));
}

async function save(form) {
  if (!form.isConnected) return;
  const text = form.text.value;
  let answer;
  try {
    answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { Accept: "application/json", "X-CSRFToken": token() } });
    if (answer.status >= 500) throw answer;
  } catch {
    tell(form, form.dataset.kept);
    return later(form, 5000);
  }
  if (!answer.headers.get("Content-Type")?.includes("json")) return tell(form, form.dataset.kept);
  const said = await answer.json();
  tell(form, said.saved);
  if (!answer.ok) return;
  form.version.value = said.version;
  const length = form.querySelector("#length");
  length.textContent = said.length;
  length.classList.toggle("over", said.over);
  if (said.checks) form.querySelector("#checks").outerHTML = said.checks;
  if (form.text.value === text) localStorage.removeItem(name(form));
}

function tell(form, words) { form.querySelector("#saved").textContent = words; }
