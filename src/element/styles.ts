// One rule a line: it is sent as it stands here.
const css = `
:host{--f:var(--account-switcher-focus,light-dark(#0b57d0,#a8c7fa));--s:var(--account-switcher-surface,Canvas);--t:var(--account-switcher-text,CanvasText);--b:var(--account-switcher-border,color-mix(in srgb,var(--t) 25%,var(--s)));--h:var(--account-switcher-hover,color-mix(in srgb,var(--t) 9%,var(--s)));--c:var(--account-switcher-current,color-mix(in srgb,var(--t) 5%,var(--s)));--a:var(--account-switcher-avatar,light-dark(#d3e3fd,#24416b));display:inline-block;position:relative;vertical-align:middle}
:host([inline]){display:block}
:host([hidden]),[hidden]{display:none!important}
*{box-sizing:border-box}
p,ul{margin:0;padding:0;list-style:none}
button,a,input{font:inherit;color:inherit;min-block-size:44px;border:1px solid #0000;border-radius:8px;padding:4px 10px}
button,a{display:flex;align-items:center;gap:10px;background:none;text-align:start;text-decoration:none;cursor:pointer}
button:hover,a:hover{background:var(--h)}
:focus-visible{outline:2px solid var(--f);outline-offset:-2px}
[part=popup]:focus{outline:0}
[aria-disabled]{opacity:.6;cursor:default}
[part=trigger]{anchor-name:--t;min-inline-size:44px;max-inline-size:100%;padding:4px;border-radius:22px;justify-content:center}
[part=trigger] [part=name]{padding-inline:4px 8px}
[part=popup]{position:absolute;inset:100% auto auto 0;z-index:9;margin:4px 0;padding:8px;inline-size:20rem;max-inline-size:calc(100vw - 16px);overflow:auto;color:var(--t);background:var(--s);border:1px solid var(--b);border-radius:12px;box-shadow:0 6px 24px #0003}
:host([placement=end]) [part=popup]{inset:100% 0 auto auto}
[part=popup][popover]{position:fixed;inset:auto!important;position-anchor:--t;position-area:block-end span-inline-end;position-try:flip-block,flip-inline,flip-block flip-inline;max-block-size:min(100dvh - 8px,max(100% - 8px,20rem))}
:host([placement=end]) [popover]{position-area:block-end span-inline-start}
:host([inline]) [part=popup]{all:unset;display:block}
[part=popup]>button,[part=popup]>a,[part=search]{inline-size:100%}
[part=search]{border-color:var(--b);background:var(--s);margin-block-end:4px}
[part=list]{max-block-size:19.5rem;overflow:auto}
[part=row]{display:flex;align-items:center}
[part=account]{flex:1;min-inline-size:0;min-block-size:3.5rem}
[part=account]>span:nth-child(2){flex:1;min-inline-size:0}
[part=name],[part=email]{display:block;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
[part=name]{font-weight:500}
[part=email]{font-size:.875em;color:color-mix(in srgb,var(--t) 75%,var(--s))}
[part=note]{padding:8px 10px}
[part=badge]{font-size:.75em;padding:1px 7px;border:1px solid var(--b);border-radius:9px}
[part=sign-out]{flex:none}
[aria-current]{background:var(--c)}
[aria-current]:after{content:"✓"/"";font-weight:700}
[part~=avatar]{position:relative;display:grid;place-items:center;flex:none;inline-size:36px;block-size:36px;overflow:hidden;font-size:13px;font-weight:600;border:1px solid #0000;border-radius:50%;background:var(--a)}
img{position:absolute;inset:0;inline-size:100%;block-size:100%;object-fit:cover;background:var(--s)}
[part=ended] li{padding-block-start:8px;border-block-start:1px solid var(--b)}
[part=ended] li>span{display:flex;gap:10px;padding-inline:10px}
[part=skeleton]{block-size:3.5rem;border-radius:8px}
[part~=skeleton]{background:var(--h);animation:appear 0s .15s backwards}
[part=spoken]{position:absolute;inline-size:1px;block-size:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
@keyframes appear{0%{opacity:0}}
@keyframes turn{to{rotate:1turn}}
[aria-busy] [part=avatar]:before{content:"";position:absolute;inset:0;z-index:1;border:3px solid #0000;border-block-start-color:var(--f);border-radius:50%;animation:turn 1s linear infinite}
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
		const style = document.createElement("style");
		style.textContent = css;
		root.append(style);
	}
}
