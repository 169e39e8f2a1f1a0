import type { ReadableAtom } from "nanostores";
import type { Plant } from "./device.js";

/** Faults in what the app has of a store: its word, the end of it, what an inspector sees. */
export const plantsOfTheApp: Record<string, Plant> = {
	"a no of the app's is not heeded": {
		kinds: ["callbacks"],
		options: ({ onBeforeSwitch, ...options }) => ({
			...options,
			async onBeforeSwitch(change) {
				try {
					void onBeforeSwitch?.(change);
				} catch {}
				return true;
			},
		}),
	},
	"a store goes on after it was destroyed": {
		kinds: ["destroys"],
		store: (store) => {
			Object.assign(store, { destroy: () => Promise.resolve() });
		},
	},
	"an inspector is told a token": inspectingTokens(),
};

function inspectingTokens(): Plant {
	let token: unknown;
	return {
		kinds: ["inspected"],
		client(client) {
			// Safe: as much of the atom as is looked at.
			const session = client.$store.atoms["session"] as unknown as ReadableAtom<{
				data: { session: { token: string } } | null;
			}>;
			session.listen(({ data }) => {
				token = data?.session.token;
			});
			return client;
		},
		store: (store) => {
			// Safe: nobody hears it but whoever looks in.
			store.listen(() => store.actor.send({ type: "unheard", token } as never));
		},
	};
}
