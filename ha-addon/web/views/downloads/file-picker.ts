/** A file of a person's choice, written piece by piece: nothing of it is kept in the page. */
export type TargetFile = {
  /** Begins, or begins again, with an empty file; comes before the first piece. */
  empty(): Promise<void>;
  write(piece: Uint8Array<ArrayBuffer>): Promise<void>;
  /** Puts what was written in its place. */
  finish(): Promise<void>;
  /** Leaves nothing of it. */
  discard(): Promise<void>;
};

/** Asks where a file is to go; undefined: the person thought better of it. Rejects where nothing may be written. */
export type PickFile = (name: string) => Promise<TargetFile | undefined>;

/** Of the File System Access API, which not every browser has, and none over plain HTTP. */
type Picker = (options: { readonly suggestedName: string }) => Promise<FileSystemFileHandle>;

/** How this browser lets a page write a file; undefined: it does not, and downloads by itself. */
export function filePicker(): PickFile | undefined {
  const { showSaveFilePicker } = window as { showSaveFilePicker?: Picker };
  if (showSaveFilePicker === undefined) return undefined;
  return async (suggestedName) => {
    const handle = await showSaveFilePicker({ suggestedName }).catch((error: unknown) => {
      if (error instanceof DOMException && error.name === "AbortError") return undefined;
      throw error;
    });
    return handle && targetOf(handle);
  };
}

function targetOf(handle: FileSystemFileHandle): TargetFile {
  let file: FileSystemWritableFileStream | undefined;
  return {
    async empty() {
      await file?.abort().catch(() => {});
      file = await handle.createWritable();
    },
    write: async (piece) => file?.write(piece),
    finish: async () => file?.close(),
    async discard() {
      await file?.abort().catch(() => {});
      // The picker has made an empty file of that name; not every browser can remove it.
      const { remove } = handle as { remove?: () => Promise<void> };
      await remove?.call(handle).catch(() => {});
    },
  };
}
