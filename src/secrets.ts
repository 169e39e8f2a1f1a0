/** Codes are made of these words, and so may somebody's password be. */
const words = /PASSWORD|INVALID|SESSION|MEMBER|ORGANIZATION/g;

/** Whether a server's code holds part of what was sent, in upper or lower case: six letters on end, or four digits. */
export const isEcho = (code: string, sent: unknown): boolean =>
	/^.*([^\W_]{6}|\d{4}).*\n.*\1/i.test(`${code.replace(words, "")}\n${JSON.stringify(sent)?.replace(/"\w+":/g, "")}`);
