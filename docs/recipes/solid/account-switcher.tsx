/** @jsxImportSource solid-js */
import type { DeviceSessions, DeviceSessionsState } from "device-sessions";
import { type Connected, connect } from "device-sessions/connect";
import { createMemo, createSignal, For, from, Show } from "solid-js";

type Shown = { state?: DeviceSessionsState; accounts: Connected; said: string };

export function AccountSwitcher(props: { deviceSessions: DeviceSessions; addHref?: string }) {
	const state = from(props.deviceSessions, props.deviceSessions.get());
	const [chosen, setChosen] = createSignal<string | null>(null);
	const shown = createMemo<Shown>((before?: Shown) => {
		const accounts = connect(state(), props.deviceSessions, { previous: before?.state, chosen: chosen() });
		return { state: state(), accounts, said: accounts.announcement || (before?.said ?? "") };
	});
	const accounts = () => shown().accounts;
	const error = () => accounts().error;

	// The last click alone is busy, until its command has returned.
	async function choose(id: string) {
		setChosen(id);
		await props.deviceSessions.setActive(id);
		setChosen((now) => (now === id ? null : now));
	}
	return (
		<>
			<Show when={error()}>{(error) => <p role="alert">{error().text}</p>}</Show>
			<Show when={error()?.retry}>
				{(retry) => <button {...accounts().retryProps}>{retry() === "refetch" ? "Try again" : "Switch anyway"}</button>}
			</Show>
			<Show when={accounts().note}>{(note) => <p>{note()}</p>}</Show>
			<ul>
				<For each={accounts().rows.map(({ id }) => id)}>
					{(id) => {
						// A row stays the same object until something in it changes: the memo tells nobody of all others.
						const row = createMemo(() => accounts().rows.find((row) => row.id === id));
						return (
							<li aria-busy={row()?.busy}>
								<button
									{...(row() && accounts().rowProps(id))}
									aria-description={row()?.email}
									onClick={() => choose(id)}
								>
									{row()?.name}
								</button>
								<small>{row()?.email}</small>
								<button {...(row() && accounts().signOutProps(id))}>×</button>
							</li>
						);
					}}
				</For>
			</ul>
			<a href={props.addHref ?? "/sign-in"} {...accounts().addProps}>
				Add account
			</a>
			<p role="status">{shown().said}</p>
		</>
	);
}
