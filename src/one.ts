import * as v from "valibot";

/**
 * A schema of one value: `read` returns what comes out, or undefined where the value is refused. `expects` is what the
 * issue says; it never carries the value.
 *
 * @example
 * const Port = one<number>("a port", (port) => (Number(port) > 0 ? port : undefined));
 * v.safeParse(v.object({ port: Port }), { port: 0 }).issues; // [{ path: [{ key: "port" }], expected: "a port" }]
 */
export function one<Input, Output = Input>(
	expects: string,
	read: (value: unknown) => unknown,
): v.GenericSchema<Input, Output> {
	// Valibot's `pipe`, `unknown`, `transform`, `date` and its checks would do, for 0.3 kB more in every operation. Every
	// operation brings `looseObject` along, and its `~run` refuses undefined in the words of `expects`.
	const schema = v.looseObject({});
	const refuse = schema["~run"];
	// Safe: an object's schema in kind, which runs as the one that the type describes. It is the very object that
	// Valibot made, because its `~standard` runs that one.
	return Object.assign(schema, {
		expects,
		"~run"(dataset: v.UnknownDataset, config: v.Config<v.BaseIssue<unknown>>) {
			const value = read(dataset.value);
			return value === undefined ? refuse.call(schema, { value }, config) : { typed: true, value };
		},
	}) as unknown as v.GenericSchema<Input, Output>;
}
