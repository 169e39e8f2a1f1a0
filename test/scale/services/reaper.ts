/**
 * Ends what a stage has started where the stage's own process could not do so itself: it was killed. It is told of every
 * process that starts and ends, and acts when nobody is left to tell it.
 */
import { rmSync } from "node:fs";

/** What the reaper is told. `kill` is the signal that ends the process, and what it has started, at once. */
export type Word =
	| { readonly folder: string }
	| { readonly began: number; readonly kill: NodeJS.Signals }
	| { readonly ended: number };

const running = new Map<number, NodeJS.Signals>();
let folder = "";

function isThere(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch {
		return false;
	}
}

// Safe: the stage is the only one that writes to it.
process.on("message", (message) => hear(message as Word));
function hear(word: Word): void {
	if ("folder" in word) folder = word.folder;
	else if ("began" in word) running.set(word.began, word.kill);
	else running.delete(word.ended);
}

process.once("disconnect", async () => {
	for (const [pid, signal] of running) {
		try {
			process.kill(pid, signal);
		} catch {} // It has ended meanwhile.
	}
	while ([...running.keys()].some(isThere)) await new Promise((later) => setTimeout(later, 20));
	if (folder) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});
