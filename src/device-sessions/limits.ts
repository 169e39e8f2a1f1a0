/**
 * How long each wait takes at most, how often something is tried, and how much is kept. Times are in ms. No other file
 * has such a number, which test/gates/limits.test.ts sees to. One constant each: a bundler puts the number where it is used.
 */

/** One request, `onBeforeSwitch`, and the lock for a change of the app's, where the option `timeout` does not say otherwise. */
export const timeout = 10_000;
/** The page lets go of an identity: `onIdentityChange`. */
export const letGo = 5_000;
/** A change of the app's waits for the lock of the device; a sign-out less. */
export const turn = 2_000;
export const turnOfSignOut = 1_000;
/** Two automatic reads are as far apart; what is younger is shared, and not in doubt when somebody comes back. */
export const betweenReads = 1_000;
/** Better Auth fires its session signal 10 ms after an answer, and reads the session then: the store's read joins that. */
export const signal = 25;
/** How late after an answer that signal may come: 10 ms, and some to spare. */
export const untilSignal = 100;
/** For so long what the session atom has asked for may be shared, as Better Auth itself shares it between mounts. */
export const young = 1_000;
/** Where no wire tells when a call has ended: its cookie has come by then. */
export const lateCookie = 300;
/** The first pause after a read that failed; each is twice as long, up to the longest. */
export const firstPause = 1_000;
export const longestPause = 300_000;
/** A read is made again by itself so often; later ones wait for an occasion, and for the pause. */
export const retries = 3;
/** An account is made active by itself so often. */
export const promotions = 3;
/** Requests that go out side by side. */
export const width = 8;
/** Sessions of one user that are looked for behind the one that the list shows. */
export const hidden = 5;
/** Readings from which a command was decided in vain, since other tabs came in between. */
export const overtaken = 3;
/** A row that has run out is looked at once more after this: the local clock may be ahead. */
export const expiry = 60_000;
/** A sign-in that has stopped half-way. */
export const halfWay = 600_000;
/** So many accounts that have ended are remembered, and for so long: 30 days. */
export const ended = 10;
export const endedFor = 2_592_000_000;
/** Row ids that are remembered as last used. */
export const lastUsed = 100;
/** Versions of the device that are remembered, how many of them beside the newest in storage, and how long one may be. */
export const versions = 50;
export const pastVersions = 8;
export const version = 100;
/** A token that is shorter is looked for alone: it may be part of any word. */
export const shortToken = 16;
/** A timer holds 31 bits of milliseconds, some 25 days; more would fire at once. */
export const timer = 2_147_483_647;
