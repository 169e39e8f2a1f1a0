export type { CoreClient, DeviceSessionsClient, FetchOptions, MultiSessionClient } from "./client.js";
export * as Core from "./core/index.js";
export type { CustomSchemas } from "./device-sessions/device/accounts.js";
export type { DeviceSessionsClock } from "./device-sessions/device/clock.js";
export { toDeviceSessions } from "./device-sessions/device/to-device-sessions.js";
export type { DeviceSessionsEvent, JobInput, ReadInput, Reading } from "./device-sessions/events.js";
export { deviceSessionsMachine } from "./device-sessions/machine.js";
export type { DeviceSessionsOptions } from "./device-sessions/store/options.js";
export { createDeviceSessions, type DeviceSessions, type DeviceSessionsActor } from "./device-sessions/store.js";
export type {
	DeviceSession,
	DeviceSessionsSnapshot,
	DeviceSessionsState,
	IdentityChange,
	Known,
	Revoked,
	RevokedMany,
	SignedOut,
	SwitchChange,
} from "./device-sessions/types.js";
export { OperationError, type OperationErrorKind, type OperationIssue, type Result } from "./errors.js";
export * as MultiSession from "./multi-session/index.js";
export { defineOperation, type Operation, type OperationDefinition, type OperationOptions } from "./operation.js";
export { Session, User } from "./schemas.js";
