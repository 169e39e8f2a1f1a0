import { create } from "./dom.js";

// One rule a line: it is sent as it stands here.
const css = `
:host{--f:var(--account-switcher-focus,light-dark(#0b57d0,#a8c7fa));--s:var(--account-switcher-surface,Canvas);--t:var(--account-switcher-text,CanvasText);--b:var(--account-switcher-border,color-mix(in srgb,var(--t) 25%,var(--s)));--h:var(--account-switcher-hover,color-mix(in srgb,var(--t) 9%,var(--s)));--c:var(--account-switcher-current,color-mix(in srgb,var(--t) 5%,var(--s)));--a:var(--account-switcher-avatar,light-dark(#d3e3fd,#24416b));display:inline-block;position:relative}
:host([inline]){display:block}
:host([hidden]),[hidden]{display:none!important}
*,:before{box-sizing:border-box;margin:0;padding:0}
ul{list-style:none}
button,a,input{font:inherit;color:inherit;min-height:44px;border:1px solid #0000;border-radius:8px;padding:4px 10px;background:none}
button,a,li,li>span{display:flex;align-items:center;gap:10px;text-align:start;text-decoration:none}
button:hover,a:hover{background:var(--h);cursor:pointer}
:focus-visible{outline:2px solid var(--f);outline-offset:-2px}
[part=popup]:focus{outline:0}
[aria-disabled]{opacity:.6}
[part=trigger]{anchor-name:--t;min-width:44px;max-width:100%;padding:4px;border-radius:22px;justify-content:center}
[part=trigger] [part=name]{padding-inline:4px 8px}
[part=popup]{position:absolute;top:100%;inset-inline:0 auto;z-index:9;margin:4px 0;padding:8px;width:20rem;max-width:calc(100vw - 16px);overflow:auto;color:var(--t);background:var(--s);border:1px solid var(--b);border-radius:12px;box-shadow:0 6px 24px #0003}
:host([placement=end]) [part=popup]{inset-inline:auto 0}
[popover]{position:fixed!important;inset:auto!important;position-anchor:--t;position-area:block-end span-inline-end;position-try:flip-block,flip-inline,flip-block flip-inline;max-height:min(100dvh - 8px,max(100% - 8px,20rem))}
:host([placement=end]) [popover]{position-area:block-end span-inline-start}
:host([inline]) [part=popup]{all:unset;display:block}
[part=popup]>button,[part=popup]>a,input{width:100%}
input{border-color:var(--b)}
[part=list]{max-height:19.5rem;overflow:auto}
[part=row]{gap:0}
[part=account]{flex:1;min-width:0;min-height:3.5rem}
[part=account]>span:nth-child(2){flex:1;min-width:0}
bdi{display:block;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
[part=email]{font-size:.875em;color:color-mix(in srgb,var(--t) 75%,var(--s))}
[part=note],[part=ended] li>span{padding:8px 10px}
[part=ended] li{flex-wrap:wrap;gap:0;border-top:1px solid var(--b)}
[part=badge]{font-size:.75em;padding:1px 7px;border:1px solid var(--b);border-radius:8px}
[aria-current]{background:var(--c)}
[aria-current]:after{content:"✓"/""}
[part~=avatar]{position:relative;display:grid;place-items:center;flex:none;width:36px;height:36px;overflow:hidden;font-size:13px;font-weight:600;border:1px solid #0000;border-radius:50%;background:var(--a)}
img,[aria-busy] [part=avatar]:before{position:absolute;inset:0;width:100%;height:100%;object-fit:cover;background:var(--s)}
[part=skeleton]{height:3.5rem;border-radius:8px}
[part~=skeleton]{background:var(--h);animation:appear 0s .15s backwards}
[part=spoken]{position:absolute;width:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
[aria-busy] [part=avatar]:before{content:"";z-index:1;background:none;border:3px solid #0000;border-block-start-color:var(--f);border-radius:50%;animation:turn 1s linear infinite}
@keyframes appear{0%{opacity:0}}
@keyframes turn{to{rotate:1turn}}
@media (prefers-reduced-motion){:before{animation:none!important}}
`;

const sheets = new WeakMap<Document, CSSStyleSheet>();

/** One sheet for all elements of a document: neither a `<style>` nor a `style`, which a strict policy refuses. */
export function adoptStyles(root: ShadowRoot): void {
	const { ownerDocument } = root;
	try {
		let sheet = sheets.get(ownerDocument);
		if (!sheet) {
			sheet = new (ownerDocument.defaultView ?? globalThis).CSSStyleSheet();
			sheet.replaceSync(css);
			sheets.set(ownerDocument, sheet);
		}
		root.adoptedStyleSheets = [sheet];
	} catch {
		// A browser that cannot make one.
		if (root.querySelector("style")) return;
		root.append(create("style", "", css));
	}
}
