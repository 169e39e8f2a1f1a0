import { defineComponent, h, onBeforeUnmount, onMounted, ref } from "vue";

/** How often the simulated time of a scene goes on, in ms. */
const step = 100;

/** `<LiveSwitcher />`: the element on a device in memory, and a button for each state that it can be in. */
export const LiveSwitcher = defineComponent({
	name: "LiveSwitcher",
	setup() {
		const host = ref<HTMLElement>();
		const names = ref<readonly string[]>([]);
		const shown = ref("");
		let show: (name: string) => Promise<void> = async () => {};
		let end = (): void => {};

		onMounted(async () => {
			// The server that renders the page needs none of it.
			const [{ scenes }, { AccountSwitcher, defineAccountSwitcher }] = await Promise.all([
				import("./scenes.js"),
				import("device-sessions/element"),
			]);
			defineAccountSwitcher();
			names.value = Object.keys(scenes);
			show = async (name) => {
				end();
				shown.value = name;
				const scene = await scenes[name]?.();
				if (!scene || shown.value !== name || !host.value) return;
				const switcher = document.createElement("account-switcher");
				host.value.replaceChildren(switcher);
				if (!(switcher instanceof AccountSwitcher)) return;
				switcher.store = scene.store;
				switcher.showName = true;
				switcher.inline = true;
				const timer = setInterval(() => void scene.device.clock.advance(step), step);
				end = () => {
					clearInterval(timer);
					switcher.remove();
					void scene.store.destroy();
				};
			};
			await show(names.value[0] ?? "");
		});
		onBeforeUnmount(() => end());

		return () =>
			h("div", { class: "live-switcher" }, [
				h("div", { ref: host, class: "live-switcher-element" }),
				h(
					"div",
					{ class: "live-switcher-scenes" },
					names.value.map((name) =>
						h(
							"button",
							{ type: "button", key: name, "aria-pressed": name === shown.value, onClick: () => void show(name) },
							name,
						),
					),
				),
			]);
	},
});
