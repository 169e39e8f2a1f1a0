import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Where one running demo keeps its database and its secret. */
export interface Folder {
	readonly database: string;
	readonly secret: string;
	/** Another demo is running on the folder that would have been the first choice. */
	readonly moved: boolean;
	release(): void;
}

/** PGlite's files take one process at a time, so a second demo gets a folder of its own. */
export function claimFolder(data: string): Folder {
	for (let number = 1; ; number++) {
		const path = join(data, String(number));
		mkdirSync(path, { recursive: true });
		const lock = join(path, "pid");
		if (!claim(lock)) continue;
		return {
			database: join(path, "postgres"),
			secret: secretIn(path),
			moved: number > 1,
			release: () => rmSync(lock, { force: true }),
		};
	}
}

function claim(lock: string): boolean {
	try {
		writeFileSync(lock, String(process.pid), { flag: "wx" });
		return true;
	} catch {
		if (isRunning(Number(readFileSync(lock, "utf8")))) return false;
		// A demo that was killed left it behind.
		writeFileSync(lock, String(process.pid));
		return true;
	}
}

function isRunning(pid: number): boolean {
	// In containers a new demo often gets the number of the one before.
	if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return false;
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		// EPERM: it runs, as somebody else.
		return error instanceof Error && "code" in error && error.code === "EPERM";
	}
}

/** Kept, so that who is signed in stays signed in when the demo starts again. */
function secretIn(path: string): string {
	const file = join(path, "secret");
	if (!existsSync(file)) writeFileSync(file, randomBytes(32).toString("base64url"), { mode: 0o600 });
	return readFileSync(file, "utf8");
}

/** The secret of every demo of this machine that keeps its accounts in the same database elsewhere. */
export function sharedSecret(data: string): string {
	mkdirSync(data, { recursive: true });
	return secretIn(data);
}
