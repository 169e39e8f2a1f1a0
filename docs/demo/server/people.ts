import { people, samplePassword } from "../people.js";
import { slugOf } from "../slug.js";
import type { Auth } from "./auth.js";

/** Signs the sample people up, those that are missing: an interrupted first start is made good by the next one. */
export async function signUpPeople(auth: Auth): Promise<void> {
	const { internalAdapter } = await auth.$context;
	for (const { name, email, organizations, twoFactor } of people) {
		if (await internalAdapter.findUserByEmail(email)) continue;
		const { user } = await auth.api.signUpEmail({ body: { name, email, password: samplePassword } });
		// The session that signing up creates is nobody's.
		await internalAdapter.deleteUserSessions(user.id);
		for (const organization of organizations)
			await auth.api.createOrganization({
				body: { name: organization, slug: slugOf(organization), userId: user.id },
			});
		if (twoFactor) await internalAdapter.updateUser(user.id, { twoFactorEnabled: true });
	}
}
