/**
 * What an account switcher shows and does, as a pure function of the state.
 *
 * @module
 */
export { type Connected, type ConnectedEnded, type ConnectOptions, connect } from "./connect.js";
export { english } from "./english.js";
export type { AccountLabel } from "./label.js";
export type { Messages, PartialMessages, Text, Who } from "./messages.js";
export type { Phase } from "./phase.js";
export type { ConnectedError } from "./problem.js";
export { type Props, toDomProps } from "./props.js";
export type { ConnectedRow } from "./rows.js";
