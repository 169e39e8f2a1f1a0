/** As much of it as is used here: it brings no types. */
declare module "gifenc" {
	interface Frame {
		readonly palette?: readonly (readonly number[])[];
		readonly transparent?: boolean;
		readonly transparentIndex?: number;
		/** In ms. */
		readonly delay?: number;
		/** 1: what is drawn stays. */
		readonly dispose?: number;
	}
	interface Encoder {
		writeFrame(index: Uint8Array, width: number, height: number, frame?: Frame): void;
		finish(): void;
		bytes(): Uint8Array;
	}
	export function GIFEncoder(): Encoder;
}
