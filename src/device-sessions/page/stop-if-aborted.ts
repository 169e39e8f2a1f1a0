/** As `throwIfAborted`, which not every platform has; nor has each a reason to throw. */
export function stopIfAborted({ aborted, reason }: Pick<AbortSignal, "aborted" | "reason">): void {
	if (aborted) throw reason ?? Object.assign(new Error("It was aborted."), { name: "AbortError" });
}
