import type { TestDevice } from "../../src/testing/index.js";

interface Named {
	readonly id?: string;
	readonly userId: string;
	readonly createdAt: Date | string;
}

/** The row of a session, as the store calls it. */
export const rowIdOf = ({ id, userId, createdAt }: Named): string =>
	id ?? `${userId}:${new Date(createdAt).toISOString()}`;

const nameless = ({ userId, createdAt }: Named): string => rowIdOf({ userId, createdAt });

/** A device whose server leaves the ids of sessions out: by now each is called as its row is. */
export function leaveOutIds(device: TestDevice): void {
	const { rows, sessions, sessionsOf } = device;
	const renamed = (own: ReturnType<typeof sessionsOf>) =>
		// What is changed in one is changed on the server.
		own.map(
			(session) => new Proxy(session, { get: (it, key) => (key === "id" ? nameless(it) : Reflect.get(it, key)) }),
		);
	Object.assign(device, {
		sessions: () => renamed([...sessions()]),
		sessionsOf: (name: string) => renamed(sessionsOf(name)),
		rows() {
			const names = new Map(sessions().map((session) => [session.id, nameless(session)]));
			return rows().map((row) => ({ ...row, id: names.get(row.id) ?? row.id }));
		},
	});
}

/** What was answered, without the ids of the sessions in it. */
function strip(text: string): string {
	return JSON.stringify(JSON.parse(text), (key, value) => {
		if (key !== "session" || typeof value !== "object" || value === null) return value;
		const { id, ...rest } = value;
		return rest;
	});
}

/** The same answer without the ids of sessions; its body comes, or is lost, when it does. */
export function withoutIds(response: Response): Response {
	const { body, headers, status } = response;
	if (!response.ok || !body) return response;
	const text = new ReadableStream({
		async start(controller) {
			try {
				const sent = await response.text();
				const isJson = headers.get("content-type") === "application/json";
				controller.enqueue(new TextEncoder().encode(isJson ? strip(sent) : sent));
				controller.close();
			} catch (error) {
				controller.error(error);
			}
		},
	});
	return new Response(text, { status, headers });
}
