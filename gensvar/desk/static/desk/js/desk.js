// Starts the parts of the desk that need a script. Everything works without them, only less at once.
import { tick } from "./clocks.js";
import { watchDraft } from "./draft.js";
import { listenToKeys } from "./keys.js";
import { listen } from "./live.js";
import { openCase, tellPresence } from "./case.js";

const start = (root) => { tick(root); watchDraft(root); };

listenToKeys();
openCase();
tellPresence();
listen(start);
start(document);
setInterval(() => tick(document), 5000);
document.body.addEventListener("htmx:afterSettle", (event) => start(event.detail.elt.isConnected ? event.detail.elt : document));
