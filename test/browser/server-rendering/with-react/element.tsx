import type { DeviceSessions } from "device-sessions";
import { AccountSwitcher } from "device-sessions/element/react";
import { useState } from "react";

/** The component, and what its event brings about. */
export function Page({ deviceSessions }: { deviceSessions: DeviceSessions }) {
	const [switched, setSwitched] = useState("nobody");
	return (
		<>
			<AccountSwitcher
				store={deviceSessions}
				addHref="/sign-in"
				className="header"
				messages={{ add: "One more" }}
				showName
				onAccountSwitched={({ detail }) => setSwitched(detail.account.user.name)}
			>
				<a href="/sign-in">Sign in</a>
			</AccountSwitcher>
			<p id="switched">{switched}</p>
		</>
	);
}
