import { useStore } from "@nanostores/react";
import type { DeviceSessions } from "device-sessions";
import { type Connected, type ConnectedRow, connect } from "device-sessions/connect";
import { memo, useState } from "react";

type AccountProps = { row: ConnectedRow; accounts: Connected; choose(id: string): void };

// A row stays the same object until something in it changes: memo skips all others.
const Account = memo(
	({ row, accounts, choose }: AccountProps) => (
		<li aria-busy={row.busy}>
			<button {...accounts.rowProps(row.id)} aria-description={row.email} onClick={() => choose(row.id)}>
				{row.name}
			</button>
			<small>{row.email}</small>
			<button {...accounts.signOutProps(row.id)}>×</button>
		</li>
	),
	(before, now) => before.row === now.row,
);

type Props = { deviceSessions: DeviceSessions; addHref?: string };

export function AccountSwitcher({ deviceSessions, addHref = "/sign-in" }: Props) {
	const state = useStore(deviceSessions);
	const [chosen, setChosen] = useState<string | null>(null);
	const [said, setSaid] = useState({ state, text: "" });
	const accounts = connect(state, deviceSessions, { previous: said.state, chosen });
	if (said.state !== state) setSaid({ state, text: accounts.announcement || said.text });

	// The last click alone is busy, until its command has returned.
	async function choose(id: string) {
		setChosen(id);
		await deviceSessions.setActive(id);
		setChosen((now) => (now === id ? null : now));
	}
	const { error, note, rows } = accounts;
	const retry = error?.retry === "refetch" ? "Try again" : "Switch anyway";
	return (
		<>
			{error && <p role="alert">{error.text}</p>}
			{error?.retry && <button {...accounts.retryProps}>{retry}</button>}
			{note && <p>{note}</p>}
			<ul>
				{rows.map((row) => (
					<Account key={row.id} row={row} accounts={accounts} choose={choose} />
				))}
			</ul>
			<a href={addHref} {...accounts.addProps}>
				Add account
			</a>
			<p role="status">{said.text}</p>
		</>
	);
}
