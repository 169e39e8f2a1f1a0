/** Where somebody adds an account: the sign-in form of this page. */
export const addHref = "#sign-in";
