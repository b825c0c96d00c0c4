import type { Clock } from "@heatloop/core/time/clock";
import type { Api } from "../../api/api.ts";
import type { PickFile, TargetFile } from "./file-picker.ts";
import type { OfferedFile } from "./files.ts";
import { nothingYet, type Outcome, type TransferProgress, transfer } from "./transfer.ts";

/** What is shown of a download. */
export type DownloadState = { readonly kind: "running"; readonly progress: TransferProgress } | Outcome;

/** A download into a file, which goes on while a person looks at other views of the page. */
export type Download = {
  readonly name: string;
  state(): DownloadState;
  /** Goes on where it broke off, or starts again where that cannot be. */
  tryAgain(): void;
  /** Ends it and takes it from the list; nothing is left of what is not whole. */
  remove(): void;
};

/** The downloads of a page. */
export type Downloads = {
  list(): readonly Download[];
  /** Asks where the file is to go, and begins. Rejects where the browser does not let the page write one. */
  start(file: OfferedFile, pick: PickFile, clock: Clock): Promise<void>;
  /** `changed` is called at each change, from now on. */
  onChange(changed: () => void): void;
};

/** So often the size that is shown moves on. */
const shownEachMs = 250;

const ofPages = new WeakMap<Api, Downloads>();

/** Those of the page that has this API. */
export function downloadsOf(api: Api): Downloads {
  const known = ofPages.get(api) ?? openDownloads(api);
  ofPages.set(api, known);
  return known;
}

function openDownloads(api: Api): Downloads {
  let downloads: readonly Download[] = [];
  let changed = () => {};

  /** A page that is closed by mistake would end them. */
  const hold = (event: BeforeUnloadEvent) => {
    if (downloads.some((each) => each.state().kind === "running")) event.preventDefault();
  };

  function show(next: readonly Download[]): void {
    if (downloads.length === 0) window.addEventListener("beforeunload", hold);
    downloads = next;
    if (downloads.length === 0) window.removeEventListener("beforeunload", hold);
    changed();
  }

  return {
    list: () => downloads,
    async start(file, pick, clock) {
      const target = await pick(file.name);
      if (target === undefined) return;
      const download = startDownload({
        ...{ api, file, target, clock },
        changed: () => changed(),
        removed: () => show(downloads.filter((each) => each !== download)),
      });
      show([download, ...downloads]);
    },
    onChange(listener) {
      changed = listener;
    },
  };
}

function startDownload(parts: {
  readonly api: Api;
  readonly file: OfferedFile;
  readonly target: TargetFile;
  readonly clock: Clock;
  changed(): void;
  removed(): void;
}): Download {
  const { api, file, target, clock, changed } = parts;
  let state: DownloadState = { kind: "running", progress: nothingYet };
  const abort = new AbortController();

  function moved(progress: TransferProgress): void {
    state = { kind: "running", progress };
  }

  async function run(before: TransferProgress): Promise<void> {
    state = { kind: "running", progress: before };
    changed();
    const work = { api, address: file.address, target, signal: abort.signal, moved };
    const stopShowing = clock.every(shownEachMs, changed);
    const outcome = await transfer(work, before);
    stopShowing();
    if (abort.signal.aborted) return;
    state = outcome;
    changed();
  }

  void run(nothingYet);
  return {
    name: file.name,
    state: () => state,
    tryAgain() {
      if (state.kind === "broken") void run(state.progress.tag === undefined ? nothingYet : state.progress);
    },
    remove() {
      abort.abort();
      if (state.kind !== "whole") void target.discard();
      parts.removed();
    },
  };
}
