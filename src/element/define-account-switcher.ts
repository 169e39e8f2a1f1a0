import { AccountSwitcher, mark } from "./account-switcher.js";

const usual = "account-switcher";

/**
 * Makes the element known to the page. Does nothing on a server, nor where the tag is ours already, of another version
 * too; throws where it is somebody else's.
 *
 * @returns the class behind the tag
 * @example
 * defineAccountSwitcher("my-accounts");
 */
export function defineAccountSwitcher(tag: string = usual): typeof AccountSwitcher {
	const registry = globalThis.customElements;
	if (!registry) return AccountSwitcher;
	const known = registry.get(tag);
	if (!known) registry.define(tag, tag === usual ? AccountSwitcher : class extends AccountSwitcher {});
	else if (!(mark in known)) throw new Error(`<${tag}> is another element already.`);
	// Safe: it has just been defined, or carries the mark of its kind.
	return registry.get(tag) as typeof AccountSwitcher;
}
