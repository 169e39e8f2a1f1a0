/** Why what nobody waits for any more is stopped: one for all, since a `DOMException` takes its stack along each time. */
export const stopped = /* @__PURE__ */ Object.assign(new Error("It was stopped."), { name: "AbortError" });

/** As `throwIfAborted`, which not every platform has; nor has each a reason to throw. */
export function stopIfAborted({ aborted, reason }: Pick<AbortSignal, "aborted" | "reason">): void {
	if (aborted) throw reason ?? stopped;
}
