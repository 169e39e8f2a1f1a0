import type { DeviceSession, DeviceSessions, DeviceSessionsState } from "device-sessions";

const shown: ReadonlySet<PropertyKey> = new Set(["user", "active", "listed", "session"]);

/**
 * The store, of whose rows is told whenever something that shows is read of them: a row whose parts nobody has read was
 * not rendered. What stays the same object stays the same here, too.
 */
export function counted(store: DeviceSessions, onRead: (name: string) => void): DeviceSessions {
	const known = new WeakMap<object, object>();
	function once<T extends object>(real: T, make: () => T): T {
		// Safe: what stands for a T was made by `make` of that call.
		const made = (known.get(real) as T | undefined) ?? make();
		known.set(real, made);
		return made;
	}
	const row = (real: DeviceSession): DeviceSession =>
		once(
			real,
			() =>
				new Proxy(real, {
					get(target, key) {
						if (shown.has(key)) onRead(target.user.name);
						return Reflect.get(target, key);
					},
				}),
		);
	const state = (real: DeviceSessionsState): DeviceSessionsState =>
		once(real, () => ({ ...real, sessions: once(real.sessions, () => real.sessions.map(row)) }));
	return {
		...store,
		get value() {
			return state(store.get());
		},
		get: () => state(store.get()),
		listen: (listener) => store.listen((value, old) => listener(state(value), old && state(old))),
		subscribe: (listener) => store.subscribe((value, old) => listener(state(value), old && state(old))),
	};
}
