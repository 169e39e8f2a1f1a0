import { useStore } from "@nanostores/react";
import type { DeviceSessions } from "device-sessions";
import { createRoot } from "react-dom/client";
import { run } from "./page.js";
import { vanilla } from "./vanilla.js";

/** Renders every row anew whenever anything changes: what the counts are there to find. */
function Careless({ deviceSessions }: { deviceSessions: DeviceSessions }) {
	const { sessions } = useStore(deviceSessions);
	return sessions.map(({ id, user, active }) => (
		<li key={id}>
			<button type="button" aria-current={active} onClick={() => deviceSessions.setActive(id)}>
				{user.name}
			</button>
		</li>
	));
}

run({
	createClient: vanilla,
	mount(host, deviceSessions) {
		const root = createRoot(host);
		root.render(<Careless deviceSessions={deviceSessions} />);
		return () => root.unmount();
	},
});
