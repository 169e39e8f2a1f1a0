import type { HeldRequest, TestDevice } from "device-sessions/testing";

/** One held request, as a page hands it to its test: a browser's page and its test share values, not functions. */
export function holdOne(device: Pick<TestDevice, "hold">) {
	let held: HeldRequest | undefined;
	return {
		/** The next request to this path waits to be let go. */
		hold(path: string): void {
			void device.hold(path).then((request) => {
				held = request;
			});
		},
		isHeld: () => held !== undefined,
		release(): void {
			held?.release();
			held = undefined;
		},
	};
}
