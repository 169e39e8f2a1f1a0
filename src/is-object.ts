/** Whether a value can be asked for properties: an array and a Date too, null and a function not. */
export const isObject = (value: unknown): value is object => typeof value === "object" && !!value;
