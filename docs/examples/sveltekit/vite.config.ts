import adapter from "@sveltejs/adapter-node";
import { sveltekit } from "@sveltejs/kit/vite";
import { defineConfig } from "vite";

// Without it the server takes itself to be on https, and refuses what its own pages post.
const origin = process.env.BETTER_AUTH_URL ?? "http://localhost:3000";

export default defineConfig({ plugins: [sveltekit({ adapter: adapter(), paths: { origin } })] });
