import * as v from "valibot";
import type { Page, PageChannel } from "../page/environment.js";

/** What tabs say to each other: the version of the device, and whether what moved it is over. Never what it was. */
export interface Message {
	readonly version: string;
	readonly isOver: boolean;
}
const Message = /* @__PURE__ */ (() => v.object({ version: v.string(), isOver: v.boolean() }))();

/** The other tabs of this device, which share its cookies. Where a browser has no channel, they notice when they read. */
export function createChannel(page: Page | undefined, name: string) {
	let channel: PageChannel | undefined;

	const open = (): PageChannel | undefined => {
		try {
			return page?.BroadcastChannel && new page.BroadcastChannel(name);
		} catch {
			return undefined;
		}
	};

	return {
		/** Calls the listener with what another tab says; with nothing where that is not understood. Returns what ends it. */
		listen(listener: (message: Message | undefined) => void): () => void {
			channel = open();
			const own = channel;
			if (!own) return () => {};
			own.onmessage = ({ data }) => {
				const { success, output } = v.safeParse(Message, data);
				listener(success ? output : undefined);
			};
			return () => {
				own.close();
				if (channel === own) channel = undefined;
			};
		},

		/** Tells the other tabs. A store does not hear itself. */
		broadcast(message: Message): void {
			try {
				const through = channel ?? open();
				through?.postMessage(message);
				if (through !== channel) through?.close();
			} catch {}
		},
	};
}

export type Channel = ReturnType<typeof createChannel>;
