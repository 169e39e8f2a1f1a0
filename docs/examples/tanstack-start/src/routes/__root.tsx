import { createRootRoute, HeadContent, Outlet, Scripts } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { DeviceSessionsProvider } from "../components/device-sessions";
import { Header } from "../components/header";
import { loadSnapshot } from "../lib/loads";

export const Route = createRootRoute({
	head: () => ({
		meta: [{ charSet: "utf-8" }, { name: "viewport", content: "width=device-width" }, { title: "Notes" }],
		links: [{ rel: "icon", href: "data:," }],
	}),
	loader: () => loadSnapshot(),
	shellComponent: Document,
	component: App,
});

function Document({ children }: { children: ReactNode }) {
	return (
		<html lang="en">
			<head>
				<HeadContent />
			</head>
			<body>
				{children}
				<Scripts />
			</body>
		</html>
	);
}

function App() {
	return (
		<DeviceSessionsProvider snapshot={Route.useLoaderData()}>
			<Header />
			<main>
				<Outlet />
			</main>
		</DeviceSessionsProvider>
	);
}
