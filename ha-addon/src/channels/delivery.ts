/** How an attempt to deliver a message ended; `why` is a sentence for a person, without a secret. */
export type Delivery =
  | { readonly kind: "delivered" }
  /** It will never be taken as it is: a further attempt would end the same. */
  | { readonly kind: "refused"; readonly why: string }
  | {
      readonly kind: "failed";
      readonly why: string;
      /** It may be there all the same, as the connection stood and no answer came. */
      readonly mayHaveArrived: boolean;
      readonly timedOut: boolean;
      /** What the other side asked for, ms; null: nothing. */
      readonly retryAfterMs: number | null;
    };

/** An attempt that was refused for good. */
export function refused(why: string): Delivery {
  return { kind: "refused", why };
}

/** An attempt that failed before the message was handed over, unless `how` says otherwise. */
export function failed(
  why: string,
  how: { readonly mayHaveArrived?: boolean; readonly timedOut?: boolean; readonly retryAfterMs?: number | null } = {},
): Delivery {
  const { mayHaveArrived = false, timedOut = false, retryAfterMs = null } = how;
  return { kind: "failed", why, mayHaveArrived, timedOut, retryAfterMs };
}
