import { createHmac } from "node:crypto";

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** What an authenticator app shows for an `otpauth://` address: RFC 6238 over RFC 4226. */
export function totp(uri: string, at = Date.now()): string {
	const parameters = new URL(uri).searchParams;
	const digits = Number(parameters.get("digits") ?? 6);
	const bits = [...(parameters.get("secret") ?? "")]
		.filter((letter) => letter !== "=")
		.map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, "0"))
		.join("");
	const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
	const counter = Buffer.alloc(8);
	counter.writeBigUInt64BE(BigInt(Math.floor(at / 1000 / Number(parameters.get("period") ?? 30))));
	const mac = createHmac("sha1", key).update(counter).digest();
	const offset = (mac.at(-1) ?? 0) & 15;
	return String((mac.readUInt32BE(offset) & 0x7fffffff) % 10 ** digits).padStart(digits, "0");
}
