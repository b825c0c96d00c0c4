import { beforeEach, expect, it } from "vitest";
import { recordingServer } from "#test/support/channels/recording-server.ts";
import { waitFor } from "#test/support/wait-for.ts";
import { problem } from "./alerts-cases.ts";
import type { PageStand } from "./page-stand.ts";

/** The settings' section "Who is told": channels are set up by clicking, with the program's own settings and secrets. */
export function channelsCases(stand: PageStand): void {
  beforeEach(() => stand.parts.channels.start(() => () => {}));

  const section = () => stand.page.locator("settings-channels");
  const press = (name: string) => section().getByRole("button", { name, exact: true }).click();
  const field = (label: string) => section().getByLabel(label, { exact: true });
  const mistakeAt = (path: string) => section().locator(`[data-path="${path}"] .mistake`).innerText();
  const channels = () => stand.parts.settings.current().alerts.channels;
  const hasSecret = (name: string) => stand.parts.channels.list().find((each) => each.name === name)?.hasSecret;

  async function openSection(): Promise<void> {
    await stand.page.goto(`${stand.ingress.url}#/settings?channels`);
    await field("Kind of channel").waitFor();
  }

  async function begin(kind: string): Promise<void> {
    await openSection();
    await field("Kind of channel").selectOption(kind);
    await press("Add");
    await field("Name").waitFor();
  }

  /** Slack channels that there are, each with a secret. */
  async function have(...names: readonly string[]): Promise<void> {
    const slack = names.map((name) => ({ kind: "slack", name }));
    await stand.parts.settings.change({ alerts: { channels: slack } });
    for (const channel of channels()) {
      await stand.parts.channels.setSecret(channel, "https://hooks.slack.com/services/T0/B0/abc");
    }
  }

  it("sets up a channel with its secret by the keyboard, and tests it", async () => {
    const receiver = await recordingServer();
    await stand.reopen({ viewport: { width: 320, height: 640 } });
    await openSection();
    await stand.shows("Nobody outside is told of alerts.", "A push message to the phone");
    await field("Kind of channel").selectOption("Webhook");
    await stand.shows("A POST of JSON to a program of yours");
    await field("Kind of channel").press("Tab");
    await stand.page.keyboard.press("Enter");
    // The name that it has is offered, and chosen by typing over it.
    await section().locator("[id$=-name]:focus").waitFor();
    await field("Name").fill("node-red");
    await stand.page.keyboard.press("Tab");
    await stand.page.keyboard.type(receiver.url);
    await stand.page.keyboard.press("Tab");
    await stand.page.keyboard.type("a key of over 16 characters");
    expect(await field("Key of the signature").getAttribute("type")).toBe("password");
    expect(await stand.axe()).toEqual([]);
    expect(await stand.page.evaluate("document.documentElement.scrollWidth")).toBe(320);
    await stand.page.keyboard.press("Enter");
    await stand.shows("node-red is saved. Send a test message", "Webhook · Nothing delivered yet");
    expect(channels()).toMatchObject([{ kind: "webhook", name: "node-red", url: receiver.url, severity: "warning" }]);
    expect(hasSecret("node-red")).toBe(true);
    await press("Send a test message");
    await stand.shows("Sent.");
    expect(receiver.requests.map(({ headers }) => headers["heatloop-signature"])).toEqual([
      expect.stringMatching(/^t=\d+,v1=/),
    ]);
    expect(await stand.axe()).toEqual([]);
    expect(await stand.page.evaluate("document.documentElement.scrollWidth")).toBe(320);
  });

  it("says at each field what is wrong there, also within a list, and keeps what was typed", async () => {
    await have("team");
    await begin("E-mail");
    await field("Name").fill("team");
    await field("Mail server (SMTP)").fill("https://example.org");
    await field("To").fill("me@example.org\n\nyou(at)example.org");
    await field("Port").fill("many");
    await press("Save");
    await stand.shows("Nothing was saved yet");
    expect(await mistakeAt("alerts.channels[1].host")).toContain("a host name or an address");
    expect(await mistakeAt("alerts.channels[1].port")).toBe("Allowed: a whole number, 1 – 65535");
    expect(await mistakeAt("alerts.channels[1].from")).toContain("an e-mail address");
    expect(await mistakeAt("alerts.channels[1].to")).toBe(
      "you(at)example.org: Allowed: an e-mail address such as heat@example.org",
    );
    expect(await section().locator(".mistake").count()).toBe(4);
    expect(await stand.axe()).toEqual([]);
    await field("Mail server (SMTP)").fill("smtp.example.org");
    await field("Port").fill("");
    await field("From").fill("heat@example.org");
    await field("To").fill("me@example.org");
    await press("Save");
    await waitFor(async () => (await section().locator(".mistake").count()) === 1, "one mistake is left");
    expect(await mistakeAt("alerts.channels[1].name")).toBe("Allowed: each name once");
    await field("Name").fill("mail");
    await press("Save");
    await stand.shows("mail is saved.");
    expect(channels()).toMatchObject([{ name: "team" }, { name: "mail", to: ["me@example.org"], port: null }]);
  });

  it("says that the channel is saved and its secret is not, and saves that with the next press", async () => {
    await begin("Telegram");
    await field("Chat").fill("-1001234567890");
    await field("Token of the bot").fill("nonsense");
    await press("Save");
    await stand.shows("The channel is saved, but its secret is as it was: look at what is marked");
    expect(await mistakeAt("secret")).toContain("the token of the bot");
    expect(channels()).toMatchObject([{ kind: "telegram", chat_id: "-1001234567890" }]);
    await field("Token of the bot").fill("123456789:AAEabcdefghijklmnopqrstuvwxyz");
    await stand.page.route(/telegram\/secret$/, (route) => route.fulfill(problem(500, "the disk is full")));
    await press("Save");
    await stand.shows("The channel is saved, but its secret is as it was: the disk is full");
    await stand.page.unroute(/telegram\/secret$/);
    expect(hasSecret("telegram")).toBe(false);
    await press("Save");
    await stand.shows("telegram is saved.");
    expect(hasSecret("telegram")).toBe(true);
  });

  it("never shows a secret, and replaces or removes the one that is kept", async () => {
    await have("team");
    await openSection();
    await press("Change team");
    await stand.shows("One is kept; it is never shown.");
    expect(await field("Address of the webhook").inputValue()).toBe("");
    await press("Remove the one that is kept");
    await stand.shows("It is removed when you save.");
    await press("Keep it");
    await field("Tells").selectOption("only errors");
    await press("Save");
    await stand.shows("team is saved.");
    expect(channels()).toMatchObject([{ name: "team", severity: "error" }]);
    expect(hasSecret("team")).toBe(true);
    await press("Change team");
    await press("Remove the one that is kept");
    await press("Save");
    await stand.shows("team is saved.", "Its secret is missing");
    expect(hasSecret("team")).toBe(false);
  });

  it("says before a channel is renamed that its secret goes, and takes it anew", async () => {
    await have("team", "office");
    await openSection();
    await press("Change team");
    await field("Name").fill("office");
    await press("Save");
    await stand.shows("Nothing was saved yet");
    expect(await mistakeAt("alerts.channels[0].name")).toBe("Allowed: each name once");
    await field("Name").fill("people");
    await stand.shows("The one that is kept is for the former name or server only.");
    expect(await stand.axe()).toEqual([]);
    await field("Address of the webhook").fill("not an address");
    await press("Save");
    await stand.shows("The channel is saved, but its secret is as it was", "Change people · Slack");
    await field("Address of the webhook").fill("https://hooks.slack.com/services/T0/B0/new");
    await press("Save");
    await stand.shows("people is saved.");
    expect(channels().map(({ name }) => name)).toEqual(["people", "office"]);
    expect(hasSecret("people")).toBe(true);
  });

  it("asks back before it removes a channel", async () => {
    await have("team", "people");
    await openSection();
    await press("Remove team");
    await stand.shows("Its secret and what waits to be sent are removed too.");
    await press("Cancel");
    expect(channels()).toHaveLength(2);
    await press("Remove team");
    expect(await stand.axe()).toEqual([]);
    await press("Remove it now");
    await stand.shows("team is removed.");
    expect(channels().map(({ name }) => name)).toEqual(["people"]);
  });

  it("tells the second of two who change things at once, and keeps what both entered", async () => {
    await have("team");
    await openSection();
    await press("Change team");
    await field("Tells").selectOption("everything");
    const [team] = channels();
    const others = [
      { ...team, cleared: false },
      { kind: "ntfy", name: "phone", topic: "heat" },
    ];
    await stand.parts.settings.change({ time_zone: "Europe/Rome", alerts: { channels: others } });
    await press("Save");
    await stand.shows("Somebody else saved other settings meanwhile");
    await press("Load theirs and keep what I entered");
    await stand.shows("Somebody else changed this channel.", "phone");
    await press("Save");
    await stand.shows("team is saved.");
    expect(channels()).toMatchObject([{ name: "team", severity: "info", cleared: true }, { name: "phone" }]);
    expect(stand.parts.settings.current().time_zone).toBe("Europe/Rome");
  });

  it("saves beside what is entered in the other forms, which is neither lost nor outdated by it", async () => {
    await begin("ntfy");
    await stand.page.getByText("Archive", { exact: true }).click();
    await stand.page.getByLabel("Remove days after").fill("400");
    await field("Topic").fill("heat-3f9a61c0");
    await press("Save");
    await stand.shows("ntfy is saved.");
    await stand.page.getByRole("button", { name: "Save", exact: true }).click();
    await stand.shows("Saved. It applies from now on.");
    expect(stand.parts.settings.current().archive.keep_days).toBe(400);
    expect(channels()).toMatchObject([{ kind: "ntfy", url: "https://ntfy.sh", topic: "heat-3f9a61c0" }]);
  });

  it("keeps a channel that is not saved yet while another view is looked at", async () => {
    await begin("ntfy");
    await field("Topic").fill("heat-3f9a61c0");
    await stand.page.evaluate("location.hash = '#/alerts'");
    await stand.page.getByRole("link", { name: "Choose who is told" }).click();
    await field("Topic").waitFor();
    expect(await field("Topic").inputValue()).toBe("heat-3f9a61c0");
    await press("Cancel");
    await field("Kind of channel").waitFor();
    expect(channels()).toEqual([]);
  });

  it("shows the channels without a way to change them to those who may not", async () => {
    await have("team");
    await stand.stopWeb();
    await stand.startWebAgain({ administrators: { has: async () => false } });
    await stand.page.goto(`${stand.ingress.url}#/settings?channels`);
    await stand.shows("Slack · Nothing delivered yet");
    expect(await section().getByRole("button").count()).toBe(0);
    expect(await stand.axe()).toEqual([]);
  });
}
