import { row } from "./data.js";
import * as on from "./events.js";
import { type Moment, play } from "./play.js";

/** Three accounts, `a` is active, somebody looks. */
export const known = (): Moment => play(on.wake(), on.read("a"));
/** The session of the active account has ended elsewhere. */
export const dead = (): Moment => play(on.wake(), on.read(null));
/** The active account `x` is missing from the device list. */
export const unlisted = (): Moment => play(on.wake(), on.read("x", ["a", "b", row("x", { listed: false })]));
