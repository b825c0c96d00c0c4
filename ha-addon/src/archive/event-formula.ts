/**
 * Identifies the version of the formula of a day's events: a hash of its result for a made-up day; a test prints the new value after
 * a change. Events that another version made are computed again.
 */
export const eventFormula = "7bdb1409f15d";
