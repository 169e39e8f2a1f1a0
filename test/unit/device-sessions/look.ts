/** `useSession` looks by itself. */
export function look({ $store }: { readonly $store: { readonly atoms: object } }): void {
	// Safe: loose in the client's type, since every plugin adds atoms of its own.
	const { session } = $store.atoms as { readonly session: { readonly value: { refetch(): Promise<void> } } };
	void session.value.refetch();
}
