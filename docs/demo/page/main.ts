import { showBetterAuth } from "./better-auth.js";
import { deviceSessions } from "./client.js";
import { showFaults } from "./fault-panel.js";
import { showFrameworks } from "./frameworks.js";
import { showInspector } from "./inspector.js";
import { showLetters } from "./letters.js";
import { showLog } from "./log.js";
import { showOrganizations } from "./organizations.js";
import { showOtherDevice } from "./other-device.js";
import { createStates } from "./states.js";
import { showTrail } from "./trail.js";
import { showViews } from "./views.js";

// Before the first request, so that the log misses none.
showLog();
showFaults();
showTrail();
showInspector();

const updateLetters = showLetters();
const updateViews = showViews();
const updateStates = createStates();
const updateOtherDevice = showOtherDevice();

deviceSessions.subscribe((state) => {
	// First: what is of another account is never in a view that shows.
	updateLetters(state);
	updateViews(state);
	updateStates(state);
	updateOtherDevice(state);
});
showBetterAuth();
showOrganizations();
showFrameworks();
