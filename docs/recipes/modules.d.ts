// What the frameworks' own compilers make of these is not TypeScript's business here.
declare module "*.vue" {
	const component: import("vue").Component<{ deviceSessions: import("device-sessions").DeviceSessions }>;
	export default component;
}
declare module "*.svelte" {
	const component: import("svelte").Component<{ deviceSessions: import("device-sessions").DeviceSessions }>;
	export default component;
}
