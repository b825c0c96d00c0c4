/** Another Heatloop that lives at the same broker, and the device ids of the heat pumps that it follows. */
export type OtherInstallation = { readonly id: string; readonly heatPumps: readonly string[] };

/** Something that a person should know; `device` where it is about one heat pump. */
export type BrokerNotice = { readonly id: string; readonly message: string; readonly device: string | null };

/** What to do where two programs follow one heat pump. */
export const separateAdvice = "end one of them, or name in each one's settings (devices) which heat pumps are its own";

/** Of an installation whose id another one uses too: then neither of the two knows which one publishes for a heat pump. */
export const copiedInstallationAdvice =
  "Another Heatloop at the same MQTT broker has the same installation id, as if its data folder was copied: end one of them, or delete installation.json in the data folder of one and start it again";

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
    const who =
      owner === undefined
        ? "this one announces it to Home Assistant, the other one only logs it"
        : "that one announces it to Home Assistant, this one only logs it";
    const message = `Another Heatloop (installation ${other}) at the same MQTT broker follows ${name} too; ${who}: ${separateAdvice}`;
    return [{ id: `shared/${id}`, message, device: id }];
  });
}
