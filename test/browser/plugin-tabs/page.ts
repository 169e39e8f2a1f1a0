import { createAuthClient } from "better-auth/client";
import { deviceSessionsClient } from "device-sessions";

const query = new URLSearchParams(location.search);
const show = (what: string, value: string): void => {
	document.documentElement.dataset[what] = value;
};

/** What Better Auth's clients in other tabs say. */
const heard: string[] = [];
addEventListener("storage", ({ key, newValue }) => {
	if (key === "better-auth.message") heard.push(newValue ?? "");
});

/** A tab of an app: who is here according to Better Auth's `useSession`, and, where the page shows them, the accounts. */
function start() {
	if (query.has("without-plugin")) {
		createAuthClient().useSession.subscribe(({ data, isPending }) => {
			if (!isPending) show("session", data?.user.name ?? "nobody");
		});
		return { heard };
	}
	const { useSession, deviceSessions, signIn } = createAuthClient({ plugins: [deviceSessionsClient()] });
	useSession.subscribe(({ data, isPending }) => {
		if (!isPending) show("session", data?.user.name ?? "nobody");
	});
	if (query.has("accounts")) {
		deviceSessions.subscribe(({ active, error, sessions, isPending, status }) => {
			if (isPending) return;
			show("accounts", sessions.map(({ user }) => user.name).join());
			show("active", active?.user.name ?? "nobody");
			show("error", error?.kind ?? "");
			show("status", status);
		});
	}
	/** The row of a person, by name. */
	const idOf = (name: string) => deviceSessions.get().sessions.find(({ user }) => user.name === name)?.id ?? "";
	return { heard, deviceSessions, idOf, signIn };
}

const tab = start();
export type Tab = typeof tab;
/** One whose client has the plugin. */
export type PluginTab = Exclude<Tab, { deviceSessions?: undefined }>;
Object.assign(globalThis, { tab });
