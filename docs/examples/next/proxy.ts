import { type NextRequest, NextResponse } from "next/server";
import { auth } from "./server/auth";

/**
 * Pages of an account: signed out they lead to the sign-in, and a link that means another account shows the switch. With
 * 200: the shell of a page is sent before anything is known of the request.
 */
export async function proxy({ headers, nextUrl }: NextRequest) {
	const session = await auth.api.getSession({ headers, query: { disableRefresh: true } });
	if (!session) return NextResponse.redirect(new URL("/sign-in", nextUrl));
	const means = nextUrl.searchParams.get("account");
	if (means !== null && means !== session.user.id)
		return NextResponse.rewrite(new URL(`/other-account${nextUrl.search}`, nextUrl));
	return NextResponse.next();
}

export const config = { matcher: "/notes/:path*" };
