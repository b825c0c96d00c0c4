/** How many days are made of those that a report is the first to need. */
export type ReportProgress = { readonly made: number; readonly all: number };
