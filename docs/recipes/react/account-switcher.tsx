import { useStore } from "@nanostores/react";
import type { DeviceSession, DeviceSessions } from "device-sessions";
import { memo } from "react";

interface AccountProps {
	row: DeviceSession;
	busy: boolean;
	deviceSessions: DeviceSessions;
}

// A row stays the same object until something in it changes: memo skips all others.
const Account = memo(({ row: { id, user, active }, busy, deviceSessions }: AccountProps) => (
	<li aria-busy={busy}>
		<button type="button" aria-current={active} onClick={() => deviceSessions.setActive(id)}>
			{user.name}
		</button>
		<button type="button" aria-label={`Sign out ${user.name}`} onClick={() => deviceSessions.revoke(id)}>
			×
		</button>
	</li>
));

export function AccountSwitcher({ deviceSessions }: { deviceSessions: DeviceSessions }) {
	const state = useStore(deviceSessions);
	const busy = state.status === "switching" ? [state.target] : state.status === "revoking" ? state.targets : [];
	return (
		<>
			{state.error && <p role="alert">{state.error.message}</p>}
			{state.isPending && <p>Reading the accounts …</p>}
			{!state.isPending && state.sessions.length === 0 && <p>Nobody is signed in.</p>}
			<ul>
				{state.sessions.map((row) => (
					<Account key={row.id} row={row} busy={busy.includes(row.id)} deviceSessions={deviceSessions} />
				))}
			</ul>
		</>
	);
}
