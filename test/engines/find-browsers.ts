import { chromiumPath } from "../browser/chromium.js";
import { hasFirefox } from "./firefox.js";
import { hasWebKit } from "./webkit.js";

/** Before any file, so that no two of them install a browser. */
export default function setup(): void {
	chromiumPath();
	const missing = [!hasFirefox() && "firefox-esr", !hasWebKit() && "webkit2gtk-driver, xvfb and xauth"].filter(Boolean);
	if (missing.length > 0)
		throw new Error(
			`Firefox and WebKit are tested too, and ${missing.join(", ")} could not be had: install Debian's packages, or run the tests as root where apt-get is. \`npm test -- chromium\` runs everything else.`,
		);
}
