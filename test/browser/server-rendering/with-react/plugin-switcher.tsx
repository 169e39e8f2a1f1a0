import type { Client } from "./plugin-client.js";

export function Switcher({ authClient }: { authClient: Client }) {
	const { sessions, isPending } = authClient.useDeviceSessions();
	if (isPending) return <p>Who is here?</p>;
	return (
		<ul>
			{sessions.map(({ id, user, active }) => (
				<li key={id} aria-current={active}>
					<button type="button" onClick={() => authClient.deviceSessions.setActive(id)}>
						{user.name}
					</button>
				</li>
			))}
		</ul>
	);
}
