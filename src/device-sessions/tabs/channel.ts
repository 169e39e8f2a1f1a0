import * as v from "valibot";
import type { Page, PageChannel } from "../page/environment.js";

const name = "device-sessions";

/** What tabs say to each other: that something has changed, never what. */
const Message = /* @__PURE__ */ (() => v.object({ version: v.literal(1), type: v.literal("changed") }))();

/** The other tabs of this device, which share its cookies. Where a browser has no channel, they notice when they read. */
export function createChannel(page: Page | undefined) {
	let channel: PageChannel | undefined;
	let wasTold = false;

	const open = (): PageChannel | undefined => {
		try {
			return page?.BroadcastChannel && new page.BroadcastChannel(name);
		} catch {
			return undefined;
		}
	};

	return {
		/** Calls the listener when another tab says that something has changed. Returns what ends that. */
		listen(listener: () => void): () => void {
			channel = open();
			const own = channel;
			if (!own) return () => {};
			own.onmessage = ({ data }) => {
				if (!v.safeParse(Message, data).success) return;
				wasTold = true;
				listener();
			};
			return () => {
				own.close();
				if (channel === own) channel = undefined;
			};
		},

		/** Tells the other tabs that something has changed. A store does not hear itself. */
		broadcast(): void {
			try {
				const through = channel ?? open();
				through?.postMessage({ version: 1, type: "changed" });
				if (through !== channel) through?.close();
			} catch {}
		},

		/** Whether another tab has spoken since this was asked last: what a read then finds is no news to them. */
		takeTold(): boolean {
			const told = wasTold;
			wasTold = false;
			return told;
		},
	};
}

export type Channel = ReturnType<typeof createChannel>;
