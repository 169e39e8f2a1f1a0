import type { DeviceSessionsOptions } from "../../src/index.js";
import type { Schedule } from "./schedule.js";

/** How a function of the app's behaves when it is called: one of these each time. */
export type Manner = "well" | "slow" | "refuses" | "throws" | "rejects" | "hangs" | "asks" | "awaits";

/** What stays as it is for a whole run: what the app has chosen, how its functions behave, what the browser has. */
export interface Surroundings {
	readonly options: Pick<DeviceSessionsOptions, "timeout">;
	/** A function that is not here is not handed in. */
	readonly manners: { readonly onBeforeSwitch?: readonly Manner[]; readonly onIdentityChange?: readonly Manner[] };
	/** Pages may be frozen. */
	readonly freezes: boolean;
}

/** A schedule of which everything can be otherwise. */
export interface WideSchedule extends Schedule {
	readonly surroundings: Surroundings;
}

/** A store is slow to wait, so that runs are short. In every fourth run the app takes its time to forget an account. */
export const surroundingsOf = (schedule: Schedule | WideSchedule): Surroundings =>
	"surroundings" in schedule
		? schedule.surroundings
		: {
				options: { timeout: 2_000 },
				manners: schedule.seed % 4 === 1 ? { onIdentityChange: ["slow"] } : {},
				freezes: false,
			};
