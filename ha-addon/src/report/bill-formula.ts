/**
 * Tells one way of billing a day from another: it follows from the bills of a made-up day, and a test says what it must be
 * after a change. Bills that were kept by another one do not count.
 */
export const billFormula = "cbaa5b92d95d";
