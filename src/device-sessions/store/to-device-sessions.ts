import * as v from "valibot";
import { OperationError } from "../../errors.js";
import { invalid } from "../../invalid.js";
import { createAccounts, whoIsActive } from "../auth/accounts.js";
import { createVault, Who } from "../auth/vault.js";
import type { DeviceSessionsSnapshot } from "../types.js";

const check = /* @__PURE__ */ createAccounts({});
const Input = /* @__PURE__ */ (() => v.object({ list: v.array(v.unknown()), session: Who }))();

/**
 * What a server rendered, without its tokens: fit for the HTML, for `hydrate` and for the option `initial`. An account
 * that is malformed is left out.
 *
 * @param list What `auth.api.listDeviceSessions({ headers })` answered.
 * @param session What `auth.api.getSession({ headers })` answered: `{ session, user }`, or null where nobody is active.
 * @throws {OperationError} `invalid-input` where the two are something else: a `Response`, or an error.
 * @example
 * const [list, session] = await Promise.all([auth.api.listDeviceSessions({ headers }), auth.api.getSession({ headers })]);
 * const snapshot = toDeviceSessions(list, session);
 * @see https://www.better-auth.com/docs/plugins/multi-session
 */
export function toDeviceSessions(list: readonly object[], session: object | null | undefined): DeviceSessionsSnapshot {
	try {
		const { issues, output } = v.safeParse(Input, { list, session });
		if (issues) throw invalid("invalid-input", "toDeviceSessions", "Pass what the server answered", issues);
		const vault = createVault();
		vault.learn([...output.list, output.session]);
		vault.take(check(output.list).accounts);
		const who = output.session ?? null;
		// Somebody in a shape of the app's own is left to the first read.
		const isKnown = who && (vault.find(who) !== undefined || check([who]).accounts.some(({ base }) => base));
		const { activeId } = whoIsActive(vault, check, isKnown ? who : null);
		const rows = vault.rows().filter(({ hidden }) => !hidden);
		return { version: 1, sessions: rows, active: rows.some(({ id }) => id === activeId) ? activeId : null };
	} catch (thrown) {
		if (thrown instanceof OperationError) throw thrown;
		// A getter, or a circle.
		throw new OperationError("invalid-input", "toDeviceSessions", "What was passed cannot be read.");
	}
}
