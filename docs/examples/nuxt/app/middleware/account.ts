/** For pages that need an account. */
export default defineNuxtRouteMiddleware(() => {
	if (!useNuxtApp().$deviceSessions.get().active) return navigateTo("/sign-in");
});
