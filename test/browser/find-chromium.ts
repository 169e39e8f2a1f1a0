import { chromiumPath } from "./chromium.js";

/** Before any file, so that no two of them install it. */
export default function setup(): void {
	chromiumPath();
}
