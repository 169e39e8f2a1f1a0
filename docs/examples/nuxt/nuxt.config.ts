export default defineNuxtConfig({
	compatibilityDate: "2026-11-01",
	telemetry: false,
	devtools: { enabled: false },
	typescript: { strict: true },
	vue: { compilerOptions: { isCustomElement: (tag) => tag === "account-switcher" } },
	app: {
		head: {
			htmlAttrs: { lang: "en" },
			title: "Notes",
			link: [{ rel: "icon", href: "data:," }],
		},
	},
});
