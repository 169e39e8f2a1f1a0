/** @jsxImportSource solid-js */
import { useStore } from "@nanostores/solid";
import type { DeviceSessions } from "device-sessions";
import { For, Show } from "solid-js";

export function Switcher(props: { deviceSessions: DeviceSessions }) {
	const state = useStore(props.deviceSessions);
	return (
		<Show when={!state().isPending} fallback={<p>Who is here?</p>}>
			<ul>
				<For each={state().sessions}>
					{(row) => (
						<li aria-current={row.active}>
							<button type="button" onClick={() => props.deviceSessions.setActive(row.id)}>
								{row.user.name}
							</button>
						</li>
					)}
				</For>
			</ul>
		</Show>
	);
}
