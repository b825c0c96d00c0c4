/**
 * Identifies the version of the formula of a day's energy: a hash of its result for a made-up day; a test prints the new value after
 * a change. Summaries that another version made are computed again.
 */
export const dayFormula = "a7f526c53899";
