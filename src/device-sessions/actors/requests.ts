import type { DeviceSessionsClient } from "../../client.js";
import { RevokeSession } from "../../core/revoke-session.js";
import { failed, OperationError, ok, type Result, unknownSession } from "../../errors.js";
import { Revoke } from "../../multi-session/revoke.js";
import { SetActive } from "../../multi-session/set-active.js";
import type { RowData } from "../types.js";
import type { SendOptions } from "./device.js";
import type { Job } from "./job.js";

type Sending = Pick<Job, "client" | "send" | "stop" | "vault">;

/** What an operation with a payload is, to those who send it. */
interface Sendable<Payload, T> {
	(client: DeviceSessionsClient, payload: Payload, options: SendOptions): Promise<Result<T>>;
	readonly operation: string;
}
const request = <Payload, T>({ client, send, stop }: Sending, run: Sendable<Payload, T>, payload: Payload) =>
	send(run.operation, stop, (options) => run(client, payload, options));

/** Better Auth's own get-session, where no wire sees it: nobody tells when it has ended. */
const unseen = 0;

/** A row that was made active. */
export interface Activation {
	readonly row: RowData;
	/** Calls that were under way when the server answered: their cookies may come late. */
	readonly crossed: readonly number[];
}

/** Makes a row active on the server. Its answer is all the news there is: one round trip. */
export async function activateRow(
	job: Sending & Pick<Job, "atom" | "check" | "halfWay" | "lastUsed" | "version" | "wire">,
	id: string,
): Promise<Result<Activation>> {
	const { vault, atom, check, halfWay, lastUsed, version, wire } = job;
	const { operation } = SetActive;
	const sessionToken = vault.token(id);
	if (sessionToken === undefined) return failed(unknownSession(operation));
	// Better Auth marks a get-session as under way a microtask late; its answer may bring a cookie of the old account, after ours.
	await null;
	const wasBusy = atom.isBusy();
	const { data, error } = await request(job, SetActive, { sessionToken });
	if (error) return failed(error);
	halfWay.end();
	const crossed = wire ? wire.underWay().map((call) => call.id) : wasBusy || atom.isBusy() ? [unseen] : [];
	const { good, error: malformed } = check([data]);
	const [row] = vault.take(good);
	if (row) {
		lastUsed.remember(id, version.current());
		return ok({ row: { ...row, lastActiveAt: lastUsed.times()(id) }, crossed });
	}
	return failed(malformed ? Object.assign(malformed, { operation, applied: true }) : unknownSession(operation));
}

/** Signs one account out. Already gone is success. One that the list does not know the plugin cannot revoke; the core can. */
export async function revokeRow(job: Sending, id: string, unlisted = false): Promise<OperationError | null> {
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
