import { people, samplePassword } from "../people.js";
import type { Auth } from "./auth.js";

/** Signs the sample people up, those that are missing: an interrupted first start is made good by the next one. */
export async function signUpPeople(auth: Auth): Promise<void> {
	const { internalAdapter } = await auth.$context;
	for (const { name, email, organization, twoFactor } of people) {
		if (await internalAdapter.findUserByEmail(email)) continue;
		const { user } = await auth.api.signUpEmail({ body: { name, email, password: samplePassword } });
		// The session that signing up creates is nobody's.
		await internalAdapter.deleteUserSessions(user.id);
		await auth.api.createOrganization({
			body: { name: organization, slug: email.slice(0, email.indexOf("@")), userId: user.id },
		});
		if (twoFactor) await internalAdapter.updateUser(user.id, { twoFactorEnabled: true });
	}
}
