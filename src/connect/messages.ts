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
	/** The name of the trigger while an account is active. */
	readonly trigger: Text<Who>;
	/** The name of the trigger where nobody is signed in. */
	readonly signIn: Text;
	/** Nothing is known yet. */
	readonly loading: Text;
	/** Nobody is signed in. */
	readonly empty: Text;
	/** Accounts are there, and none of them is active. */
	readonly choose: Text;
	/** Stands beside the error: what is shown was known before the server could not be reached. */
	readonly offline: Text;
	/** An account with neither a name nor an email address. */
	readonly unnamed: Text;
	/** Marks the active account. */
	readonly current: Text;
	/** The active account is missing from the server's list: a switch signs it out. */
	readonly unlisted: Text;
	/** The device holds as many accounts as it can list. */
	readonly full: Text<"limit">;
	/** A sign-in has stopped half-way: a code is asked for. */
	readonly signingIn: Text;
	/** The button that ends a sign-in that has stopped half-way. */
	readonly cancelSignIn: Text;
	/** Accounts whose session has ended. */
	readonly ended: Text;
	/** The button beside an account whose session has ended. */
	readonly signInAgain: Text<Who>;
	/** The button that forgets such an account. */
	readonly forget: Text<Who>;
	/** The name of the search field. */
	readonly search: Text;
	/** No account fits what was typed. */
	readonly noMatch: Text;
	/** The link or button for one more account. */
	readonly add: Text;
	/** The link or button that leads to sign-outs. */
	readonly manage: Text;
	/** The button that leads back from sign-outs. */
	readonly done: Text;
	/** The button that reads again. */
	readonly retry: Text;
	/** Of the button that switches although the active account is lost by it. */
	readonly switchAnyway: Text;
	/** The button that signs out an account. */
	readonly signOut: Text;
	/** The same button's name for a screen reader. */
	readonly signOutOf: Text<Who>;
	/** The button that signs out of all accounts. */
	readonly signOutAll: Text;
	/** The question before that. */
	readonly confirmSignOutAll: Text<"count">;
	/** Said while a switch is under way. */
	readonly switching: Text<Who>;
	/** Said after a switch. */
	readonly switched: Text<Who>;
	/** Said while a sign-out is under way. */
	readonly signingOut: Text;
	/** `name` holds several names, with commas, where several accounts went at once. */
	readonly signedOut: Text<Who>;
	/** Said after all accounts were signed out. */
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
