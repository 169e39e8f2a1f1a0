/** As `queueMicrotask`, which not every platform has. */
export const soon = (run: () => void): void => {
	const { queueMicrotask: queue } = globalThis as Partial<typeof globalThis>;
	if (queue) queue(run);
	else void Promise.resolve().then(run);
};
