import * as v from "valibot";
import type { InspectionEvent, Observer } from "xstate";
import type { OperationError } from "../../errors.js";
import { invalid } from "../../invalid.js";
import type { CustomSchemas } from "../auth/accounts.js";
import * as limits from "../limits.js";
import type { DeviceSessionsClock } from "../page/clock.js";
import type { DeviceSessionsSnapshot, IdentityChange, SessionOf, SwitchChange, UserOf } from "../types.js";

/** What `createDeviceSessions` takes besides the client. */
export interface DeviceSessionsOptions<Client = unknown, Schemas extends CustomSchemas = CustomSchemas> {
	/**
	 * What to do where the active session has ended: only say so, or make the account active that was used last. Default:
	 * `"report"`. Without the plugin leave it there if people sign in with two factors: while a code is asked for nobody is
	 * active either, and once somebody is again, Better Auth takes the code for that account's.
	 */
	readonly whenActiveLost?: "report" | "promote" | undefined;
	/** Reads the device when somebody comes back to the page, at most once a second. Default: true. */
	readonly refetchOnWindowFocus?: boolean | undefined;
	/** Reads the device so often, in seconds, while somebody looks at the store. Default: 0, never. */
	readonly refetchInterval?: number | undefined;
	/** Reads the device by itself while the browser says that it is offline, too. Default: false. */
	readonly refetchWhenOffline?: boolean | undefined;
	/** How long one request may take, and `onBeforeSwitch`, in ms. Default: 10 000. */
	readonly timeout?: number | undefined;
	/** `maximumSessions` as set on the server: a page can warn before a sign-in that would not be listed. */
	readonly maximumSessions?: number | undefined;
	/**
	 * With the plugin: keeps name, email and image of accounts whose session has ended elsewhere, in localStorage, where
	 * whoever uses the device can read them; never a token. At most 10, for 30 days. Default: false, which erases them.
	 */
	readonly rememberEnded?: boolean | undefined;
	/**
	 * Awaited before another account becomes active by a command of the store, with nothing sent yet: to save what would
	 * otherwise be saved as somebody else. `false` refuses; a throw, or longer than `timeout`, fails with `callback`.
	 *
	 * @example
	 * createDeviceSessions(authClient, { onBeforeSwitch: () => draft.save() });
	 */
	readonly onBeforeSwitch?: ((change: SwitchChange<UserOf<Client>, SessionOf<Client>>) => unknown) | undefined;
	/**
	 * Awaited, for 5 s at most, where another user, or nobody, is active on the server and before the page shows it: to
	 * let go of what belongs to an account (of query caches `perAccount` keeps one for each). Its failure is an error of kind `callback` in the state. The first read of a page is no change.
	 *
	 * @example
	 * createDeviceSessions(authClient, { onIdentityChange: ({ to }) => console.log("now", to?.user.name) });
	 */
	readonly onIdentityChange?: ((change: IdentityChange<UserOf<Client>, SessionOf<Client>>) => unknown) | undefined;
	/**
	 * With the plugin: sign-ins and other changes of the app's own wait, for two seconds at most, for a command of the store
	 * that is under way in any tab, as commands wait for them. Default: true.
	 */
	readonly orderCalls?: boolean | undefined;
	/**
	 * Which server this is: tabs whose stores name the same one share its lock and its messages. A URL, resolved against the
	 * origin of the page; or any text of yours. Default: with the plugin the client's base URL, else the origin of the page.
	 *
	 * @example
	 * createDeviceSessions(authClient, { scope: "/admin/auth" });
	 */
	readonly scope?: string | undefined;
	/** Rows that a server rendered, made by `toDeviceSessions`: for a store that is made per request. */
	readonly initial?: DeviceSessionsSnapshot | undefined;
	/**
	 * Valibot schemas for custom fields, laid over what the client's type says.
	 *
	 * @example
	 * createDeviceSessions(authClient, { schemas: { user: v.object({ plan: v.picklist(["free", "paid"]) }) } });
	 */
	readonly schemas?: Schemas | undefined;
	/** Timers and the time, for tests. Default: the real ones. */
	readonly clock?: DeviceSessionsClock | undefined;
	/** XState's inspection, `createBrowserInspector().inspect` for one: no token, but people, whom `redact` leaves out. */
	readonly inspect?: ((event: InspectionEvent) => void) | Observer<InspectionEvent> | undefined;
}

const Options = /* @__PURE__ */ (() => {
	const callback = v.optional(v.function());
	const schema = v.optional(v.looseObject({ kind: v.literal("schema"), async: v.literal(false) }));
	return v.strictObject({
		whenActiveLost: v.optional(v.picklist(["report", "promote"])),
		refetchOnWindowFocus: v.optional(v.boolean()),
		refetchInterval: v.optional(v.pipe(v.number(), v.minValue(0))),
		refetchWhenOffline: v.optional(v.boolean()),
		timeout: v.optional(v.pipe(v.number(), v.minValue(1), v.maxValue(limits.timer))),
		maximumSessions: v.optional(v.pipe(v.number(), v.minValue(1))),
		rememberEnded: v.optional(v.boolean()),
		onBeforeSwitch: callback,
		onIdentityChange: callback,
		orderCalls: v.optional(v.boolean()),
		scope: v.optional(v.pipe(v.string(), v.nonEmpty())),
		initial: v.optional(v.looseObject({})),
		schemas: v.optional(v.strictObject({ session: schema, user: schema })),
		clock: v.optional(
			v.looseObject({ setTimeout: v.function(), clearTimeout: v.function(), now: callback, random: callback }),
		),
		// A function or an observer. Not a union of the two, whose code is larger than all of this.
		inspect: v.optional(v.instance(Object)),
	});
})();

/** What was handed in, checked once, at once: a wrong option would otherwise show much later and far away. */
export function checkOptions(options: unknown, operation: string): void {
	const bad = (issues: Parameters<typeof invalid>[3]) => invalid("invalid-input", operation, "A bad option", issues);
	let issues: Parameters<typeof invalid>[3] | undefined;
	try {
		({ issues } = v.safeParse(Options, options));
	} catch {
		// A getter that throws.
		throw bad([]);
	}
	if (issues) throw bad(issues);
}

const Ids = /* @__PURE__ */ (() => {
	const id = v.pipe(v.string(), v.nonEmpty());
	return v.object({ id, next: v.optional(id) });
})();

/** Whether these are row ids at all. */
export function checkIds(
	operation: string,
	ids: { readonly id: unknown; readonly next?: unknown },
): OperationError | undefined {
	const { issues } = v.safeParse(Ids, ids);
	return issues && invalid("invalid-input", operation, "Nothing was sent", issues);
}
