import { createAuthClient } from "better-auth/client";
import { type DeviceSessions, deviceSessionsClient } from "device-sessions";
import type { ReactNode } from "react";
import { createRoot } from "react-dom/client";

/** Fetches the mail of whoever the cookies say, as text. */
export const fetchMail = async (signal?: AbortSignal): Promise<string> =>
	(await fetch("/api/mail", signal ? { signal } : {})).text();

const client = createAuthClient({ plugins: [deviceSessionsClient({ onIdentityChange: (change) => forget(change) })] });
export const deviceSessions: DeviceSessions = client.deviceSessions;
/** What a page does in `onIdentityChange`; nothing, where its recipe needs nothing. */
let forget: (change: unknown) => unknown = () => {};
export const onIdentityChange = (run: () => unknown): void => {
	forget = run;
};

/** Each pair of account and mail that a frame has shown, in order. */
const shown: string[] = [];
const [who, mail] = ["who", "mail"].map((id) => document.getElementById(id) ?? document.body) as [
	HTMLElement,
	HTMLElement,
];
const note = () => {
	const pair = `${who.textContent}: ${mail.textContent}`;
	if (shown.at(-1) !== pair) shown.push(pair);
};

export function mount(content: ReactNode): void {
	createRoot(mail).render(content);
	start();
}

export function start(): void {
	new MutationObserver(() => requestAnimationFrame(note)).observe(document.body, {
		subtree: true,
		childList: true,
		characterData: true,
	});
	deviceSessions.subscribe(({ active, isPending }) => {
		who.textContent = isPending ? "" : (active?.user.name ?? "nobody");
	});
}

const page = {
	shown,
	setActive(name: string) {
		const row = deviceSessions.get().sessions.find(({ user }) => user.name === name);
		return deviceSessions.setActive(row?.id ?? "");
	},
};
export type CachePage = typeof page;
Object.assign(globalThis, { page });
