import { toDeviceSessions } from "device-sessions";
import { headers } from "next/headers";
import { auth } from "../auth";
import { Header } from "./header";

/** What Next throws about a value that does not pass from server to browser would fail the test: the snapshot does. */
export default async function Page() {
	const asked = { headers: await headers() };
	const [list, session] = await Promise.all([auth.api.listDeviceSessions(asked), auth.api.getSession(asked)]);
	return <Header snapshot={toDeviceSessions(list, session)} />;
}
