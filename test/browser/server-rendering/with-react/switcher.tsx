import { useStore } from "@nanostores/react";
import type { DeviceSessions } from "device-sessions";

export function Switcher({ deviceSessions }: { deviceSessions: DeviceSessions }) {
	const { sessions, isPending } = useStore(deviceSessions, { ssr: "initial" });
	if (isPending) return <p>Who is here?</p>;
	return (
		<ul>
			{sessions.map(({ id, user, active }) => (
				<li key={id} aria-current={active}>
					<button type="button" onClick={() => deviceSessions.setActive(id)}>
						{user.name}
					</button>
				</li>
			))}
		</ul>
	);
}
