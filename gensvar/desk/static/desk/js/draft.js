// htmx saves a draft as it is typed; the browser keeps it until the desk has it.
const name = (form) => `draft ${form.dataset.draft}`;

export function watch(root) {
  for (const form of root.querySelectorAll("[data-draft]:not([data-watched])")) {
    const { text } = form, kept = localStorage.getItem(name(form)), again = () => htmx.trigger(text, "save");
    form.dataset.watched = "";
    text.addEventListener("input", () => localStorage.setItem(name(form), text.value));
    form.addEventListener("htmx:afterRequest", ({ detail }) => {
      if (!detail.xhr.status || detail.xhr.status > 499) {
        form.querySelector("#saved").textContent = form.dataset.kept;
        setTimeout(again, 5000);
      } else if (detail.successful && detail.requestConfig.parameters.text === text.value) {
        text.defaultValue = text.value;
        localStorage.removeItem(name(form));
      }
    });
    if (kept !== null && kept !== text.value) { text.value = kept; again(); }
  }
}
