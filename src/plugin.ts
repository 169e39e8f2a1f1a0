import type { BetterAuthClientPlugin } from "better-auth/client";
import type { multiSession } from "better-auth/plugins";
import type { DeviceSessionsClient, FetchOptions } from "./client.js";
import type { CustomSchemas } from "./device-sessions/auth/accounts.js";
import { postSignOut } from "./device-sessions/auth/post-sign-out.js";
import { pageOf, pretendAlike } from "./device-sessions/page/environment.js";
import { serverOf } from "./device-sessions/page/server.js";
import type { DeviceSessions } from "./device-sessions/store/device-sessions.js";
import { checkOptions, type DeviceSessionsOptions } from "./device-sessions/store/options.js";
import { openStore } from "./device-sessions/store.js";
import type { Checked, SessionOf, UserOf } from "./device-sessions/types.js";
import { createWire, type Wire } from "./device-sessions/wire/wire.js";
import { OperationError } from "./errors.js";
import type { Session, User } from "./schemas.js";
import { fireSignal } from "./signal.js";

const id = "device-sessions";

/** What an app's server says of a session and its user: `typeof auth`. */
interface Inferring {
	readonly $Infer: { readonly Session: { readonly session: object; readonly user: object } };
}

/** What every server says of them, without the fields that nobody has declared. */
type Declared<T> = { [Key in keyof T as string extends Key ? never : Key]: T[Key] };
interface Plain {
	readonly $Infer: { readonly Session: { readonly session: Declared<Session>; readonly user: Declared<User> } };
}

/** A client whose rows hold what the server's type and the app's own schemas say. */
type RowsOf<Auth, Schemas> = Checked<Auth extends Inferring ? Pick<Auth, "$Infer"> : Plain, Schemas>;
type StoreOf<Auth, Schemas> = DeviceSessions<UserOf<RowsOf<Auth, Schemas>>, SessionOf<RowsOf<Auth, Schemas>>>;

type Fetch = Parameters<NonNullable<BetterAuthClientPlugin["getActions"]>>[0];
type Store = Parameters<NonNullable<BetterAuthClientPlugin["getActions"]>>[1];

/**
 * A plugin of Better Auth's client that makes the store part of it: `authClient.useDeviceSessions` in the client's own
 * idiom (a hook, a ref, an accessor, a nanostore), and `authClient.deviceSessions`, the store with its commands. It brings
 * along what `multiSessionClient()` does, and sees every call of the client, so that the store knows of a sign-in as soon
 * as it happens.
 *
 * @param options What `createDeviceSessions` takes.
 * @throws {OperationError} `invalid-input` where an option is bad, and from `createAuthClient` where the plugin is there twice.
 * @example
 * import { createAuthClient } from "better-auth/react"; // or /client, /vue, /svelte, /solid
 * export const authClient = createAuthClient({ plugins: [deviceSessionsClient<typeof auth>()] });
 * const { sessions, active } = authClient.useDeviceSessions();
 * await authClient.deviceSessions.setActive(row.id);
 * @see https://www.better-auth.com/docs/concepts/plugins#create-a-client-plugin
 */
export function deviceSessionsClient<Auth = unknown, Schemas extends CustomSchemas = object>(
	options: DeviceSessionsOptions<RowsOf<Auth, Schemas>, Schemas> = {},
) {
	checkOptions(options, "deviceSessionsClient");
	let wire: Wire;
	return {
		id,
		// Types only, as in every plugin of Better Auth's.
		$InferServerPlugin: {} as ReturnType<typeof multiSession>,
		atomListeners: [
			{ matcher: (path: string) => path === "/multi-session/set-active", signal: "$sessionSignal" as const },
		],
		/** A client reads them once: each that the plugin is given to has a wire of its own. */
		get fetchPlugins() {
			wire = createWire();
			return [wire.fetchPlugin];
		},
		// Types only: the atom needs the client's store, which comes with `getActions`.
		getAtoms: () => ({}) as { deviceSessions: StoreOf<Auth, Schemas> },
		getActions($fetch: Fetch, $store: Store, clientOptions: ClientOptions = {}) {
			const { plugins = [], fetchOptions } = clientOptions;
			if (plugins.filter((plugin) => plugin.id === id).length > 1) {
				throw new OperationError("invalid-input", "deviceSessionsClient", "The plugin is there twice: pass it once.");
			}
			const client = clientOf($fetch, $store);
			pretendAlike(fetchOptions?.customFetchImpl, client);
			// Safe: the rows are what the server answers, and the type of the callbacks says what that is.
			const given = options as DeviceSessionsOptions;
			const scope = given.scope ?? serverOf(clientOptions, pageOf(client));
			const store = openStore(client, { ...given, scope }, wire);
			// Better Auth's client makes `useDeviceSessions` of it. It writes to no atom of a plugin's.
			Object.assign($store.atoms, { deviceSessions: store });
			// Safe: as above.
			return { deviceSessions: store as unknown as StoreOf<Auth, Schemas> };
		},
	} satisfies BetterAuthClientPlugin;
}

type ClientOptions = NonNullable<Parameters<NonNullable<BetterAuthClientPlugin["getActions"]>>[2]>;
interface Given {
	readonly fetchOptions?: FetchOptions;
}

/** The calls that the store makes, built from what a plugin is given of its client. */
function clientOf($fetch: Fetch, $store: Store): DeviceSessionsClient {
	const get = (path: string, given: Given = {}) => $fetch(path, { method: "GET", ...given.fetchOptions });
	const post = (path: string, { fetchOptions, ...body }: Given) =>
		$fetch(path, { method: "POST", body, ...fetchOptions });
	return {
		$store,
		getSession: (given) => get("/get-session", given),
		signOut: ({ fetchOptions, ...body } = {}) =>
			post("/sign-out", {
				...body,
				fetchOptions: {
					...fetchOptions,
					async onSuccess(context: unknown) {
						// Safe: the store's own, which takes what better-fetch hands on.
						await (fetchOptions?.["onSuccess"] as ((context: unknown) => unknown) | undefined)?.(context);
						// What the client does for its own `signOut`, and `$fetch` does not.
						fireSignal({ $store });
						postSignOut();
					},
				},
			}),
		revokeSession: (given) => post("/revoke-session", given),
		multiSession: {
			listDeviceSessions: (given) => get("/multi-session/list-device-sessions", given),
			setActive: (given) => post("/multi-session/set-active", given),
			revoke: (given) => post("/multi-session/revoke", given),
		},
	};
}
