/** Whether a server can be booted here: `scripts/test` made its root, and says so where it could not. */
export const serverRoot = process.env.HEATLOOP_DEBIAN_SERVER;
/** The same with all packages that deploy/install.sh installs: for whoever tries what comes after that. */
export const packagedRoot = `${serverRoot}.packages`;

/** Answers with which Heatloop is installed without a Home Assistant beside it; more lines may follow. */
export const plainAnswers = "NAMES=heat.example.org\nTIME_ZONE=Europe/Rome\nHOME_ASSISTANT=none\n";
