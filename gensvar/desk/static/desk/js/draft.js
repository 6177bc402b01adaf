// Saves a draft as it is typed, for everyone; keeps it in the browser while the desk cannot be reached.
const waits = new WeakMap(), name = (form) => `draft ${form.dataset.draft}`;
const kept = (form) => localStorage.getItem(name(form));

export function watch(root) {
  for (const form of root.querySelectorAll("[data-draft]:not([data-watched])")) {
    form.dataset.watched = "";
    if (kept(form) !== null && kept(form) !== form.text.value) { form.text.value = kept(form); later(form, 0); }
    form.text.addEventListener("input", () => { localStorage.setItem(name(form), form.text.value); later(form, 500); });
    form.addEventListener("htmx:beforeRequest", () => clearTimeout(waits.get(form)));
    form.addEventListener("htmx:beforeSwap", ({ detail }) => detail.xhr.status < 400 && localStorage.removeItem(name(form)));
  }
}

export const unsaved = () => [...document.querySelectorAll("[data-draft]")].some((form) => kept(form) !== null);

function later(form, after) {
  clearTimeout(waits.get(form));
  waits.set(form, setTimeout(save, after, form));
}

async function save(form) {
  if (!form.isConnected) return;
  const text = form.text.value, tell = (words) => { form.querySelector("#saved").textContent = words; };
  const headers = { Accept: "application/json" };
  const answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers }).catch(() => null);
  const said = await answer?.json().catch(() => null);
  if (!said) { tell(form.dataset.kept); return later(form, 5000); }
  tell(said.saved);
  if (!answer.ok) return;
  form.version.value = said.version;
  form.querySelector("#length").textContent = said.length;
  form.querySelector("#length").classList.toggle("over", said.over);
  form.querySelector("#checks").outerHTML = said.checks;
  if (form.text.value === text) localStorage.removeItem(name(form));
}
