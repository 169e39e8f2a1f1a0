/// <reference types="vitepress/client" />
import type { Theme } from "vitepress";
import DefaultTheme from "vitepress/theme";
import { LiveSwitcher } from "./live-switcher.js";
import "./live-switcher.css";

export default {
	extends: DefaultTheme,
	enhanceApp({ app }) {
		app.component("LiveSwitcher", LiveSwitcher);
	},
} satisfies Theme;
