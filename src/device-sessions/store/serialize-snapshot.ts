import type { DeviceSessionsSnapshot } from "../types.js";

/**
 * A snapshot as text that is safe inside `<script type="application/json">`: nobody's name ends the element.
 * `JSON.parse` gives the snapshot back.
 *
 * @param snapshot What `toDeviceSessions` returned.
 * @example
 * `<script type="application/json" id="device-sessions">${serializeSnapshot(snapshot)}</script>`;
 */
export const serializeSnapshot = (snapshot: DeviceSessionsSnapshot): string =>
	JSON.stringify(snapshot).replace(
		/[<\u2028\u2029]/g,
		(letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`,
	);
