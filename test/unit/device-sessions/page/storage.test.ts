import { expect, test } from "vitest";
import { createStorage } from "../../../../src/device-sessions/page/storage.js";

/** A localStorage of the device, and how it is at the moment. */
function createDisk() {
	const texts = new Map<string, string>();
	const disk = { texts, canRead: true, canWrite: true };
	const localStorage = {
		getItem(key: string) {
			if (!disk.canRead) throw new DOMException("denied", "SecurityError");
			return texts.get(key) ?? null;
		},
		setItem(key: string, text: string) {
			if (!disk.canWrite) throw new DOMException("full", "QuotaExceededError");
			texts.set(key, text);
		},
	};
	return { disk, page: { localStorage } };
}

test("what one tab writes another reads", () => {
	const { page } = createDisk();
	const [one, other] = [createStorage(page, String), createStorage(page, String)];
	expect(other.read("a")).toBeUndefined();
	one.write("a", "1");
	expect(other.read("a")).toBe("1");
	other.write("a", "2");
	expect(one.read("a")).toBe("2");
});

test.each([
	["there is no page", undefined],
	["there is no storage", {}],
	[
		"the storage cannot even be asked for",
		{
			get localStorage(): never {
				throw new DOMException("denied", "SecurityError");
			},
		},
	],
])("where %s, a store remembers for itself", (_, page) => {
	const storage = createStorage(page, String);
	expect(storage.read("a")).toBeUndefined();
	storage.write("a", "1");
	expect(storage.read("a")).toBe("1");
	expect(createStorage(page, String).read("a")).toBeUndefined();
});

test.each([Promise.resolve("text"), 5, { text: "text" }])(
	"what is kept and is no text, %o, counts as nothing",
	(kept) => {
		// Safe: not what the type says, on purpose: some stand-ins for it are asynchronous.
		const storage = createStorage({ localStorage: { getItem: () => kept as unknown as string, setItem() {} } }, String);
		expect(storage.read("a")).toBeUndefined();
		storage.write("a", "1");
		expect(storage.read("a")).toBe("1");
	},
);

test("where the storage is full, what was written here counts, not what is left there", () => {
	const { disk, page } = createDisk();
	const storage = createStorage(page, String);
	storage.write("a", "1");
	disk.canWrite = false;
	storage.write("a", "2");
	expect(storage.read("a")).toBe("2");
	expect(disk.texts.get("a")).toBe("1");
});

test("once the storage takes texts again, the other tabs count again", () => {
	const { disk, page } = createDisk();
	const storage = createStorage(page, String);
	disk.canWrite = false;
	storage.write("a", "1");
	disk.canWrite = true;
	storage.write("a", "2");
	createStorage(page, String).write("a", "3");
	expect(storage.read("a")).toBe("3");
});

test("where the storage can no longer be read, the last text from here stands in", () => {
	const { disk, page } = createDisk();
	const storage = createStorage(page, String);
	storage.write("a", "1");
	disk.canRead = false;
	expect(storage.read("a")).toBe("1");
});
