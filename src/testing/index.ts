/**
 * A device and its Better Auth server, in memory.
 *
 * @module
 */
export type { TestClock } from "./clock.js";
export { createTestDevice } from "./device.js";
export type { TestSession, TestUser } from "./server-types.js";
export { settle } from "./settle.js";
export type { Pending } from "./transit.js";
export type { TestClient, TestClientOptions, TestDevice, TestDeviceOptions, TestRow, TestTab } from "./types.js";
export type { Disturbance, HeldRequest } from "./wire.js";
