/**
 * Tells one formula of a day's energy from another: it follows from what the formula makes of a made-up day, and a test
 * says what it must be after a change. Summaries of another formula do not count.
 */
export const dayFormula = "a7f526c53899";
