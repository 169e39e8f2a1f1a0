import type { Stage } from "./scene.js";

export const activeIsCookies = "each page's active account is the cookie's";
const sessionIsCookies = "each page's useSession is the cookie's";
export const rowsAreServers = "each page's rows are the server's";
const answeredOnce = "each command is answered exactly once";
const noneIsLost = "no account is out of reach";

const sorted = (ids: readonly string[]) => [...ids].sort().join();

/** The rules for any scene that loses no message, when all is at rest. */
export function brokenRules({ device, actors, commands }: Stage): string[] {
	const truth = device.rows();
	const active = truth.find((row) => row.active)?.id ?? null;
	const ids = sorted(truth.map(({ id }) => id));
	const broken: string[] = [];
	const rule = (name: string, holds: boolean) => {
		if (!holds) broken.push(name);
	};
	rule(
		activeIsCookies,
		actors.every(({ store }) => (store.get().active?.id ?? null) === active),
	);
	rule(
		sessionIsCookies,
		actors.every(({ client }) => {
			// Safe: it is Better Auth's session atom, whose value is get-session's answer.
			const atom = client.$store.atoms["session"] as unknown as { value: { data: { session: { id: string } } | null } };
			return (atom.value.data?.session.id ?? null) === active;
		}),
	);
	rule(
		rowsAreServers,
		actors.every(({ store }) => sorted(store.get().sessions.map(({ id }) => id)) === ids),
	);
	rule(
		answeredOnce,
		commands.every(({ answers }) => answers.length === 1 && answers[0] !== "rejected"),
	);
	rule(
		noneIsLost,
		device.sessions().every(({ id }) => truth.some((row) => row.id === id)),
	);
	return broken;
}
