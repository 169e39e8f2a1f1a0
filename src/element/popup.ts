/**
 * Opens and closes what the trigger is for: a popover beside its anchor, or, where a browser lacks one of the two, a box
 * under the trigger. It closes by Escape, by a press beside it, and when the focus goes elsewhere.
 *
 * @param onToggle called before it opens and after it has closed
 */
export function createPopup(host: HTMLElement, trigger: HTMLElement, popup: HTMLElement, onToggle: () => void) {
	const isNative = "popover" in popup && CSS.supports("anchor-name:--a");
	let isOpen = false;
	let isInline = false;
	arrange();

	/** Returns whether it was closed, and has opened. */
	function show(): boolean {
		if (isOpen || isInline || !host.isConnected) return false;
		isOpen = true;
		arrange();
		onToggle();
		if (isNative) popup.showPopover();
		host.ownerDocument.addEventListener("pointerdown", closeBeside, true);
		return true;
	}
	/**
	 * Returns whether it was open.
	 *
	 * @param isLeft the focus has gone elsewhere, and stays there
	 */
	function hide(isLeft = false): boolean {
		if (!isOpen) return false;
		isOpen = false;
		// Safe: it is connected, and so its root is one of the two. ":focus-within" does not see into a shadow root.
		const { activeElement } = host.getRootNode() as Document | ShadowRoot;
		if (!isLeft && host.contains(activeElement)) trigger.focus();
		if (isNative && popup.isConnected) popup.hidePopover();
		host.ownerDocument.removeEventListener("pointerdown", closeBeside, true);
		arrange();
		onToggle();
		return true;
	}
	function arrange() {
		popup.hidden = !isOpen && !isInline;
		popup.role = isInline ? "group" : "dialog";
		if (isNative) popup.popover = isInline ? null : "manual";
		trigger.hidden = isInline;
		trigger.ariaExpanded = String(isOpen);
	}
	function closeBeside(event: Event) {
		if (!event.composedPath().includes(host)) hide();
	}
	host.addEventListener("focusout", ({ relatedTarget }) => {
		if (relatedTarget instanceof Node && !host.contains(relatedTarget)) hide(true);
	});

	return {
		get isOpen() {
			return isOpen || isInline;
		},
		show,
		hide,
		/** Without a trigger it is always open. */
		setInline(is: boolean): void {
			if (is === isInline) return;
			hide(true);
			isInline = is;
			arrange();
		},
	};
}
