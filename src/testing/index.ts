export type { TestClock } from "./clock.js";
export {
	createTestDevice,
	type TestClient,
	type TestClientOptions,
	type TestDevice,
	type TestDeviceOptions,
	type TestRow,
	type TestTab,
} from "./device.js";
export type { TestSession, TestUser } from "./server.js";
export { settle } from "./settle.js";
export type { Disturbance, HeldRequest } from "./wire.js";
