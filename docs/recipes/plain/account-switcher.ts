import type { DeviceSession, DeviceSessions } from "device-sessions";

/** Shows the accounts in an element, until what it answers is called. */
export function mountAccountSwitcher(root: HTMLElement, deviceSessions: DeviceSessions): () => void {
	const problem = root.appendChild(document.createElement("p"));
	const note = root.appendChild(document.createElement("p"));
	const list = root.appendChild(document.createElement("ul"));
	const items = new Map<string, ReturnType<typeof createItem>>();
	problem.role = "alert";

	function createItem(id: string) {
		const element = document.createElement("li");
		const account = element.appendChild(document.createElement("button"));
		const leave = element.appendChild(document.createElement("button"));
		leave.textContent = "×";
		account.onclick = () => deviceSessions.setActive(id);
		leave.onclick = () => deviceSessions.revoke(id);
		let shown: DeviceSession | undefined;
		return {
			element,
			update(row: DeviceSession, busy: boolean) {
				if (element.ariaBusy !== String(busy)) element.ariaBusy = String(busy);
				// A row stays the same object until something in it changes.
				if (row === shown) return;
				shown = row;
				account.textContent = row.user.name;
				account.ariaCurrent = String(row.active);
				leave.ariaLabel = `Sign out ${row.user.name}`;
			},
		};
	}

	const unsubscribe = deviceSessions.subscribe((state) => {
		const busy = state.status === "switching" ? [state.target] : state.status === "revoking" ? state.targets : [];
		problem.textContent = state.error?.message ?? "";
		problem.hidden = !state.error;
		note.textContent = state.isPending ? "Reading the accounts …" : "Nobody is signed in.";
		note.hidden = state.sessions.length > 0;
		for (const row of state.sessions) {
			const item = items.get(row.id) ?? createItem(row.id);
			if (!items.has(row.id)) list.append(item.element);
			items.set(row.id, item);
			item.update(row, busy.includes(row.id));
		}
		for (const [id, { element }] of items) {
			if (state.sessions.some((row) => row.id === id)) continue;
			element.remove();
			items.delete(id);
		}
	});
	return () => {
		unsubscribe();
		root.replaceChildren();
	};
}
