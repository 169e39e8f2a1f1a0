import useSWR from "swr";
import { AccountCache } from "../../../docs/recipes/caches/swr.js";
import { deviceSessions, fetchMail, mount } from "./page.js";

function Mail() {
	const { data = "Loading …" } = useSWR("/api/mail", () => fetchMail());
	return data;
}

mount(
	<AccountCache deviceSessions={deviceSessions}>
		<Mail />
	</AccountCache>,
);
