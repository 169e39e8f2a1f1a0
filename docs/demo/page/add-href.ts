/** Where somebody adds an account: the form of this page. */
export const addHref = "#switcher-title";
