// Lets clocks run between visits to the server, in the words on the body.
export function tick(root) {
  for (const clock of root.querySelectorAll("[data-due]")) {
    const due = clock.dataset.due * 1e3, left = due - Date.now(), words = document.body.dataset;
    const share = Math.min(Math.max(left / Math.max(due - clock.dataset.from * 1e3, 6e4), 0), 1);
    put(clock.querySelector("b"), left < 0 && left > -6e4 ? words.just : long(Math.floor(Math.abs(left) / 6e4), words));
    put(clock.querySelector("span"), left < 0 ? words.late : words.left);
    clock.querySelector("rect").setAttribute("width", `${Math.round(share * 100)}%`);
    clock.classList.toggle("soon", left >= 0 && share <= 0.2);
    clock.classList.toggle("late", left < 0);
  }
}

function long(minutes, { min, hour, day }) {
  if (minutes < 120) return `${minutes} ${min}`;
  return minutes < 2880 ? `${Math.floor(minutes / 60)} ${hour}` : `${Math.floor(minutes / 1440)} ${day}`;
}

function put(element, words) {
  if (element.textContent !== words) element.textContent = words;
}
