/** How far apart the store's own reads are, how long they pause, and how often something is tried. Times are in ms. */
export const limits = {
	/** Two automatic reads are as far apart; what is younger is shared, and not in doubt when somebody comes back. */
	betweenReads: 1_000,
	/** Better Auth fires its session signal 10 ms after an answer, and reads the session then: the store's read joins that. */
	signal: 25,
	/** Where no wire tells when a call has ended: its cookie has come by then. */
	lateCookie: 300,
	/** The first pause after a read that failed; each is twice as long, up to the longest. */
	firstPause: 1_000,
	longestPause: 300_000,
	/** A read is made again by itself so often; later ones wait for an occasion, and for the pause. */
	retries: 3,
	/** An account is made active by itself so often. */
	promotions: 3,
	/** Readings from which a command was decided in vain, since other tabs came in between. */
	overtaken: 3,
	/** A row that has run out is looked at once more after this: the local clock may be ahead. */
	expiry: 60_000,
	/** A sign-in that has stopped half-way. */
	halfWay: 600_000,
	/** So many accounts that have ended are remembered, and for so long: 30 days. */
	ended: 10,
	endedFor: 2_592_000_000,
} as const;
