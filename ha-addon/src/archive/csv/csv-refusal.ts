/** Why the archive cannot be written, and what the user can do; `code` identifies the reason. */
export type CsvRefusal = { readonly code: string; readonly reason: string };

/** Reads the error of a file operation under the archive `folder`. */
export function csvRefusalOf(error: unknown, folder: string): CsvRefusal {
  const { code = "unknown", message, path } = error as NodeJS.ErrnoException;
  const place = path ?? folder;
  switch (code) {
    case "ENOSPC":
    case "EDQUOT":
      return { code, reason: `the disk of ${folder} is full: free some space` };
    case "EROFS":
      return {
        code,
        reason: `the disk of ${folder} is read-only: it may be failing; check it, then restart the machine`,
      };
    case "EACCES":
    case "EPERM":
      return { code, reason: `${place} must not be written: give the program the right to write there` };
    case "ENOTDIR":
    case "EEXIST":
      return { code, reason: `there is a file where the archive needs a folder (${place}): move it away` };
    case "EISDIR":
      return { code, reason: `there is a folder where the archive needs a file (${place}): move it away` };
    case "EIO":
      return { code, reason: `the disk of ${folder} fails (input/output error): save what is on it and replace it` };
    case "EMFILE":
    case "ENFILE":
      return { code, reason: "too many files are open on this machine: restart the app" };
    default:
      return { code, reason: `${folder} cannot be written: ${message} (${code})` };
  }
}
