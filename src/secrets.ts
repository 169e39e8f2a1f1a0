/**
 * Whether a server's code holds part of a text that was sent, in upper or lower case: six letters on end, or four digits.
 * The words that codes are made of do not count: somebody's password may be made of them, too.
 */
export const isEcho = (code: string, sent: unknown): boolean =>
	typeof sent === "string"
		? /^.*([^\W_]{6}|\d{4}).*\n[\s\S]*\1/i.test(
				`${code.replace(/PASSWORD|INVALID|SESSION|MEMBER|ORGANIZATION/g, "")}\n${sent}`,
			)
		: Object.values(Object(sent)).some((part) => isEcho(code, part));
