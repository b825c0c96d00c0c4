/** Another Heatloop that lives at the same broker, and the device ids of the heat pumps that it follows. */
export type OtherInstallation = { readonly id: string; readonly heatPumps: readonly string[] };

/** What to do where two programs follow one heat pump. */
export const separateAdvice = { code: "separate_advice" } as const;

/** An installation whose id another one uses too: then neither of the two knows which one publishes for a heat pump. */
export const copiedInstallation = { code: "installation_copied" } as const;

/** What a person should know of the broker and of whoever else is there. */
export type BrokerProblem =
  /** `topic`: what was not published as it was too large. */
  | { readonly code: "broker_packet"; readonly packetBytes: number; readonly topic: string }
  | { readonly code: "broker_retain" | "broker_qos" }
  | typeof copiedInstallation
  /** Another installation follows the heat pump too; who announces it to Home Assistant: this one, or that one. */
  | {
      readonly code: "shared_ours" | "shared_theirs";
      readonly other: string;
      readonly name: string;
      readonly advice: typeof separateAdvice;
    };

/** `device` where it is about one heat pump. */
export type BrokerNotice = { readonly id: string; readonly problem: BrokerProblem; readonly device: string | null };

/** A notice for each heat pump that another living installation follows too; `otherOwnerOf` is another one that announces it. */
export function sharedNotices(
  heatPumps: readonly { readonly id: string; readonly name: string }[],
  others: readonly OtherInstallation[],
  otherPublisherOf: (device: string) => string | undefined,
): readonly BrokerNotice[] {
  return heatPumps.flatMap(({ id, name }): readonly BrokerNotice[] => {
    const owner = otherPublisherOf(id);
    const other = owner ?? others.find((each) => each.heatPumps.includes(id))?.id;
    if (other === undefined) return [];
    const code = owner === undefined ? "shared_ours" : "shared_theirs";
    return [{ id: `shared/${id}`, problem: { code, other, name, advice: separateAdvice }, device: id }];
  });
}
