/** Letters and digits alone, without words that codes are made of: somebody's password may be made of them, too. */
const bare = (text: string) =>
	text.toLowerCase().replace(/"\w+":|[^a-z\d]|password|invalid|session|member|organization|callback/g, "");

/** Whether a server's code holds part of what was sent, in whatever spelling: six letters on end, or four digits. */
export const isEcho = (code: string, sent: unknown): boolean =>
	/(\d{4}|\w{6})\w*\n\w*\1/.test(`${bare(code)}\n${bare(String(JSON.stringify(sent)))}`);
