import type {} from "device-sessions/element/svelte";
import type { auth } from "./lib/server/auth";

declare global {
	namespace App {
		interface Locals {
			user: typeof auth.$Infer.Session.user | null;
		}
	}
}
