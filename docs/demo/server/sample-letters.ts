import type { Letter } from "../letter.js";

const letter = (name: string, sentOn: string, subject: string, text: string): Letter => ({
	from: { name, email: `${name.toLowerCase().split(" ").at(-1)}@example.com` },
	subject,
	text,
	sentOn,
});

/** What the sample people get, by email address. None of it was ever written by the people whose names it bears. */
export const letters: Readonly<Record<string, readonly Letter[]>> = {
	"ada@example.com": [
		letter(
			"Charles Babbage",
			"1843-08-14",
			"The last proofs of Note G",
			"The printer has the table of operations at last. One column was out of line, so I asked him to set it again. Please check the seventh step before Friday: he would not forgive us another change.",
		),
		letter(
			"Mary Somerville",
			"1843-07-29",
			"Tea on Thursday",
			"Do come at four, and bring the diagrams. Two of my guests do not believe that an engine could ever compose music, and I told them that you would explain it better than I can.",
		),
		letter(
			"Luigi Menabrea",
			"1843-07-10",
			"Your notes are longer than my paper",
			"I mean this as praise. May I have a copy of the whole translation as soon as it is bound?",
		),
		letter(
			"Michael Faraday",
			"1843-06-02",
			"Re: A visit to the laboratory",
			"You are welcome any morning next week. Wear something that does not mind a spark.",
		),
	],
	"grace@example.com": [
		letter(
			"Howard Aiken",
			"1947-09-09",
			"Relay 70, panel F",
			"The night shift found what stopped the machine. It is taped into the log book, wings and all. Please do not throw it away.",
		),
		letter(
			"Jean Sammet",
			"1947-06-20",
			"Agenda for the language committee",
			"Three items: names that people can read, a compiler for each machine, and lunch. I put lunch last so that we finish the first two.",
		),
		letter(
			"Navy Personnel",
			"1947-03-03",
			"Your request to stay on",
			"Granted. You will find the form in the usual drawer. We are told that you know where everything is.",
		),
	],
	"alan@example.com": [
		letter(
			"Joan Clarke",
			"1940-06-08",
			"Chess, and hut 8",
			"Your move. Also, somebody has chained your mug to the radiator again. I assume that it was you.",
		),
		letter(
			"Gordon Welchman",
			"1940-03-18",
			"Diagonal board",
			"The workshop says two weeks. I said one. They laughed, and said ten days.",
		),
	],
	"katherine@example.com": [
		letter(
			"John Glenn",
			"1962-02-19",
			"The numbers for tomorrow",
			"If you say that they are good, I am ready to go. Please run them by hand once more.",
		),
		letter(
			"Dorothy Vaughan",
			"1961-11-30",
			"Fortran class, Tuesdays",
			"Room 204, after lunch. I saved you a seat next to the card punch.",
		),
	],
	"donald@example.com": [
		letter(
			"Addison Wesley",
			"1977-03-30",
			"Galley proofs, volume 2",
			"Here they are, in the new typeface. We hope that you like it better than you sounded on the telephone.",
		),
		letter(
			"A Careful Reader",
			"1977-02-11",
			"Page 411, line 3",
			"I believe that I have found an error. I would rather frame the check than cash it.",
		),
	],
	"margaret@example.com": [
		letter(
			"Mission Control",
			"1969-07-20",
			"About that 1202 alarm",
			"Your priority displays did exactly what you said they would. The room is still cheering.",
		),
		letter(
			"Night Build",
			"1969-05-28",
			"The listing is ready",
			"It is taller than you are. Please bring somebody to help carry it.",
		),
	],
	"edsger@example.com": [
		letter(
			"Communications Desk",
			"1968-03-11",
			"We changed your title",
			"Your letter goes to print this month. We gave it a shorter heading that we think people will remember.",
		),
		letter(
			"Café Terrace",
			"1968-01-20",
			"Your usual table",
			"It is free on Saturday. Please take only the shortest way to it: the floor was just cleaned.",
		),
	],
};
