/** @jsxImportSource solid-js */
import { useStore } from "@nanostores/solid";
import type { DeviceSessions } from "device-sessions";
import { createSelector, For, Show } from "solid-js";

export function AccountSwitcher(props: { deviceSessions: DeviceSessions }) {
	const state = useStore(props.deviceSessions);
	const busy = (): readonly string[] => {
		const now = state();
		return now.status === "switching" ? [now.target] : now.status === "revoking" ? now.targets : [];
	};
	const isBusy = createSelector(busy, (id: string, ids) => ids.includes(id));
	return (
		<>
			<Show when={state().error}>{(error) => <p role="alert">{error().message}</p>}</Show>
			<Show when={state().isPending}>
				<p>Reading the accounts …</p>
			</Show>
			<Show when={!state().isPending && state().sessions.length === 0}>
				<p>Nobody is signed in.</p>
			</Show>
			<ul>
				{/* useStore keeps a row by its id, and Solid writes only what has changed in it. */}
				<For each={state().sessions}>
					{(row) => (
						<li aria-busy={isBusy(row.id)}>
							<button type="button" aria-current={row.active} onClick={() => props.deviceSessions.setActive(row.id)}>
								{row.user.name}
							</button>
							<button
								type="button"
								aria-label={`Sign out ${row.user.name}`}
								onClick={() => props.deviceSessions.revoke(row.id)}
							>
								×
							</button>
						</li>
					)}
				</For>
			</ul>
		</>
	);
}
