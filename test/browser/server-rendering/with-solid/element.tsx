/** @jsxImportSource solid-js */
import type { DeviceSessions } from "device-sessions";
import type {} from "device-sessions/element/solid";
import { createSignal } from "solid-js";

/** The tag, and what its event brings about. */
export function Page(props: { deviceSessions: DeviceSessions }) {
	const [switched, setSwitched] = createSignal("nobody");
	return (
		<>
			<account-switcher
				prop:store={props.deviceSessions}
				prop:messages={{ add: "One more" }}
				add-href="/sign-in"
				class="header"
				show-name=""
				on:account-switched={({ detail }) => setSwitched(detail.account.user.name)}
			>
				<a href="/sign-in">Sign in</a>
			</account-switcher>
			<p id="switched">{switched()}</p>
		</>
	);
}
