import type { Page, PageChannel } from "../../src/device-sessions/page/environment.js";
import type { DeviceSessionsClock } from "../../src/index.js";

export type Storage = NonNullable<Page["localStorage"]>;

/** A page whose storage does something else with what it is given or asked for. */
export function withStorage(page: Page, change: (storage: Storage) => Partial<Storage>): Page {
	const { localStorage } = page;
	return localStorage ? { ...page, localStorage: { ...localStorage, ...change(localStorage) } } : page;
}

/** How late a page sees what another one has written, in ms. */
const lag = 50;

/** As in Chromium: what one page writes another one sees a moment later, after its messages and its locks. */
export const lagging = (page: Page, clock: DeviceSessionsClock): Page =>
	withStorage(page, ({ getItem, setItem }) => {
		const written = new Map<string, string>();
		return {
			getItem: (name) => written.get(name) ?? getItem(name),
			setItem(name, text) {
				written.set(name, text);
				clock.setTimeout(() => {
					setItem(name, text);
					if (written.get(name) === text) written.delete(name);
				}, lag);
			},
		};
	});

/** A channel that does something else with what it sends or hears. */
export function withChannel(page: Page, change: (channel: PageChannel) => void): Page {
	const { BroadcastChannel: Channel } = page;
	if (!Channel) return page;
	const Own = Channel;
	return {
		...page,
		BroadcastChannel: class {
			constructor(name: string) {
				const channel = new Own(name);
				change(channel);
				// biome-ignore lint/correctness/noConstructorReturn: the very channel, changed.
				return channel;
			}
		} as never,
	};
}
