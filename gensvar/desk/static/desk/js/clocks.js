// Lets clocks run between visits to the server; the words are those that the server wrote on the body.
export function tick(root) {
  for (const clock of root.querySelectorAll("[data-due]")) show(clock, Date.now());
}

function show(clock, now) {
  const due = Date.parse(clock.dataset.due), from = Date.parse(clock.dataset.from);
  const left = due - now, share = Math.min(Math.max(left / Math.max(due - from, 60000), 0), 1);
  const mood = left < 0 ? "late" : share <= 0.2 ? "soon" : "calm";
  const words = document.body.dataset;
  put(clock.querySelector("b"), long(Math.floor(Math.abs(left) / 60000), words));
  put(clock.querySelector("span"), left < 0 ? words.late : words.left);
  clock.querySelector("rect")?.setAttribute("width", Math.round(share * 100));
  for (const each of ["calm", "soon", "late"]) clock.classList.toggle(each, each === mood);
}

function long(minutes, words) {
  if (minutes < 120) return `${minutes} ${words.min}`;
  return minutes < 2880 ? `${Math.floor(minutes / 60)} ${words.hour}` : `${Math.floor(minutes / 1440)} ${words.day}`;
}

function put(element, words) {
  if (element && element.textContent !== words) element.textContent = words;
}
