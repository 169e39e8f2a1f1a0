interface BetterAuthChannel {
	post?(message: { event: "session"; data: { trigger: "signout" }; clientId: string }): void;
}

/**
 * Tells `useSession` in the other tabs that the device has signed out, in the words of Better Auth's client, through the
 * channel that it keeps for all its clients on a page. Before anybody uses `useSession` there is none.
 *
 * @see https://github.com/better-auth/better-auth/blob/main/packages/better-auth/src/client/broadcast-channel.ts
 */
export function postSignOut(): void {
	// Safe: asked for a method, of which nothing is taken for granted.
	const channel = Reflect.get(globalThis, Symbol.for("better-auth:broadcast-channel")) as BetterAuthChannel | undefined;
	channel?.post?.({ event: "session", data: { trigger: "signout" }, clientId: Math.random().toString(36).slice(2) });
}
