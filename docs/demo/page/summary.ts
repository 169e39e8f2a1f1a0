/** What the log may show of a body's fields; the values of all others stay hidden. */
const shown = new Set(["email", "name"]);

/** "/reset-password/•••": without the query, and without the token that Better Auth's links have in their path. */
export function wasAsked({ pathname }: URL): string {
	return pathname.replace("/api/auth", "").replace(/^(\/reset-password\/).+/, "$1•••");
}

/** "email ada@example.com, password •••" */
export function wasSent(body: BodyInit | null | undefined): string {
	if (typeof body !== "string") return "";
	const fields = parse(body);
	if (!isRecord(fields)) return "";
	return Object.entries(fields)
		.map(([key, value]) => (shown.has(key) && typeof value === "string" ? `${key} ${value}` : `${key} •••`))
		.join(", ");
}

/** Names of people and organizations, a code, a flag: picked one by one, so that nothing else can slip through. */
export function cameBack(text: string): string {
	if (text === "") return "";
	const answer = parse(text);
	if (answer === undefined) return "not JSON";
	if (Array.isArray(answer)) return answer.length === 0 ? "[ ]" : answer.map(nameOf).join(", ");
	if (!isRecord(answer)) return String(answer === null ? null : typeof answer);
	if (typeof answer["code"] === "string") return answer["code"];
	if (answer["twoFactorRedirect"] === true) return "needs a two-factor code";
	if (isRecord(answer["user"])) return nameOf(answer);
	if (Array.isArray(answer["letters"])) return `${answer["letters"].length} letters`;
	if (typeof answer["status"] === "boolean") return `status: ${answer["status"]}`;
	if (typeof answer["name"] === "string") return answer["name"];
	if (typeof answer["success"] === "boolean") return `success: ${answer["success"]}`;
	return "{ … }";
}

function nameOf(value: unknown): string {
	if (!isRecord(value)) return "?";
	const named = isRecord(value["user"]) ? value["user"] : value;
	return typeof named["name"] === "string" ? named["name"] : "?";
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === "object" && value !== null;
}
