import { failed, OperationError, ok, type Result } from "../../errors.js";
import { type Command, type Failure, operationOf, type RevokeOthers } from "./commands.js";
import { activeOf, type Rows, shownOf } from "./rows.js";

/** What a command answers once its requests are over; those of unknown outcome by what the device holds now. */
export function resultOf(command: Command, rows: Rows): Result<unknown> {
	const left = command.failed.filter(({ id, unsure }) => !(unsure && hasComeAbout(command, id, rows)));
	const [first] = left;
	if (first) return failed(command.type === "revokeOthers" ? partial(command, left, first) : first.error);
	switch (command.type) {
		case "read":
			return ok(shownOf(rows));
		case "switch":
			return ok(rows.find(({ id }) => id === command.id));
		case "revoke":
			return ok({ revoked: command.id, active: activeOf(shownOf(rows)) });
		case "revokeOthers":
			return ok({ revoked: command.targets });
		case "signOutAll":
			return ok({ revoked: command.targets, ...(command.url && { url: command.url }) });
	}
}

/** Whether what it may have done is done, for one row of it or as a whole. */
function hasComeAbout(command: Command, id: string | null, rows: Rows): boolean {
	if (command.type === "switch") return activeOf(shownOf(rows))?.id === command.id;
	if (command.type === "signOutAll") return rows.length === 0;
	const target = id ?? (command.type === "revoke" ? command.id : null);
	return target !== null && !rows.some((row) => row.id === target);
}

/** Some accounts were signed out and some were not; or it failed as a whole. */
function partial(command: RevokeOthers, left: readonly Failure[], first: Failure): OperationError {
	const settled = [
		...command.revoked,
		...command.failed.flatMap((failure) => (failure.id === null || left.includes(failure) ? [] : [failure.id])),
	];
	const revoked = command.targets.filter((target) => settled.includes(target));
	const isUnauthorized = revoked.length === 0 && left.every(({ error }) => error.kind === "unauthorized");
	if (first.id === null || isUnauthorized) return first.error;
	const message = `${revoked.length} of ${command.targets.length} accounts were signed out.`;
	return new OperationError("partial", operationOf(command), message, {
		revoked,
		failed: left.flatMap(({ id, error }) => (id === null ? [] : [{ id, error }])),
	});
}
