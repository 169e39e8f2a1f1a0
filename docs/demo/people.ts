/** One password for everybody: whoever reads the page may use it. */
export const samplePassword = "correct-horse";

/** As many as the multi-session plugin takes by default; the sixth account shows what happens beyond. */
export const maximumSessions = 5;

export interface Person {
	readonly name: string;
	readonly email: string;
	readonly organizations: readonly string[];
	/** Asked for a code after the password. */
	readonly twoFactor?: true;
}

export const people: readonly Person[] = [
	{ name: "Ada Lovelace", email: "ada@example.com", organizations: ["Analytical Engines", "Royal Society"] },
	{ name: "Grace Hopper", email: "grace@example.com", organizations: ["Harvard Mark I", "Compiler Works"] },
	{ name: "Alan Turing", email: "alan@example.com", organizations: ["Bletchley Park"] },
	{ name: "Katherine Johnson", email: "katherine@example.com", organizations: ["Langley Research"] },
	{ name: "Donald Knuth", email: "donald@example.com", organizations: ["Literate Press"] },
	{ name: "Margaret Hamilton", email: "margaret@example.com", organizations: ["Apollo Guidance"] },
	{ name: "Edsger Dijkstra", email: "edsger@example.com", organizations: ["Shortest Paths"], twoFactor: true },
];
