import { gql } from "@apollo/client";
import { useQuery } from "@apollo/client/react";
import { AccountClient, createClients } from "../../../docs/recipes/caches/apollo.js";
import { deviceSessions, mount } from "./page.js";

const query = gql`query { mail }`;

function Mail() {
	const { data } = useQuery<{ mail: string }>(query);
	return data?.mail ?? "Loading …";
}

mount(
	<AccountClient clients={createClients(deviceSessions)}>
		<Mail />
	</AccountClient>,
);
