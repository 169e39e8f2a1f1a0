import { type OperationError, Organization } from "device-sessions";
import { slugOf } from "../slug.js";
import { authClient, deviceSessions, type State } from "./client.js";
import { find, setAttribute, setText } from "./dom.js";
import { createForm } from "./form.js";
import { createOrganizationRow, type OrganizationRow } from "./organization-row.js";
import { refusalOf } from "./refusal.js";

interface Listed {
	readonly id: string;
	readonly name: string;
}

/**
 * The organizations of whoever is active. They are read by Better Auth's own atom, which the store has read anew for
 * the next account; what is done to them are operations. Which one is active stands in the session, which Better Auth
 * reads again after each of these; the store's row has it from the list, and so a little later.
 */
export function showOrganizations(): void {
	const list = find("#organizations", HTMLUListElement);
	const nothing = find("#no-organization", HTMLElement);
	const says = find("#organizations-say", HTMLElement);
	const rows = new Map<string, OrganizationRow>();
	let listed: readonly Listed[] = [];
	/** Whose the list is; null while it is read for somebody. */
	let owner: string | null = null;
	let problem = false;
	let working = false;

	const form = createForm("#organization-form", () => act(create));
	const input = form.input("name");

	/** One at a time, and none while the account changes: a call goes out as whoever is active by then. */
	async function act(call: () => Promise<string | OperationError>) {
		const { status, active } = deviceSessions.get();
		if (working || !active || status === "switching" || status === "revoking")
			return { words: "Another change is on its way. Try again in a moment", field: "" };
		working = true;
		setText(says, "");
		show();
		const answer = await call();
		working = false;
		// It was for somebody else: nothing of it is said under the next account.
		const isOurs = deviceSessions.get().active?.user.id === active.user.id;
		if (isOurs && typeof answer === "string") setText(says, answer);
		if (isOurs && call === create && typeof answer === "string") form.element.reset();
		show();
		return typeof answer === "string" || !isOurs ? null : refusalOf(answer);
	}

	async function create(): Promise<string | OperationError> {
		const name = input.value.trim();
		const { data, error } = await Organization.Create(authClient, { name, slug: slugOf(name) });
		return error ?? `${data.name} was created and is active`;
	}

	async function choose(id: string | null): Promise<string | OperationError> {
		const { data, error } = await Organization.SetActive(authClient, { organizationId: id });
		return error ?? (data ? `${data.name} is active` : "No organization is active");
	}

	async function remove(organizationId: string): Promise<string | OperationError> {
		const { data, error } = await Organization.Delete(authClient, { organizationId });
		return error ?? `${data.name} was deleted`;
	}

	async function refused(call: () => Promise<string | OperationError>): Promise<void> {
		form.refuse(null);
		const refusal = await act(call);
		// It is not the form's field that is wrong.
		if (refusal) form.refuse({ ...refusal, field: "" });
	}

	function activeOrganization(): string | null {
		const { data } = authClient.useSession.get();
		const isOurs = data?.user?.id === deviceSessions.get().active?.user.id;
		return (isOurs && data?.session?.activeOrganizationId) || null;
	}

	function show(): void {
		const { active, status } = deviceSessions.get();
		const isKnown = active !== null && owner === active.user.id;
		const here = isKnown && !problem ? listed : [];
		for (const [id, { element }] of rows) {
			if (here.some((organization) => organization.id === id)) continue;
			// A keyboard goes on where the row was.
			if (element.contains(document.activeElement)) input.focus();
			element.remove();
			rows.delete(id);
		}
		const chosen = activeOrganization();
		const usable = !working && status !== "switching" && status !== "revoking";
		here.forEach(({ id, name }, index) => {
			let row = rows.get(id);
			if (!row) {
				row = createOrganizationRow({
					choose: (isActive) => void refused(() => choose(isActive ? null : id)),
					remove: () => void refused(() => remove(id)),
				});
				rows.set(id, row);
			}
			row.update(name, id === chosen, usable);
			if (list.children[index] !== row.element) list.insertBefore(row.element, list.children[index] ?? null);
		});
		form.element.hidden = active === null;
		nothing.hidden = here.length > 0;
		const reading = problem ? "Can't load organizations" : isKnown ? "No organizations yet" : "Loading organizations…";
		setText(nothing, active ? reading : "Nobody is signed in");
		setAttribute(list, "aria-busy", working ? "true" : null);
	}

	// Asked with nobody signed in, the server would answer 401.
	let unlisten: (() => void) | null = null;
	let isReading = false;
	let shownFor: string | undefined;
	const listen = () =>
		authClient.useListOrganizations.subscribe(({ data, error, isPending, isRefetching }) => {
			const wasReading = isReading;
			isReading = isPending || isRefetching;
			if (isReading || !wasReading) return;
			problem = error !== null || !Array.isArray(data);
			listed = Array.isArray(data) ? data : [];
			owner = deviceSessions.get().active?.user.id ?? null;
			show();
		});

	/** Listened to again within the second, the atom has not noticed that nobody did, and reads nothing by itself. */
	async function readAgain(): Promise<void> {
		// It says a moment late that it reads.
		await null;
		const { isPending, isRefetching, refetch } = authClient.useListOrganizations.get();
		if (!isPending && !isRefetching) await refetch();
	}

	authClient.useSession.listen(show);
	deviceSessions.subscribe(({ active }: State) => {
		if (active?.user.id !== shownFor) {
			shownFor = active?.user.id;
			owner = null;
			problem = false;
			setText(says, "");
			form.refuse(null);
			form.element.reset();
		}
		show();
		if (active) {
			if (unlisten) return;
			unlisten = listen();
			void readAgain();
		} else {
			unlisten?.();
			unlisten = null;
			// What the atom holds when it is listened to again was read for somebody else.
			isReading = false;
		}
	});
}
