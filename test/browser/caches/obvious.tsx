import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { Mail } from "./mail.js";
import { mount, onIdentityChange } from "./page.js";

const client = new QueryClient();

/** What one would call to forget the account before: one client for all accounts. */
const calls: Readonly<Record<string, () => unknown>> = {
	nothing: () => {},
	clear: () => client.clear(),
	removeQueries: () => client.removeQueries(),
	invalidateQueries: () => void client.invalidateQueries(),
};
onIdentityChange(() => calls[new URLSearchParams(location.search).get("call") ?? ""]?.());
mount(
	<QueryClientProvider client={client}>
		<Mail />
	</QueryClientProvider>,
);
