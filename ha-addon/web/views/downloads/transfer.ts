import type { Answer, Api } from "../../api/api.ts";
import type { TargetFile } from "./file-picker.ts";

/** How far a download is, and how it can go on where it breaks off. */
export type TransferProgress = {
  readonly bytes: number;
  /** Of the whole file; undefined where the server does not know. */
  readonly wholeBytes: number | undefined;
  /** The tag of the file at the server, where a part of it can be asked for. */
  readonly tag: string | undefined;
};

export const nothingYet: TransferProgress = { bytes: 0, wholeBytes: undefined, tag: undefined };

/** How a download ended: whole, or how far it came and why no further; without a reason, there was no answer. */
export type Outcome =
  | { readonly kind: "whole"; readonly bytes: number }
  | { readonly kind: "broken"; readonly progress: TransferProgress; readonly reason?: string };

type Work = {
  readonly api: Api;
  readonly address: string;
  readonly target: TargetFile;
  readonly signal: AbortSignal;
  moved(progress: TransferProgress): void;
};

/**
 * Writes what the API answers into a file, each piece before the next one is taken: of any length, the page holds one
 * piece. Goes on behind `before` where the file at the server is still the same (RFC 9110, 13.1.5), else from the start.
 */
export async function transfer(work: Work, before: TransferProgress): Promise<Outcome> {
  const headers = before.tag === undefined ? {} : { range: `bytes=${before.bytes}-`, "if-range": before.tag };
  const answer = await work.api.open(work.address, { headers, signal: work.signal });
  if (!answer.ok) {
    // 416: the file has become shorter.
    const progress = answer.status === 416 ? nothingYet : before;
    return { kind: "broken", progress, ...(answer.status !== 0 && { reason: answer.detail }) };
  }
  const start = startOf(answer, before);
  return start === undefined ? { kind: "broken", progress: nothingYet } : write(work, answer.value, start);
}

async function write({ target, moved }: Work, { body }: Response, start: TransferProgress): Promise<Outcome> {
  let progress = start;
  const reader = body?.getReader();
  try {
    if (progress.bytes === 0) await target.empty();
    for (;;) {
      const read = await reader?.read().catch(() => "lost" as const);
      if (read === "lost") return { kind: "broken", progress };
      if (read?.value === undefined) break;
      await target.write(read.value);
      progress = { ...progress, bytes: progress.bytes + read.value.length };
      moved(progress);
    }
    await target.finish();
    return { kind: "whole", bytes: progress.bytes };
  } catch (error) {
    // What was not written, such as on a full disk, is gone with all before it.
    await reader?.cancel().catch(() => {});
    return { kind: "broken", progress: nothingYet, reason: error instanceof Error ? error.message : String(error) };
  }
}

/** Where an answer begins: behind what is there already, or at the start; undefined: somewhere else. */
function startOf(
  { value: { status }, headers }: Extract<Answer<Response>, { ok: true }>,
  before: TransferProgress,
): TransferProgress | undefined {
  if (status === 206) {
    const first = /^bytes (\d+)-/.exec(headers.get("content-range") ?? "")?.[1];
    return Number(first) === before.bytes ? before : undefined;
  }
  // What is compressed on the way has another length here than there.
  if (headers.has("content-encoding")) return nothingYet;
  const length = headers.get("content-length");
  const tag = headers.get("etag");
  const hasParts = headers.get("accept-ranges") === "bytes" && tag?.startsWith('"') === true;
  return { bytes: 0, wholeBytes: length === null ? undefined : Number(length), tag: hasParts ? tag : undefined };
}
