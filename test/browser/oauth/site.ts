import { magicLink, multiSession, twoFactor } from "better-auth/plugins";
import { startProvider } from "../../support/oauth-provider.js";
import { startGuideSite } from "../guide-site.js";

/** What the page shows is written on its root element. */
const page = `
import { deviceSessions } from "./auth.ts";
import { sendLink, useToken } from "./magic-link.ts";
import { addWith } from "./oauth.ts";
import { afterSignIn } from "./returned.ts";

const { dataset } = document.documentElement;
deviceSessions.subscribe(({ sessions, isPending }) => {
	if (!isPending) dataset.accounts = sessions.map(({ user, active }) => user.name + (active ? "*" : "")).join();
});
afterSignIn().then((text) => { dataset.said = text ?? "nothing"; });
Object.assign(globalThis, { guide: { addWith, sendLink, useToken } });
`;

/** A page that is made of the code of docs/adding-accounts.md, and an OAuth provider on another origin. */
export async function startSite() {
	const provider = await startProvider();
	const links: string[] = [];
	const site = await startGuideSite("docs/adding-accounts.md", () => page, {
		plugins: [
			provider.plugin(),
			magicLink({ sendMagicLink: async (link) => void links.push(link.url) }),
			twoFactor(),
			multiSession(),
		],
	});
	return {
		...site,
		provider,
		links,
		async close() {
			await Promise.all([provider.close(), site.close()]);
		},
	};
}
