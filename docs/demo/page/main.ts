import { createAddAccount } from "./add-account.js";
import { showBetterAuth } from "./better-auth.js";
import { deviceSessions } from "./client.js";
import { showFaults } from "./fault-panel.js";
import { showFrameworks } from "./frameworks.js";
import { showInspector } from "./inspector.js";
import { showLog } from "./log.js";
import { showOrganizations } from "./organizations.js";
import { showOtherDevice } from "./other-device.js";
import { createStates } from "./states.js";
import { createSwitcher } from "./switcher.js";
import { showTrail } from "./trail.js";

// Before the first request, so that the log misses none.
showLog();
showFaults();
showTrail();
showInspector();

const switcher = createSwitcher(() => addAccount.focusTarget());
const addAccount = createAddAccount((email) => switcher.focusWhenActive(email));

const updateStates = createStates();
const updateOtherDevice = showOtherDevice();

deviceSessions.subscribe((state) => {
	// The form first: it takes the focus when the last row goes.
	addAccount.update(state);
	switcher.update(state);
	updateStates(state);
	updateOtherDevice(state);
});
showBetterAuth();
showOrganizations();
showFrameworks();
