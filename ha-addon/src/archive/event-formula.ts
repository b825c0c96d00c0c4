/**
 * Tells one way of finding what happened on a day from another: it follows from what is found on a made-up day, and a
 * test says what it must be after a change. What was kept by another one does not count.
 */
export const eventFormula = "0432740625b8";
