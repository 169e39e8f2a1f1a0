/** One password for everybody: whoever reads the page may use it. */
export const samplePassword = "correct-horse";

/** As many as the multi-session plugin takes by default; the sixth account shows what happens beyond. */
export const maximumSessions = 5;

export interface Person {
	readonly name: string;
	readonly email: string;
	readonly organization: string;
	/** Asked for a code after the password. */
	readonly twoFactor?: true;
}

export const people: readonly Person[] = [
	{ name: "Ada Lovelace", email: "ada@example.com", organization: "Analytical Engines" },
	{ name: "Grace Hopper", email: "grace@example.com", organization: "Harvard Mark I" },
	{ name: "Alan Turing", email: "alan@example.com", organization: "Bletchley Park" },
	{ name: "Katherine Johnson", email: "katherine@example.com", organization: "Langley Research" },
	{ name: "Donald Knuth", email: "donald@example.com", organization: "Literate Press" },
	{ name: "Margaret Hamilton", email: "margaret@example.com", organization: "Apollo Guidance" },
	{ name: "Edsger Dijkstra", email: "edsger@example.com", organization: "Shortest Paths", twoFactor: true },
];
