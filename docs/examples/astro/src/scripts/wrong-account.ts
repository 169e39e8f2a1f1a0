import { deviceSessions } from "./auth-client";

/** Offers the account that a link or a draft means, where another one is active. `means` is the id of its user. */
export class WrongAccount extends HTMLElement {
	#stop = () => {};

	connectedCallback() {
		this.role = "alert";
		this.#stop = deviceSessions.subscribe(({ sessions }) => {
			const row = sessions.find(({ user }) => user.id === this.getAttribute("means"));
			if (!row) {
				this.innerHTML = 'This is for an account that is not signed in here. <a href="/sign-in">Sign in</a>';
				return;
			}
			const button = document.createElement("button");
			button.type = "button";
			button.textContent = `Switch to ${row.user.name}`;
			button.onclick = async () => {
				const { error } = await deviceSessions.setActive(row.id);
				if (!error) this.dispatchEvent(new Event("switched"));
			};
			this.replaceChildren(`This is for ${row.user.name}. `, button);
		});
	}

	disconnectedCallback() {
		this.#stop();
	}
}

customElements.define("wrong-account", WrongAccount);
