import { announcer } from "./announce.js";
import { deviceSessions, type Problem, type State } from "./client.js";
import { find, isUsable, setText, setUsable } from "./dom.js";
import { holdFocus, walkRows } from "./focus.js";
import { problemView, type Remedy } from "./problem.js";
import { type Busy, createRow, type RowView } from "./row.js";
import { mayPass, unlistedWarning } from "./words.js";

export interface Switcher {
	update(state: State): void;
	/** Focuses a person's row as soon as it is the active one: after a sign-in. */
	focusWhenActive(email: string): void;
}

type Command = () => Promise<{ readonly error: Problem | null }>;

/** @param otherwise where the focus goes when the last row is gone */
export function createSwitcher(otherwise: () => HTMLElement): Switcher {
	const list = find("#rows", HTMLUListElement);
	const others = find("#others", HTMLButtonElement);
	const all = find("#all", HTMLButtonElement);
	const views = new Map<string, RowView>();
	const waiting = new Map<string, Busy>();
	const announce = announcer();
	const refuge = { rows: () => [...views.values()].map((view) => view.element), otherwise };
	const showProblem = problemView(refuge);
	let remedy: Remedy | null = null;
	let awaited: string | null = null;

	// A click that waits behind another command shows on its row all the same.
	async function during(ids: readonly string[], busy: Busy, command: Command): Promise<Problem | null> {
		remedy = null;
		for (const id of ids) waiting.set(id, busy);
		const answer = command();
		update(deviceSessions.get());
		const { error } = await answer;
		for (const id of ids) waiting.delete(id);
		if (error && mayPass(error)) offer(error, "Try again", ids, () => during(ids, busy, command));
		update(deviceSessions.get());
		return error;
	}

	function offer(error: Problem, label: string, ids: readonly string[], act: () => unknown): void {
		const accept = () => {
			// The button that was pressed goes; the row it spoke of stays.
			focusRow(ids[0]);
			act();
		};
		remedy = { error, label, accept };
	}

	async function activate(id: string, leaveUnlisted = false): Promise<void> {
		const error = await during([id], "switching", () => deviceSessions.setActive(id, { leaveUnlisted }));
		if (error?.kind !== "active-unlisted") return;
		offer(error, "Switch anyway and sign it out", [id], () => activate(id, true));
		update(deviceSessions.get());
	}

	const focusRow = (id = "") => views.get(id)?.element.querySelector<HTMLElement>(".account")?.focus();
	const revoke = (id: string) => void during([id], "revoking", () => deviceSessions.revoke(id));
	const idsBut = (id?: string) => deviceSessions.get().sessions.flatMap((row) => (row.id === id ? [] : row.id));
	const signOutOthers = () =>
		during(idsBut(deviceSessions.get().active?.id), "revoking", () => deviceSessions.signOutOthers());
	const signOutAll = () => during(idsBut(), "revoking", () => deviceSessions.signOutAll());

	function updateRows(state: State): void {
		const here = new Set(state.sessions.map((row) => row.id));
		for (const [id, view] of views) {
			if (here.has(id)) continue;
			view.element.remove();
			views.delete(id);
		}
		state.sessions.forEach((row, index) => {
			let view = views.get(row.id);
			if (!view) {
				view = createRow(row.id, { activate: (id) => void activate(id), revoke });
				views.set(row.id, view);
			}
			view.update(row, waiting.get(row.id) ?? busyIn(state, row.id));
			// Moving a node takes its focus away: only what is out of place is moved.
			if (list.children[index] !== view.element) list.insertBefore(view.element, list.children[index] ?? null);
		});
	}

	function update(state: State): void {
		const restoreFocus = holdFocus(refuge);
		const { sessions, active, isPending } = state;
		const unlisted = sessions.find((row) => !row.listed);

		updateRows(state);
		setText(find("#count", HTMLElement), sessions.length > 0 ? String(sessions.length) : "");
		find("#reading", HTMLElement).hidden = !isPending;
		find("#nobody", HTMLElement).hidden = isPending || sessions.length > 0;
		find("#choose", HTMLElement).hidden = sessions.length === 0 || active !== null;
		const warning = find("#unlisted", HTMLElement);
		warning.hidden = !unlisted;
		setText(warning, unlisted ? unlistedWarning(unlisted.user.name) : "");
		find("#leave", HTMLElement).hidden = sessions.length === 0;
		setUsable(others, active !== null && sessions.length > 1);
		showProblem(state, remedy);
		announce(state);

		if (awaited !== null && active?.user.email === awaited) {
			awaited = null;
			focusRow(active.id);
		} else restoreFocus();
	}

	walkRows(list);
	others.addEventListener("click", () => isUsable(others) && void signOutOthers());
	all.addEventListener("click", () => void signOutAll());
	return {
		update,
		focusWhenActive(email) {
			awaited = email;
			update(deviceSessions.get());
		},
	};
}

function busyIn(state: State, id: string): Busy {
	if (state.status === "switching" && state.target === id) return "switching";
	return state.status === "revoking" && state.targets.includes(id) ? "revoking" : null;
}
