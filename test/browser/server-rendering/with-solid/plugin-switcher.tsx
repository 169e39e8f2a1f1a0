/** @jsxImportSource solid-js */
import { For, Show } from "solid-js";
import type { Client } from "./plugin-client.js";

export function Switcher(props: { authClient: Client }) {
	const state = props.authClient.useDeviceSessions();
	return (
		<Show when={!state().isPending} fallback={<p>Who is here?</p>}>
			<ul>
				<For each={state().sessions}>
					{(row) => (
						<li aria-current={row.active}>
							<button type="button" onClick={() => props.authClient.deviceSessions.setActive(row.id)}>
								{row.user.name}
							</button>
						</li>
					)}
				</For>
			</ul>
		</Show>
	);
}
