import type { DeviceSessions } from "../device-sessions/store/device-sessions.js";
import type { DeviceSession, DeviceSessionsState, EndedAccount } from "../device-sessions/types.js";
import type { AccountLabel } from "./label.js";
import type { PartialMessages } from "./messages.js";
import type { Phase } from "./phase.js";
import type { ConnectedError } from "./problem.js";
import { button, flag, type Props } from "./props.js";
import { lastClicked, leavingFor } from "./retry.js";
import type { ConnectedRow } from "./rows.js";
import { showState } from "./shown.js";

/** What `connect` takes besides the state and the commands. */
export interface ConnectOptions {
	/** Your words, or a translation. English stands in for what is missing. */
	readonly messages?: PartialMessages | undefined;
	/** The state that was shown before: `announcement` is the difference. */
	readonly previous?: DeviceSessionsState | undefined;
	/** The row id of the last click, until its command has returned: it alone is busy. */
	readonly chosen?: string | null | undefined;
	/** A short text for a row, such as a count of unread mail. */
	readonly badge?: ((row: DeviceSession) => string | null) | undefined;
}

/** An account whose session has ended, as it is shown. */
export type ConnectedEnded = EndedAccount & AccountLabel & { readonly initials: string };

/** All that an account switcher shows and does. */
export interface Connected {
	/** In the store's order. */
	readonly rows: readonly ConnectedRow[];
	/** One of the rows. */
	readonly current: ConnectedRow | null;
	/** The remembered accounts whose session has ended. */
	readonly ended: readonly ConnectedEnded[];
	/** What the switcher is in: see `Phase`. */
	readonly phase: Phase;
	/** What to read beside the rows, or null. */
	readonly note: string | null;
	/** For a live region. Empty: there is nothing to say. */
	readonly announcement: string;
	/** False: the device holds as many accounts as it can list. */
	readonly canAdd: boolean;
	/** What went wrong, or null. */
	readonly error: ConnectedError | null;
	/** For the button that opens the switcher. */
	readonly triggerProps: Props;
	/** For the popup that it opens. */
	readonly popupProps: Props;
	/** For your own link or button; where the device is full it is disabled and a link is not followed. */
	readonly addProps: Props;
	/** Does what `error.retry` says. */
	readonly retryProps: Props;
	/** For the button that returns to the account from before a sign-in that stopped half-way. */
	readonly cancelSignInProps: Props;
	/** For the button that signs out of all accounts. */
	readonly signOutAllProps: Props;
	/** Of the button that switches to a row. */
	rowProps(id: string): Props;
	/** Of the button that signs a row out. */
	signOutProps(id: string): Props;
	/** Of the button that forgets an account in `ended`. */
	forgetProps(id: string): Props;
}

/**
 * What an account switcher shows and does, from a state of the store: texts for people, and props to spread. It touches
 * no page, and returns the same for the same state.
 *
 * @example
 * const { rows, rowProps, error } = connect(state, deviceSessions);
 * rows.map((row) => <button key={row.id} {...rowProps(row.id)}>{row.name}</button>);
 */
export function connect(state: DeviceSessionsState, store: DeviceSessions, options: ConnectOptions = {}): Connected {
	const { triggerLabel, tell, ...shown } = showState(state, options);
	const { rows, ended, canAdd, error } = shown;
	if (options.chosen) lastClicked.set(store, options.chosen);

	return {
		...shown,
		triggerProps: button(null, { "aria-haspopup": "dialog", "aria-label": triggerLabel }),
		popupProps: { role: "dialog", "aria-label": tell("accounts") },
		addProps: button(!canAdd && (() => {}), { "aria-disabled": flag(!canAdd) }),
		retryProps: button(
			error?.retry &&
				(() => {
					if (error.retry === "refetch") return store.refetch();
					const id = leavingFor(store, rows);
					return id && store.setActive(id, { leaveUnlisted: true });
				}),
		),
		cancelSignInProps: button(() => store.cancelSignIn()),
		signOutAllProps: button(() => store.signOutAll()),
		rowProps: buttonFor(
			rows,
			({ busy, current }) => ({ "aria-current": flag(current), "aria-busy": flag(busy) }),
			(id) => {
				lastClicked.set(store, id);
				return store.setActive(id);
			},
		),
		signOutProps: buttonFor(
			rows,
			(row) => ({ "aria-label": tell("signOutOf", row) }),
			(id) => store.revoke(id),
		),
		forgetProps: buttonFor(
			ended,
			(account) => ({ "aria-label": tell("forget", account) }),
			(id) => store.forget(id),
		),
	};
}

const buttonFor =
	<T extends { readonly id: string }>(
		all: readonly T[],
		attributesOf: (one: T) => Props,
		run: (id: string) => unknown,
	) =>
	(id: string): Props => {
		const one = all.find((one) => one.id === id);
		return button(one && (() => run(id)), one && attributesOf(one));
	};
