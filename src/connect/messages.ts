import type { OperationErrorKind } from "../errors.js";

/**
 * Words that a person reads: a string in which `"{name}"` and the like are replaced, so that a table can be JSON, or a
 * function of the same values.
 *
 * @example
 * const switched: Text<"name"> = "Now using {name}";
 */
export type Text<Place extends string = never> = string | ((values: { readonly [Name in Place]: string }) => string);

/** Whom a text is about. Where two accounts have one name, `name` holds the email address too. */
export type Who = "name" | "email";

/** Every text of `connect` and of the element. `english` is one, the JSON files beside it are others. */
export interface Messages {
	/** The name of the popup, and of the trigger while nobody is active. */
	readonly accounts: Text;
	readonly trigger: Text<Who>;
	/** The name of the trigger where nobody is signed in. */
	readonly signIn: Text;
	readonly loading: Text;
	readonly empty: Text;
	/** Accounts are there, and none of them is active. */
	readonly choose: Text;
	/** Stands beside the error: what is shown was known before the server could not be reached. */
	readonly offline: Text;
	/** An account with neither a name nor an email address. */
	readonly unnamed: Text;
	readonly current: Text;
	/** The active account is missing from the server's list: a switch signs it out. */
	readonly unlisted: Text;
	readonly full: Text<"limit">;
	/** A sign-in has stopped half-way: a code is asked for. */
	readonly signingIn: Text;
	readonly cancelSignIn: Text;
	/** Accounts whose session has ended. */
	readonly ended: Text;
	readonly signInAgain: Text<Who>;
	readonly forget: Text<Who>;
	readonly search: Text;
	readonly noMatch: Text;
	readonly add: Text;
	readonly manage: Text;
	readonly done: Text;
	readonly retry: Text;
	/** Of the button that switches although the active account is lost by it. */
	readonly switchAnyway: Text;
	readonly signOut: Text;
	readonly signOutOf: Text<Who>;
	readonly signOutAll: Text;
	readonly confirmSignOutAll: Text<"count">;
	readonly switching: Text<Who>;
	readonly switched: Text<Who>;
	readonly signingOut: Text;
	/** `name` holds several names, with commas, where several accounts went at once. */
	readonly signedOut: Text<Who>;
	readonly signedOutAll: Text;
	/** What went wrong, by kind; `other` for every kind that is not there. */
	readonly errors: Readonly<Partial<Record<OperationErrorKind, Text>>> & { readonly other: Text };
}

/**
 * The texts that you change. English stands in for the rest.
 *
 * @example
 * connect(state, store, { messages: { add: "Use another account" } });
 */
export type PartialMessages = Partial<Omit<Messages, "errors">> & { readonly errors?: Partial<Messages["errors"]> };
