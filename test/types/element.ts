import { createAuthClient } from "better-auth/client";
import { inferAdditionalFields } from "better-auth/client/plugins";
import { type DeviceSession, deviceSessionsClient, type OperationError } from "device-sessions";
import { type AccountSwitcher, type AccountSwitcherEventMap, defineAccountSwitcher } from "device-sessions/element";
import { AccountSwitcher as AccountSwitcherOfReact } from "device-sessions/element/react";
import type {} from "device-sessions/element/solid";
import type {} from "device-sessions/element/svelte";
import type {} from "device-sessions/element/vue";
import { createElement } from "react";
import type { JSX as SolidJSX } from "solid-js";
import type { SvelteHTMLElements } from "svelte/elements";
import type { GlobalComponents } from "vue";

// Compiled with the rest, never run: what a user may write, and what the compiler tells him.

const authClient = createAuthClient({
	plugins: [deviceSessionsClient(), inferAdditionalFields({ user: { plan: { type: "string" } } })],
});
const store = authClient.deviceSessions;

/** The tag, and events with their details. */
const element = document.createElement("account-switcher");
element satisfies AccountSwitcher;
element.store = store;
element.addEventListener("account-select", (event) => {
	event.detail.account satisfies DeviceSession;
	event.preventDefault();
});
element.addEventListener("account-error", ({ detail }) => {
	detail.error satisfies OperationError;
	detail.command satisfies "setActive" | "revoke" | "signOutAll" | "refetch" | "cancelSignIn";
});
element.addEventListener("click", ({ clientX }) => clientX satisfies number);
defineAccountSwitcher("my-accounts") satisfies typeof AccountSwitcher;
({ badge: ({ user }) => user.name }) satisfies Partial<Pick<AccountSwitcher, "badge">>;

// @ts-expect-error open is read-only: show() and hide()
element.open = true;
// @ts-expect-error there is no such place
element.placement = "middle";
// @ts-expect-error no such account in this detail
element.addEventListener("account-add", ({ detail }) => detail.account);

/** React: the component, and the tag. */
createElement(AccountSwitcherOfReact, {
	store,
	addHref: "/sign-in",
	showName: true,
	className: "accounts",
	onAccountSwitched: ({ detail }) => detail.account satisfies DeviceSession,
});
createElement("account-switcher", {
	store,
	"add-href": "/sign-in",
	"onaccount-switched": (event: AccountSwitcherEventMap["account-switched"]) => event.detail.account,
});

/** Vue, Svelte and Solid know the tag. */
type Vue = InstanceType<GlobalComponents["account-switcher"]>["$props"];
({
	store,
	addHref: "/sign-in",
	onAccountSelect: (event) => event satisfies AccountSwitcherEventMap["account-select"],
}) satisfies Vue;
({
	store,
	"add-href": "/sign-in",
	"onaccount-select": (event) => event satisfies AccountSwitcherEventMap["account-select"],
}) satisfies SvelteHTMLElements["account-switcher"];
({
	"prop:store": store,
	"add-href": "/sign-in",
	"on:account-select": (event) => event satisfies AccountSwitcherEventMap["account-select"],
}) satisfies SolidJSX.IntrinsicElements["account-switcher"];

// @ts-expect-error a handler takes its own event
({ onAccountSelect: (event: AccountSwitcherEventMap["account-error"]) => event }) satisfies Vue;
