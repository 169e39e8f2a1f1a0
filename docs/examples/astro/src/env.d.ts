declare namespace App {
	interface Locals {
		user: typeof import("./server/auth").auth.$Infer.Session.user | null;
	}
}
