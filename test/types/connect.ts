import { createAuthClient } from "better-auth/client";
import { inferAdditionalFields, multiSessionClient } from "better-auth/client/plugins";
import { createAuthClient as createReactClient } from "better-auth/react";
import { createDeviceSessions, deviceSessionsClient } from "device-sessions";
import { type Connected, connect, type Messages, type PartialMessages } from "device-sessions/connect";
import ar from "../../src/connect/messages/ar.json" with { type: "json" };
import de from "../../src/connect/messages/de.json" with { type: "json" };

// Compiled with the rest, never run: what a user may write, and what the compiler tells him.

const client = createAuthClient({
	plugins: [multiSessionClient(), inferAdditionalFields({ user: { plan: { type: "string" } } })],
});
const store = createDeviceSessions(client);
const pluginClient = createReactClient({ plugins: [deviceSessionsClient()] });

/** A store of any client, and that of the plugin. */
connect(store.get(), store) satisfies Connected;
connect(pluginClient.deviceSessions.get(), pluginClient.deviceSessions) satisfies Connected;

/** A translation is a table of messages, and a part of one will do. */
[ar, de] satisfies Messages[];
({ add: "Neu", signedOut: ({ name }) => name, errors: { busy: "Besetzt" } }) satisfies PartialMessages;

// @ts-expect-error a text has no other values
({ add: ({ name }) => name }) satisfies PartialMessages;
// @ts-expect-error there is no such kind of error
({ errors: { busi: "Besetzt" } }) satisfies PartialMessages;

/** Nothing can be written. */
const { rows, error } = connect(store.get(), store);
// @ts-expect-error the list
rows.push();
// @ts-expect-error the error
if (error) error.text = "";
