import { deflateSync, inflateSync } from "node:zlib";

/** The same picture in 256 colours: of a page, which has few, a quarter of the size that Chromium writes. */
export function smallPng(png: Buffer): Buffer {
	const picture = readPng(png);
	const { width, height } = picture;
	const palette = paletteOf([picture], 256);
	const indexes = indexesOf(picture, indexIn(palette));
	const rows = Buffer.alloc((width + 1) * height);
	for (let y = 0; y < height; y++) rows.set(indexes.subarray(y * width, (y + 1) * width), y * (width + 1) + 1);
	const header = Buffer.from(png.subarray(16, 29));
	// Eight bits a pixel, each an index into the palette.
	header.set([8, 3], 8);
	const colors = Buffer.alloc(palette.length * 3);
	for (const [index, color] of palette.entries()) colors.writeUIntBE(color, index * 3, 3);
	return Buffer.concat([
		png.subarray(0, 8),
		chunk("IHDR", header),
		chunk("PLTE", colors),
		chunk("IDAT", deflateSync(rows, { level: 9 })),
		chunk("IEND", Buffer.alloc(0)),
	]);
}

type Picture = ReturnType<typeof readPng>;

function* colorsOf({ channels, pixels }: Picture): Generator<number> {
	for (let at = 0; at < pixels.length; at += channels) yield pixels.readUIntBE(at, 3);
}

/** The colors that these pictures have most of. */
export function paletteOf(pictures: Iterable<Picture>, most: number): readonly number[] {
	const counts = new Map<number, number>();
	for (const picture of pictures)
		for (const color of colorsOf(picture)) counts.set(color, (counts.get(color) ?? 0) + 1);
	const byCount = [...counts].sort(([, a], [, b]) => b - a);
	return byCount.slice(0, most).map(([color]) => color);
}

/** Finds the place of a color in a palette, else of the nearest one. */
export function indexIn(palette: readonly number[]): (color: number) => number {
	const indexes = new Map(palette.map((color, index) => [color, index]));
	return (color) => {
		const index = indexes.get(color) ?? nearest(color, palette);
		indexes.set(color, index);
		return index;
	};
}

/** One byte a pixel. */
export const indexesOf = (picture: Picture, indexOf: (color: number) => number): Uint8Array =>
	Uint8Array.from(colorsOf(picture), indexOf);

/** The pixels of a PNG that Chromium wrote: three or four bytes each. */
export function readPng(png: Buffer) {
	const [width, height, depth, type, , interlaced] = [
		png.readUInt32BE(16),
		png.readUInt32BE(20),
		...png.subarray(24, 29),
	];
	const channels = type === 6 ? 4 : 3;
	if (!width || !height || depth !== 8 || (type !== 2 && type !== 6) || interlaced)
		throw new Error("No PNG of Chromium's.");
	const data: Buffer[] = [];
	for (let at = 8; at < png.length; at += png.readUInt32BE(at) + 12)
		if (png.toString("latin1", at + 4, at + 8) === "IDAT")
			data.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
	const filtered = inflateSync(Buffer.concat(data));
	const line = width * channels;
	const pixels = Buffer.alloc(line * height);
	for (let y = 0; y < height; y++) {
		const filter = filtered[y * (line + 1)];
		for (let x = 0; x < line; x++) {
			const at = y * line + x;
			const left = x < channels ? 0 : (pixels[at - channels] ?? 0);
			const above = y === 0 ? 0 : (pixels[at - line] ?? 0);
			const corner = x < channels || y === 0 ? 0 : (pixels[at - line - channels] ?? 0);
			const guess = [0, left, above, (left + above) >> 1, paeth(left, above, corner)][filter ?? 0] ?? 0;
			pixels[at] = (filtered[y * (line + 1) + 1 + x] ?? 0) + guess;
		}
	}
	return { width, height, channels, pixels };
}

function paeth(left: number, above: number, corner: number): number {
	const [a, b, c] = [left, above, corner].map((value) => Math.abs(left + above - corner - value)) as [
		number,
		number,
		number,
	]; // Safe: three of three.
	return a <= b && a <= c ? left : b <= c ? above : corner;
}

function nearest(color: number, palette: readonly number[]): number {
	const far = (other: number) =>
		[16, 8, 0].reduce((sum, shift) => sum + (((color >> shift) & 255) - ((other >> shift) & 255)) ** 2, 0);
	return palette.reduce((best, other, index) => (far(other) < far(palette[best] ?? 0) ? index : best), 0);
}

function chunk(type: string, data: Buffer): Buffer {
	const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
	const framed = Buffer.alloc(body.length + 8);
	framed.writeUInt32BE(data.length, 0);
	body.copy(framed, 4);
	framed.writeUInt32BE(crc32(body), body.length + 4);
	return framed;
}

/** PNG's checksum: `zlib` has it from Node 20.15 on only. */
function crc32(data: Buffer): number {
	let crc = -1;
	for (const byte of data) {
		crc ^= byte;
		for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
	}
	return ~crc >>> 0;
}
