import { describe, expect, test } from "vitest";
import type { Page, PageChannel } from "../../../../src/device-sessions/page/environment.js";
import { createChannel } from "../../../../src/device-sessions/tabs/channel.js";
import { createChannels } from "../../../../src/testing/page.js";

function openDevice() {
	const channels = createChannels((run) => run());
	const BroadcastChannel = channels.of(new AbortController().signal);
	return { channels, BroadcastChannel, openTab: () => createChannel({ BroadcastChannel }) };
}

/** A tab that listens, and how often it has heard. */
function listen(tab: ReturnType<typeof createChannel>) {
	let count = 0;
	const stop = tab.listen(() => {
		count += 1;
	});
	return { stop, count: () => count };
}

test("a tab that listens hears the others, and not itself", () => {
	const { openTab } = openDevice();
	const [one, other, silent] = [openTab(), openTab(), openTab()];
	const [heardByOne, heardByOther] = [listen(one), listen(other)];
	one.broadcast();
	expect([heardByOne.count(), heardByOther.count()]).toEqual([0, 1]);
	silent.broadcast();
	expect([heardByOne.count(), heardByOther.count()]).toEqual([1, 2]);
});

test("a tab that does not listen leaves no channel open behind what it says", () => {
	const { channels, openTab } = openDevice();
	openTab().broadcast();
	expect(channels.messages).toHaveLength(1);
	expect(channels.count()).toBe(0);
});

test("a tab that has stopped listening hears nothing, and can listen again", () => {
	const { channels, openTab } = openDevice();
	const [one, other] = [openTab(), openTab()];
	const heard = listen(one);
	heard.stop();
	expect(channels.count()).toBe(0);
	other.broadcast();
	const again = listen(one);
	other.broadcast();
	expect([heard.count(), again.count()]).toEqual([0, 1]);
});

test("an end that comes late does not end what was begun since", () => {
	const { openTab } = openDevice();
	const [one, other] = [openTab(), openTab()];
	const first = listen(one);
	const second = listen(one);
	first.stop();
	one.broadcast();
	other.broadcast();
	expect(second.count()).toBe(1);
});

test("tabs say that something has changed, never what", () => {
	const { channels, openTab } = openDevice();
	openTab().broadcast();
	for (const message of channels.messages) {
		expect(message).toMatchObject({ type: "changed" });
		expect(Object.values(Object(message)).filter((value) => typeof value === "object")).toEqual([]);
	}
});

test.each([null, undefined, "changed", 42, {}, { type: "changed" }, { version: 1 }, { version: 1, type: "token" }])(
	"%o is nothing that a tab says",
	(message) => {
		const { BroadcastChannel, openTab } = openDevice();
		let name = "";
		const tab = createChannel({
			BroadcastChannel: class extends BroadcastChannel {
				constructor(given: string) {
					super(given);
					name = given;
				}
			},
		});
		const heard = listen(tab);
		new BroadcastChannel(name).postMessage(message);
		expect([heard.count(), tab.takeTold()]).toEqual([0, false]);
		openTab().broadcast();
		expect(heard.count()).toBe(1);
	},
);

test("that another tab has spoken is taken once, and one's own word is none", () => {
	const { openTab } = openDevice();
	const [one, other] = [openTab(), openTab()];
	listen(one);
	one.broadcast();
	expect(one.takeTold()).toBe(false);
	other.broadcast();
	expect([one.takeTold(), one.takeTold()]).toEqual([true, false]);
});

const denied = () => {
	throw new DOMException("denied", "SecurityError");
};
class Mute implements PageChannel {
	onmessage: PageChannel["onmessage"] = null;
	postMessage = denied;
	close() {}
}
const surroundings: [string, Page | undefined][] = [
	["there is no page", undefined],
	["there is no channel", {}],
	[
		"a channel cannot be made",
		{
			BroadcastChannel: class extends Mute {
				constructor() {
					super();
					denied();
				}
			},
		},
	],
	["a channel cannot be spoken through", { BroadcastChannel: Mute }],
];
describe.each(surroundings)("where %s", (_, page) => {
	test("a tab listens and speaks in vain, and neither throws", () => {
		const tab = createChannel(page);
		tab.broadcast();
		const heard = listen(tab);
		tab.broadcast();
		heard.stop();
		expect([heard.count(), tab.takeTold()]).toEqual([0, false]);
	});
});
