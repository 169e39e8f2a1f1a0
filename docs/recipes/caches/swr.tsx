import { useStore } from "@nanostores/react";
import type { DeviceSessions } from "device-sessions";
import type { ReactNode } from "react";
import { SWRConfig } from "swr";

type Props = { deviceSessions: DeviceSessions; children: ReactNode };

/** One cache per account: SWR asks for a new one when the key is new. */
export function AccountCache({ deviceSessions, children }: Props) {
	const { active, isPending } = useStore(deviceSessions);
	if (isPending) return null; // Who is here is not known yet.
	return (
		<SWRConfig key={active?.user.id} value={{ provider: () => new Map() }}>
			{children}
		</SWRConfig>
	);
}
