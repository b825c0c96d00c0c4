/** Where a node claims its place at the hub, below the hub's address. */
export const claimPath = "/api/v1/claim";
/** Where a node tells every minute that it lives. */
export const heartbeatPath = "/api/v1/node/heartbeat";
/** Where a node asks for the certificate by which the broker knows it. */
export const certificatePath = "/api/v1/node/certificate";
/** Where a node changes its own keys. */
export const nodeKeysPath = "/api/v1/node/keys";
/** All keys of a node but the one that it signs with. */
export const otherNodeKeysPath = "/api/v1/node/other-keys";
