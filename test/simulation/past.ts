import type { TestClient } from "../../src/testing/index.js";
import type { Run, Tab } from "./run-state.js";
import { beginSignIn } from "./sign-ins.js";
import type { MoreHappening } from "./surroundings.js";

type Past = Extract<MoreHappening, { what: "past" }>;

/** No part of what Better Auth sends: by it a request is known to be the app's own. */
const mark = "x-past";
export const isPast = (init: RequestInit | undefined): boolean => new Headers(init?.headers).has(mark);

function send({ multiSession, revokeSession, signOut }: TestClient, { call }: Past, token: string) {
	const fetchOptions = { headers: { [mark]: "1" } };
	switch (call) {
		case "setActive":
		case "revoke":
			return multiSession[call]({ sessionToken: token, fetchOptions });
		case "revokeSession":
			return revokeSession({ token, fetchOptions });
		case "signOut":
			return signOut({ fetchOptions });
	}
}

/** The app does what a command does, by a call of its own: as with a sign-in, whom that leaves behind is its own doing. */
export function callPast(run: Run, tab: Tab, past: Past): void {
	const { clock, device } = run;
	const rows = device.rows();
	const id = rows[past.row % rows.length]?.id;
	const token = device.sessions().find((session) => session.id === id)?.token ?? "nobody";
	run.lastClick = null;
	const { lost, over } = beginSignIn(run, tab, []);
	send(tab.client, past, token).then(({ error }) => {
		over();
		run.endedAt = clock.monotonic();
		if (past.call === "signOut" && !error) run.halfWay = null;
	}, lost);
}
