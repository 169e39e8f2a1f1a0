import type { Messages } from "./messages.js";
import { spoken } from "./spoken.js";

/** The built-in words, all of them: the list of what a translation needs. */
export const english: Messages = {
	...spoken,
	current: "Current account",
	cancelSignIn: "Cancel sign-in",
	ended: "Signed out",
	signInAgain: "Sign in again as {name}",
	search: "Search accounts",
	noMatch: "No accounts found",
	add: "Add account",
	manage: "Manage accounts",
	done: "Done",
	retry: "Try again",
	switchAnyway: "Switch anyway",
	signOut: "Sign out",
	signOutAll: "Sign out of all accounts",
	confirmSignOutAll: "Sign out of all {count} accounts?",
};
