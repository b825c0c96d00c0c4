/** The lines of a local date, the header first; to be read to their end before the next date is requested. */
export type FileOfDate = { readonly date: string; readonly text: AsyncIterable<string> };

/** Cuts rows, which begin with their local time and are in its order, into a file a date, each with the header. */
export async function* filesByDate(lines: AsyncIterable<string>): AsyncGenerator<FileOfDate> {
  const rows = lines[Symbol.asyncIterator]();
  try {
    const header = await rows.next();
    if (header.done === true) return;
    let next = await rows.next();
    while (next.done !== true) {
      const date = dateOf(next.value);
      async function* text(): AsyncGenerator<string> {
        yield header.value;
        for (; next.done !== true && dateOf(next.value) === date; next = await rows.next()) yield next.value;
      }
      yield { date, text: text() };
    }
  } finally {
    await rows.return?.();
  }
}

function dateOf(row: string): string {
  return row.slice(0, "2026-01-31".length);
}
