import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import type { AuthSetup } from "./auth.js";
import type { Addresses } from "./storage.js";

/** What every instance is told when it starts. */
export interface InstanceSetup extends Addresses {
	readonly secret: string;
	/** Where browsers find the demo, not where the instance listens. */
	readonly port: number;
}

/** What an instance tells. */
export type News =
	| { readonly what: "listening"; readonly port: number }
	| { readonly what: "code"; readonly email: string; readonly code: string }
	| { readonly what: "reset"; readonly email: string; readonly token: string };

/** How long an instance may take to end, in ms. */
const patience = 5_000;

export interface Instances {
	readonly ports: readonly number[];
	close(): Promise<void>;
}

/** Starts so many processes of the same server. What one of them would mail comes here. */
export async function startInstances(
	count: number,
	setup: InstanceSetup,
	mail: Pick<AuthSetup, "sendCode" | "sendReset">,
): Promise<Instances> {
	const children: ChildProcess[] = [];
	let isClosing = false;
	const close = async () => {
		isClosing = true;
		await Promise.all(children.map(endChild));
	};

	function start(number: number): Promise<number> {
		const child = fork(join(import.meta.dirname, "../instance.ts"));
		children.push(child);
		child.send(setup);
		return new Promise((resolve, reject) => {
			child.on("message", (message) => {
				// Safe: an instance says nothing else.
				const news = message as News;
				if (news.what === "listening") resolve(news.port);
				else if (news.what === "code") mail.sendCode(news.email, news.code);
				else mail.sendReset(news.email, news.token);
			});
			child.once("exit", () => {
				reject(new Error(`Instance ${number} did not start.`));
				if (!isClosing) console.warn(`Instance ${number} has ended; the others go on.`);
			});
		});
	}

	try {
		return { ports: await Promise.all(Array.from({ length: count }, (_, index) => start(index + 1))), close };
	} catch (error) {
		await close();
		throw error;
	}
}

/** An instance ends by itself when nobody is left to listen to it. */
function endChild(child: ChildProcess): Promise<void> {
	if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
	return new Promise((resolve) => {
		const limit = setTimeout(() => child.kill("SIGKILL"), patience);
		child.once("exit", () => {
			clearTimeout(limit);
			resolve();
		});
		if (child.connected) child.disconnect();
	});
}
