// The store, the plugin and the machine. The package has them in one file: a server that starts cold imports one file in
// a fraction of the time of eighty.
export { deviceSessionsMachine } from "./device-sessions/machine.js";
export { pretend } from "./device-sessions/page/environment.js";
export { serializeSnapshot } from "./device-sessions/store/serialize-snapshot.js";
export { toDeviceSessions } from "./device-sessions/store/to-device-sessions.js";
export { createDeviceSessions } from "./device-sessions/store.js";
export { deviceSessionsClient } from "./plugin.js";
