import type { Transit } from "./transit.js";

/** What the tests of this package see of a device beyond what it shows to everybody. */
export interface Inside {
	/** All that its pages share: the server's sessions, users and passwords, the cookies, the storage and the time. */
	shared(): readonly unknown[];
	/** The session cookie's, whether its session is still valid or not. */
	activeToken(): string | undefined;
	readonly trip: Transit["trip"];
	/** Whether a page holds this lock. */
	isHeld(lock: string): boolean;
}

const insides = new WeakMap<object, Inside>();

export const show = (device: object, inside: Inside): void => {
	insides.set(device, inside);
};

/** @throws {TypeError} where it is no device of the kit's */
export function insideOf(device: object): Inside {
	const inside = insides.get(device);
	if (!inside) throw new TypeError("This is no device of the testing kit.");
	return inside;
}
