/**
 * The number of the protocol that the tabs of a device speak: two releases on one page do not understand each other's
 * locks, messages and storage, and do not have to.
 */
const protocol = 3;

/** What the lock, the channel and the storage of a device are called, each part of those on this server. */
export const namesOf =
	(scope: string) =>
	(part: string): string =>
		`device-sessions:${protocol}:${scope}:${part}`;
