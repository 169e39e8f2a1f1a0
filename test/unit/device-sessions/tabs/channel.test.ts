import { describe, expect, test } from "vitest";
import type { Page, PageChannel } from "../../../../src/device-sessions/page/environment.js";
import { createChannel, type Message } from "../../../../src/device-sessions/tabs/channel.js";
import { openDevice } from "./device.js";

function openTabs() {
	const device = openDevice();
	return { ...device, openTab: () => createChannel(device.page, "channel") };
}
const said: Message = { version: "v1", isOver: true };

/** A tab that listens, and what it has heard; nothing where that was not understood. */
function listen(tab: ReturnType<typeof createChannel>) {
	const heard: (Message | undefined)[] = [];
	return { heard, stop: tab.listen((message) => heard.push(message)) };
}

test("a tab that listens hears the others, and not itself", () => {
	const { openTab } = openTabs();
	const [one, other, silent] = [openTab(), openTab(), openTab()];
	const [ofOne, ofOther] = [listen(one), listen(other)];
	one.broadcast(said);
	expect([ofOne.heard, ofOther.heard]).toEqual([[], [said]]);
	silent.broadcast(said);
	expect([ofOne.heard, ofOther.heard]).toEqual([[said], [said, said]]);
});

test("a tab that does not listen leaves no channel open behind what it says", () => {
	const { openChannels, openTab } = openTabs();
	openTab().broadcast(said);
	expect(openChannels()).toBe(0);
});

test("a tab that has stopped listening hears nothing, and can listen again", () => {
	const { openChannels, openTab } = openTabs();
	const [one, other] = [openTab(), openTab()];
	const first = listen(one);
	first.stop();
	expect(openChannels()).toBe(0);
	other.broadcast(said);
	const again = listen(one);
	other.broadcast(said);
	expect([first.heard, again.heard]).toEqual([[], [said]]);
});

test("a tab that has stopped listening is heard by the others all the same", () => {
	const { openChannels, openTab } = openTabs();
	const [one, other] = [openTab(), openTab()];
	const { heard } = listen(other);
	listen(one).stop();
	one.broadcast(said);
	expect([heard, openChannels()]).toEqual([[said], 1]);
});

test("an end that comes late does not end what was begun since", () => {
	const { openTab } = openTabs();
	const [one, other] = [openTab(), openTab()];
	const first = listen(one);
	const second = listen(one);
	first.stop();
	one.broadcast(said);
	other.broadcast(said);
	expect(second.heard).toEqual([said]);
});

test.each([null, undefined, "changed", 42, {}, { type: "changed" }, { version: 1, isOver: true }, { version: "v1" }])(
	"%o is heard as something that is not understood",
	(message) => {
		const { openTab, page } = openTabs();
		const { heard } = listen(openTab());
		page.BroadcastChannel && new page.BroadcastChannel("channel").postMessage(message);
		expect(heard).toEqual([undefined]);
	},
);

test("of what else a message carries nothing is handed on", () => {
	const { openTab } = openTabs();
	const { heard } = listen(openTab());
	openTab().broadcast(Object.assign({ token: "secret" }, said));
	expect(heard).toEqual([said]);
});

const denied = () => {
	throw new DOMException("denied", "SecurityError");
};
class Mute implements PageChannel {
	onmessage: PageChannel["onmessage"] = null;
	postMessage = denied;
	close() {}
}
class Forbidden extends Mute {
	constructor() {
		super();
		denied();
	}
}
const surroundings: [string, Page | undefined][] = [
	["there is no page", undefined],
	["there is no channel", {}],
	["a channel cannot be made", { BroadcastChannel: Forbidden }],
	["a channel cannot be spoken through", { BroadcastChannel: Mute }],
];
describe.each(surroundings)("where %s", (_, page) => {
	test("a tab listens and speaks in vain, and neither throws", () => {
		const tab = createChannel(page, "channel");
		tab.broadcast(said);
		const { heard, stop } = listen(tab);
		tab.broadcast(said);
		stop();
		expect(heard).toEqual([]);
	});
});
