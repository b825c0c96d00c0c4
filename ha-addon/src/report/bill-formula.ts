/**
 * Identifies the version of the formula of a day's bill: a hash of its result for a made-up day; a test prints the new value after
 * a change. Bills that another version made are computed again.
 */
export const billFormula = "cbaa5b92d95d";
