import * as v from "valibot";

/** As `v.array(item)`, which would cost more: a list is an object whose keys all have one schema. */
export const listOf = <Input, Output>(item: v.GenericSchema<Input, Output>): v.GenericSchema<Input[], Output[]> =>
	// Safe: an object's schema in kind, which runs as that of a list. It is the very object that Valibot made, because
	// its `~standard` runs that one.
	Object.assign(v.looseObject({}), {
		"~run"({ value }: v.UnknownDataset, config: v.Config<v.BaseIssue<unknown>>) {
			const list = Array.isArray(value) && value;
			// Safe: a list has its schemas under its own keys. What is no list is false, which `looseObject` refuses.
			const entries = (list ? list.map(() => item) : {}) as v.ObjectEntries;
			const read = v.looseObject(entries)["~run"]({ value: list }, config);
			// Safe: it is the object that was made of the list.
			return list ? { ...read, value: Object.values(read.value as object) } : read;
		},
		item,
	}) as unknown as v.GenericSchema<Input[], Output[]>;
