/**
 * Whether a server's code holds part of what was sent, in whatever spelling: four letters or digits on end of a secret, six
 * with a digit of anything else. The words that codes are made of do not count: a password may be made of them, too.
 */
export const isEcho = (code: string, sent: unknown, isSecret = false): boolean =>
	typeof sent === "string"
		? (isSecret ? /^.*(.{4}).*\n.*\1/i : /^.*(.{5}\d).*\n.*\1/i).test(
				`${code.replace(/_|(PASSWORD|INVALID|SESSION|TOKEN|EMAIL|USER|CODE)(?![^_])/g, "")}\n${sent.replace(/[\W_]/g, "")}`,
			)
		: Object.entries(Object(sent)).some(([key, part]) => isEcho(code, part, isSecret || /pass|token|code/i.test(key)));
