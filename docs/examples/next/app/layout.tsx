import { type ReactNode, Suspense } from "react";
import { DeviceSessionsProvider } from "../components/device-sessions";
import { Header } from "../components/header";
import { getSnapshot } from "../server/session";

export const metadata = { title: "Notes", icons: { icon: "data:," } };

/** Cookies are read here, so that with `cacheComponents` it has to be inside `<Suspense>`. */
async function WithAccounts({ children }: { children: ReactNode }) {
	return (
		<DeviceSessionsProvider snapshot={await getSnapshot()}>
			<Header />
			{children}
		</DeviceSessionsProvider>
	);
}

export default function Layout({ children }: { children: ReactNode }) {
	return (
		<html lang="en">
			<body>
				<Suspense fallback={<p>Loading…</p>}>
					<WithAccounts>{children}</WithAccounts>
				</Suspense>
			</body>
		</html>
	);
}
