import { createRequire } from "node:module";
import type { Page } from "playwright-core";
import { indexesOf, indexIn, paletteOf, readPng } from "./small-png.js";

// A CommonJS module whose names Node and Vitest find in two different ways.
const { GIFEncoder }: typeof import("gifenc") = createRequire(import.meta.url)("gifenc");

/** What a page showed, and when, in ms. */
export interface Shot {
	readonly png: Buffer;
	readonly at: number;
}

/** Every picture that the page paints while something is done with it. */
export async function record(page: Page, act: () => Promise<void>): Promise<Shot[]> {
	const shots: Shot[] = [];
	const session = await page.context().newCDPSession(page);
	session.on("Page.screencastFrame", ({ data, metadata: { timestamp = Number.NaN }, sessionId }) => {
		shots.push({ png: Buffer.from(data, "base64"), at: timestamp * 1000 });
		void session.send("Page.screencastFrameAck", { sessionId });
	});
	await session.send("Page.startScreencast", { format: "png" });
	await act();
	await session.send("Page.stopScreencast");
	await session.detach();
	return shots;
}

/** How long the last picture stays, in ms. */
const rest = 2_000;
/** One of the 256 colors says that a pixel is as it was. */
const mostColors = 255;

/** How long a picture stays at least, in ms: browsers show one that is to stay 10 ms for 100. */
const shortest = 40;

/** The shots as one picture that moves: one palette for all, and of each what has changed. */
export function toGif(all: readonly Shot[]): Uint8Array {
	// They come out of order now and then.
	const inOrder = [...all].sort((a, b) => a.at - b.at);
	const shots = [...new Map(inOrder.map((shot) => [Math.floor(shot.at / shortest), shot])).values()];
	const pictures = shots.map(({ png }) => readPng(png));
	const [first] = pictures;
	if (!first) throw new Error("Nothing was shown.");
	const { width, height } = first;
	const colors = paletteOf(pictures, mostColors);
	const palette = [...colors, 0].map((color) => [color >> 16, (color >> 8) & 255, color & 255]);
	const same = colors.length;
	const indexOf = indexIn(colors);
	const frames: { readonly index: Uint8Array; readonly at: number }[] = [];
	let before: Uint8Array | undefined;
	for (const [number, picture] of pictures.entries()) {
		const now = indexesOf(picture, indexOf);
		const index = now.map((color, pixel) => (color === before?.[pixel] ? same : color));
		// What has not changed is one picture.
		if (index.some((color) => color !== same)) frames.push({ index, at: shots[number]?.at ?? 0 });
		before = now;
	}
	const gif = GIFEncoder();
	for (const [number, { index, at }] of frames.entries()) {
		const next = frames[number + 1]?.at ?? at + rest;
		gif.writeFrame(index, width, height, {
			...(number === 0 && { palette }),
			transparent: number > 0,
			transparentIndex: same,
			delay: next - at,
			dispose: 1,
		});
	}
	gif.finish();
	return gif.bytes();
}
