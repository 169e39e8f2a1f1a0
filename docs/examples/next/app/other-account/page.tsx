import { WrongAccount } from "../../components/wrong-account";

/** What the proxy shows in place of a page that means another account. */
export default async function Page({ searchParams }: PageProps<"/other-account">) {
	const { account } = await searchParams;
	return <WrongAccount means={String(account)} />;
}
