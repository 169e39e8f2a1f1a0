import * as v from "valibot";
import type { DeviceSessionsClient } from "../../client.js";
import { RevokeSession } from "../../core/revoke-session.js";
import { failed, OperationError, ok, type Result, unknownSession } from "../../errors.js";
import { invalid } from "../../invalid.js";
import { isObject } from "../../is-object.js";
import { ListSessions } from "../../multi-session/list-sessions.js";
import { Revoke } from "../../multi-session/revoke.js";
import { SetActive } from "../../multi-session/set-active.js";
import { defineOperation } from "../../operation.js";
import type { SessionAndUser } from "../../schemas.js";
import { tokenOf } from "../auth/vault.js";
import * as limits from "../limits.js";
import { endOf } from "../tabs/version.js";
import type { RowData } from "../types.js";
import type { SendOptions } from "./device.js";
import { isUnsure, type Job } from "./job.js";

type Sending = Pick<Job, "client" | "mutate" | "stop" | "vault">;
type Revoking = Sending & Pick<Job, "check" | "send">;

/** What an operation with a payload is, to those who send it. */
interface Sendable<Payload, T> {
	(client: DeviceSessionsClient, payload: Payload, options: SendOptions): Promise<Result<T>>;
	readonly operation: string;
}
const request = <Payload, T>({ client, mutate, stop }: Sending, run: Sendable<Payload, T>, payload: Payload) =>
	mutate(run.operation, stop, (options) => run(client, payload, options));

/** As ListSessions, but account by account: one that nobody can know is left out and reported, the others show. */
export const listLoosely = /* @__PURE__ */ (() =>
	defineOperation({ ...ListSessions, success: v.array(v.unknown()) }))();

/** As SetActive, but lenient like the list: the same check is for both. */
const setActiveLoosely = /* @__PURE__ */ (() => defineOperation({ ...SetActive, success: v.looseObject({}) }))();

/** Better Auth's own get-session, where no wire sees it: nobody tells when it has ended. */
const unseen = 0;

/** A row that was made active. */
export interface Activation {
	readonly row: RowData;
	/** Calls that were under way when the server answered: their cookies may come late. */
	readonly crossed: readonly number[];
	/** The account that was signed out for it; and another session of the same user's, which has come in its place. */
	readonly left?: string | undefined;
	readonly instead?: RowData | undefined;
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
	// So it is once this command is over, for whoever waits for that.
	const over = endOf(version.current());
	const { data, error } = await request(job, setActiveLoosely, { sessionToken });
	if (!error || isUnsure(error)) lastUsed.switched(over);
	if (error) return failed(error);
	halfWay.end();
	const crossed = wire ? wire.underWay().map((call) => call.id) : wasBusy || atom.isBusy() ? [unseen] : [];
	const answer = layOver(vault.base(id), data);
	if (!answer) {
		const expected = [{ type: "", expected: "the account that was asked for" }];
		return failed(invalid("invalid-response", operation, "An odd answer came", expected, { applied: true }));
	}
	const { accounts, error: refused } = check([answer]);
	const [account] = accounts;
	if (refused || !account)
		return failed(Object.assign(refused ?? unknownSession(operation), { operation, applied: true }));
	const row = vault.renew(id, account);
	if (!row) return failed(unknownSession(operation));
	lastUsed.remember(id, over);
	return ok({ row: { ...row, lastActiveAt: lastUsed.times()(id) }, crossed });
}

/**
 * What set-active answers is the raw account, without the fields that a customSession has put into the list: they stay
 * from there. Undefined where the answer is another account's, or nobody's.
 */
function layOver(known: SessionAndUser | undefined, answer: object): object | undefined {
	// Safe: asked for properties, of which nothing is taken for granted.
	const { session, user } = answer as Partial<Record<"session" | "user", { readonly [key: string]: unknown }>>;
	if (!known || !isObject(session) || !isObject(user) || tokenOf(answer) !== known.session.token) return undefined;
	if ((user["id"] ?? known.user.id) !== known.user.id) return undefined;
	return { session: { ...known.session, ...session }, user: { ...known.user, ...user, id: known.user.id } };
}

/** A row's token: none where nobody is left to sign out, an error where it cannot be known. */
function tokenToEnd({ vault }: Revoking, id: string): { readonly token?: string; readonly error?: OperationError } {
	const token = vault.token(id);
	if (token === "") {
		const message = "This session's token is not known: sign out all instead.";
		return { error: new OperationError("active-unlisted", RevokeSession.operation, message) };
	}
	return token === undefined ? {} : { token };
}

/** Signs one account out. Already gone is success. */
export async function revokeRow(job: Revoking, id: string): Promise<OperationError | null> {
	const userId = job.vault.crowd(id);
	const { token, error = null } = tokenToEnd(job, id);
	if (token === undefined) return error;
	const { error: refused } = await request(job, Revoke, { sessionToken: token });
	if (refused && refused.kind !== "session-gone") return refused;
	const next = job.vault.forget(id);
	return next ? revokeRow(job, next.id) : revokeHidden(job, userId);
}

/** Ends the active session where the list does not know it: the plugin cannot, the core can. */
export async function revokeUnlisted(job: Revoking, id: string): Promise<OperationError | null> {
	const { token, error = null } = tokenToEnd(job, id);
	if (token === undefined) return error;
	const { error: refused } = await request(job, RevokeSession, { token });
	if (refused && refused.kind !== "session-gone" && refused.kind !== "unauthorized") return refused;
	job.vault.forget(id);
	return null;
}

/** The list shows one session a user: where it was seen to hide another, whatever comes out from behind it goes as well. */
async function revokeHidden(job: Revoking, userId: unknown): Promise<OperationError | null> {
	if (userId === undefined) return null;
	for (let count = 0; count < limits.hidden; count += 1) {
		const { data, error } = await job.send(ListSessions.operation, job.stop, (options) =>
			listLoosely(job.client, options),
		);
		if (error) return error;
		const { accounts } = job.check(data);
		const hidden = accounts.find(({ base }) => base?.user.id === userId);
		if (!hidden) return null;
		const { error: refused } = await request(job, Revoke, { sessionToken: hidden.token });
		if (refused && refused.kind !== "session-gone") return refused;
	}
	return null;
}
