import type { Actor, Stage } from "./scene.js";

export const activeIsCookies = "each page's active account is the cookie's";
export const sessionIsCookies = "each page's useSession is the cookie's";
export const rowsAreServers = "each page's rows are the server's";
export const pagesAgree = "all pages show the same";
const answeredOnce = "each command is answered exactly once";
const successIsTrue = "what a command says it did the server has done";
export const toldInOrder = "a page is told of each change of identity, one after the other, up to whoever is active";
const noneIsLost = "no account is out of reach";

const sorted = (ids: readonly string[]) => [...ids].sort().join();

/** Better Auth's own word for who is active. */
function sessionOf({ client }: Actor): string | null {
	// Safe: it is Better Auth's session atom, whose value is get-session's answer.
	const atom = client.$store.atoms["session"] as unknown as { value: { data: { session: { id: string } } | null } };
	return atom.value.data?.session.id ?? null;
}

/** Whether what was answered with success is so, by the sessions that the server has. */
function isTrue({ device }: Stage, { active, answers }: Stage["commands"][number]): boolean {
	const [answer] = answers;
	if (answer === undefined || answer === "rejected" || answer.error) return true;
	// Safe: what the commands of a scene return, by the parts that each has.
	const { id, revoked = [] } = answer.data as { id?: string; revoked?: string | readonly string[] };
	const alive = new Set(device.sessions().map((session) => session.id));
	return (id === undefined || active.has(id)) && [revoked].flat().every((gone) => !alive.has(gone));
}

/** Nobody is left out between two, and the last one is who is there. */
function isToldInOrder({ told }: Actor, began: string | null, active: string | null): boolean {
	const known = [began, ...told.map(({ to }) => to)];
	return known.at(-1) === active && told.every(({ from }, index) => known[index] === from);
}

/** The rules for any scene, when all is at rest. */
export function brokenRules(stage: Stage): string[] {
	const { device, actors, began, commands } = stage;
	const truth = device.rows();
	const active = truth.find((row) => row.active)?.id ?? null;
	const user = device.sessions().find(({ id }) => id === active)?.userId ?? null;
	const ids = sorted(truth.map(({ id }) => id));
	const open = actors.filter(({ state }) => state === "open");
	const broken: string[] = [];
	const rule = (name: string, holds: boolean) => {
		if (!holds) broken.push(name);
	};
	const activeOf = ({ store }: Actor) => store.get().active?.id ?? null;
	const rowsOf = ({ store }: Actor) => store.get().sessions.map((row) => row.id);
	rule(
		activeIsCookies,
		open.every((actor) => activeOf(actor) === active),
	);
	rule(
		sessionIsCookies,
		open.every((actor) => sessionOf(actor) === active),
	);
	rule(
		rowsAreServers,
		open.every((actor) => sorted(rowsOf(actor)) === ids),
	);
	rule(pagesAgree, new Set(open.map((actor) => `${activeOf(actor)} of ${sorted(rowsOf(actor))}`)).size <= 1);
	rule(
		answeredOnce,
		commands.every(({ answers, tab }) => {
			const isClosed = actors[tab]?.state === "closed";
			return (answers.length === 1 || (isClosed && answers.length === 0)) && answers[0] !== "rejected";
		}),
	);
	rule(
		successIsTrue,
		commands.every((command) => isTrue(stage, command)),
	);
	rule(
		toldInOrder,
		open.every((actor) => isToldInOrder(actor, began, user)),
	);
	rule(
		noneIsLost,
		device.sessions().every(({ id }) => truth.some((row) => row.id === id)),
	);
	return broken;
}
