import type { DeviceSessionsClient } from "../../client.js";
import { RevokeSession } from "../../core/revoke-session.js";
import { failed, OperationError, ok, type Result, unknownSession } from "../../errors.js";
import { Revoke } from "../../multi-session/revoke.js";
import { SetActive } from "../../multi-session/set-active.js";
import type { DeviceSessionsEvent, JobInput } from "../events.js";
import { commandOf } from "../identity/callbacks.js";
import type { RowData, SwitchChange } from "../types.js";
import { deepFreeze } from "../values.js";
import type { Device, SendOptions } from "./device.js";

/** A command under way: what it is told, on which device, until when, and whom it tells. */
export interface Job extends Device {
	readonly input: JobInput;
	readonly stop: AbortSignal;
	tell(event: DeviceSessionsEvent): void;
}

/** Nothing was sent, or nothing came of it. `unsure`: it may have taken effect all the same. */
export function giveUp({ input, tell }: Job, error: OperationError, unsure = false): void {
	tell({ type: "row.failed", id: input.id, error, unsure });
	tell({ type: "command.done" });
}

/** No answer came, none that can be read, or a fault behind it. */
export const isUnsure = ({ status = 500 }: OperationError): boolean => status >= 500;

/**
 * Runs a command's requests while no other tab sends any, once the page has let go of its account where `to` shall be
 * active, and tells the others. Undefined: nothing was sent, and the machine knows why.
 */
export async function alone<T>(
	job: Job,
	to: string | undefined,
	run: () => Promise<T>,
): Promise<{ readonly data: T } | undefined> {
	const { input, stop, tabs, tell } = job;
	const { reason, scope } = input;
	const refused = await mayLeave(job, to);
	if (refused) return void giveUp(job, refused);
	// Whoever is there, all of them are signed out.
	const anyway = scope === "all";
	let sent: { data: T } | undefined;
	const own = async () => {
		sent = { data: await run() };
	};
	let outcome: Awaited<ReturnType<typeof tabs.lock>>;
	do outcome = await tabs.lock(stop, anyway, own);
	while (outcome === "stale" && anyway);
	if (outcome === "done") tabs.tell();
	else if (outcome === "stale") tell({ type: "command.stale" });
	else {
		const operation = { one: commandOf(reason), others: "signOutOthers", all: "signOutAll" }[scope];
		giveUp(job, new OperationError("busy", operation, "Another tab is busy."));
	}
	return sent;
}

/** Asks the page before another account becomes active: null, or why nothing is sent. */
async function mayLeave({ callbacks, input, vault }: Job, to: string | undefined): Promise<OperationError | null> {
	const { active, again, reason } = input;
	const row = vault.row(to ?? null);
	if (again || !row || to === active) return null;
	const from = vault.row(active);
	const change: SwitchChange = {
		from: from ? { ...from, active: true } : null,
		to: { ...row, active: false },
		reason,
	};
	return callbacks.ask(deepFreeze(change));
}

/** What an operation with a payload is, to those who send it. */
interface Sendable<Payload, T> {
	(client: DeviceSessionsClient, payload: Payload, options: SendOptions): Promise<Result<T>>;
	readonly operation: string;
}
const request = <Payload, T>({ client, send, stop }: Job, run: Sendable<Payload, T>, payload: Payload) =>
	send(run.operation, stop, (options) => run(client, payload, options));

/** A row that was made active. */
export interface Activation {
	readonly row: RowData;
	/** A get-session was under way: its cookie may come late. */
	readonly late: boolean;
}

/** Makes a row active on the server. Its answer is all the news there is: one round trip. */
export async function activateRow(job: Job, id: string): Promise<Result<Activation>> {
	const { vault, atom, check } = job;
	const { operation } = SetActive;
	const sessionToken = vault.token(id);
	if (sessionToken === undefined) return failed(unknownSession(operation));
	// Better Auth marks a get-session as under way a microtask late; its answer may bring a cookie of the old account, after ours.
	await null;
	const late = atom.isBusy();
	const { data, error } = await request(job, SetActive, { sessionToken });
	if (error) return failed(error);
	const { good, error: malformed } = check([data]);
	const [row] = vault.take(good);
	if (row) return ok({ row, late });
	return failed(malformed ? Object.assign(malformed, { operation, applied: true }) : unknownSession(operation));
}

/** The page is told before the state is. Its own failure is not the command's. */
export async function afterPage(
	{ tell }: Job,
	told: Promise<OperationError | null>,
	event: DeviceSessionsEvent,
): Promise<void> {
	const error = await told;
	if (error) tell({ type: "callback.failed", error });
	tell(event);
}

/** Shows a row that was made active; `left` was signed out for it. */
export const showActive = (job: Job, activation: Activation, left?: string): Promise<void> =>
	afterPage(job, job.identity.show(activation.row, job.input.reason), { type: "row.activated", ...activation, left });

/** Takes a row away that the server does not know any more. */
export const showRevoked = (job: Job, id: string): Promise<void> =>
	afterPage(job, job.identity.hide(id, job.input.reason), { type: "row.revoked", id });

/** Signs one account out. Already gone is success. One that the list does not know the plugin cannot revoke; the core can. */
export async function revokeRow(job: Job, id: string, unlisted = false): Promise<OperationError | null> {
	const token = job.vault.token(id);
	if (token === undefined) return null;
	if (!token)
		return new OperationError(
			"active-unlisted",
			RevokeSession.operation,
			"This session's token is not known: sign out all instead.",
		);
	const { error } = unlisted
		? await request(job, RevokeSession, { token })
		: await request(job, Revoke, { sessionToken: token });
	if (error && error.kind !== "session-gone" && !(unlisted && error.kind === "unauthorized")) return error;
	job.vault.forget(id);
	return null;
}
