import { AccountQueries, createQueries } from "../../../docs/recipes/caches/tanstack-query.js";
import { Mail } from "./mail.js";
import { deviceSessions, mount } from "./page.js";

mount(
	<AccountQueries queries={createQueries(deviceSessions)}>
		<Mail />
	</AccountQueries>,
);
