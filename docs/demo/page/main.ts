import { createAddAccount } from "./add-account.js";
import { showBetterAuth } from "./better-auth.js";
import { deviceSessions } from "./client.js";
import { showLog } from "./log.js";
import { showState } from "./states.js";
import { createSwitcher } from "./switcher.js";

// Before the first request, so that the log misses none.
showLog();

const switcher = createSwitcher(() => addAccount.focusTarget());
const addAccount = createAddAccount((email) => switcher.focusWhenActive(email));

deviceSessions.subscribe((state) => {
	// The form first: it takes the focus when the last row goes.
	addAccount.update(state);
	switcher.update(state);
	showState(state);
});
showBetterAuth();
