import { sessionOptions, setupMutationInvalidation } from "@better-auth-ui/core";
import {
	listDeviceSessionsOptions,
	type MultiSessionAuthClient,
	setActiveSessionOptions,
} from "@better-auth-ui/core/plugins/multi-session";
import { MutationObserver, QueryClient, QueryObserver } from "@tanstack/query-core";

/**
 * `@better-auth-ui/core` on TanStack Query without a framework: what its hooks for React run, without React. Somebody
 * looks at the list and at the session.
 */
export async function openQueries(client: MultiSessionAuthClient) {
	const queryClient = new QueryClient();
	queryClient.mount();
	const end = setupMutationInvalidation(queryClient);
	const session = await queryClient.fetchQuery(sessionOptions(client));
	const userId = session?.user.id;
	const list = () => listDeviceSessionsOptions(client, userId);
	const observers = [
		new QueryObserver(queryClient, sessionOptions(client)),
		// Safe: the query has a function, since the user is known.
		new QueryObserver(queryClient, list() as ReturnType<typeof list> & { queryFn: () => Promise<unknown> }),
	];
	const leave = observers.map((observer) => observer.subscribe(() => {}));
	await queryClient.refetchQueries();
	return {
		/** Both again. */
		refetch: () => queryClient.refetchQueries(),
		/** As `useSetActiveSession` does: the answer is thrown away, and both are read again. */
		setActive: (sessionToken: string) =>
			new MutationObserver(queryClient, setActiveSessionOptions(client, userId)).mutate({ sessionToken }),
		close(): void {
			for (const one of leave) one();
			end();
			queryClient.clear();
			queryClient.unmount();
		},
	};
}
