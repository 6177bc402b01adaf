// Starts what needs a script; without it all works, only less at once.
import { begin as beginCase } from "./case.js";
import { tick } from "./clocks.js";
import { watch } from "./draft.js";
import { one, press } from "./keys.js";
import { listen } from "./live.js";

const begin = (root) => { tick(root); watch(root); };
document.addEventListener("keydown", press);
document.body.addEventListener("htmx:afterSettle", () => {
  const wanted = one("#reply[autofocus]");
  wanted?.focus();
  wanted?.removeAttribute("autofocus");
  begin(document);
});
setInterval(tick, 5000, document);
beginCase();
listen(begin);
begin(document);
