import { Header } from "./header";
import { Notes } from "./notes";
import { SignIn } from "./sign-in";

/** `means`: the account that the address means, if any. */
export function App({ path, means }: { path: string; means: string | null }) {
	return (
		<>
			<Header />
			<main>{path === "/sign-in" ? <SignIn /> : path === "/notes" ? <Notes means={means} /> : <h1>Welcome</h1>}</main>
		</>
	);
}
