import { useDeviceSessions } from "./device-sessions";

/** Offers the account that a link or a draft means, where another one is active. `means` is the id of its user. */
export function WrongAccount({ means, onSwitched }: { means: string; onSwitched?(): void }) {
	const { deviceSessions, sessions } = useDeviceSessions();
	const row = sessions.find(({ user }) => user.id === means);

	async function switchBack(id: string) {
		const { error } = await deviceSessions.setActive(id);
		if (!error) onSwitched?.();
	}
	if (!row)
		return (
			<p role="alert">
				This is for an account that is not signed in here. <a href="/sign-in">Sign in</a>
			</p>
		);
	return (
		<p role="alert">
			This is for {row.user.name}.{" "}
			<button type="button" onClick={() => switchBack(row.id)}>
				Switch to {row.user.name}
			</button>
		</p>
	);
}
