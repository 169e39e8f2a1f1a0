import { createBrowserReceiver } from "@statelyai/inspect";

/** Whatever is posted to this page, in the place of Stately's: for the test. */
const received: string[] = [];
Object.assign(globalThis, { received });
addEventListener("message", ({ data }) => received.push(JSON.stringify(data)));
// Says that it is there, as the hosted one does.
createBrowserReceiver();
