/**
 * The store, its plugin for the Better Auth client, the machine behind it, and the operations.
 *
 * @module device-sessions
 */
export type {
	CoreClient,
	DeviceSessionsClient,
	EmailVerificationClient,
	FetchOptions,
	MultiSessionClient,
	OrganizationClient,
	PasswordClient,
	SignInClient,
	SignUpClient,
	TwoFactorClient,
} from "./client.js";
export * as Core from "./core/index.js";
export type { CustomSchemas } from "./device-sessions/auth/accounts.js";
export type {
	DeviceSessionsEvent,
	JobInput,
	ReadInput,
	Reading,
	RevokeInput,
	SwitchInput,
} from "./device-sessions/events.js";
export type { DeviceSessionsClock } from "./device-sessions/page/clock.js";
export type { DeviceSessions, DeviceSessionsActor } from "./device-sessions/store/device-sessions.js";
export type { DeviceSessionsOptions } from "./device-sessions/store/options.js";
export type {
	DeviceSession,
	DeviceSessionsSnapshot,
	DeviceSessionsState,
	EndedAccount,
	IdentityChange,
	Known,
	Revoked,
	RevokedMany,
	SessionOf,
	SignedOut,
	SigningIn,
	SwitchChange,
	UserOf,
} from "./device-sessions/types.js";
export {
	createDeviceSessions,
	deviceSessionsClient,
	deviceSessionsMachine,
	serializeSnapshot,
	toDeviceSessions,
} from "./device-sessions.js";
export * as EmailVerification from "./email-verification/index.js";
export { OperationError, type OperationErrorKind, type OperationIssue, type Result } from "./errors.js";
export * as MultiSession from "./multi-session/index.js";
export { defineOperation, type Operation, type OperationDefinition, type OperationOptions } from "./operation.js";
export * as Organization from "./organization/index.js";
export * as Password from "./password/index.js";
export { Session, User } from "./schemas.js";
export * as SignIn from "./sign-in/index.js";
export * as SignUp from "./sign-up/index.js";
export * as TwoFactor from "./two-factor/index.js";
