import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { expect, it, onTestFinished } from "vitest";
import { type LargeFile, largeContent, startLargeFile } from "#test/support/large-file.ts";
import { waitFor } from "#test/support/wait-for.ts";
import type { PageStand } from "./page-stand.ts";

/** A person who chooses a file at once: a real one of the browser, which the page may write. */
const choosesFile = `window.showSaveFilePicker = async ({ suggestedName }) =>
  (await navigator.storage.getDirectory()).getFileHandle(suggestedName, { create: true });`;
const noFileAccess = "delete window.showSaveFilePicker;";
const minutesName = "heatloop-ecodan-heatpump-minutes-2026-11-15-to-2026-11-21.csv";

/** The view "downloads". */
export function downloadsCases(stand: PageStand): void {
  const button = (name: string | RegExp) => stand.page.getByRole("button", { name });
  const link = (name: string) => stand.page.getByRole("link", { name: `Download: ${name}` });

  /** The view with a large minute log behind it, written into a file that the browser has. */
  async function withLargeFile(script = choosesFile): Promise<LargeFile> {
    const file = await startLargeFile(largeContent(3_000_000));
    onTestFinished(() => file.close());
    await stand.page.addInitScript(script);
    await stand.page.route(/minutes\.csv/, (route) => route.continue({ url: file.url }));
    await stand.open("downloads");
    await stand.shows("Minutes, CSV");
    return file;
  }

  /** What is in the file that was chosen; undefined where there is none. */
  const saved = () =>
    stand.page.evaluate<string | undefined>(`(async () => {
      const folder = await navigator.storage.getDirectory();
      const handle = await folder.getFileHandle("${minutesName}").catch(() => undefined);
      if (handle === undefined) return undefined;
      const digest = await crypto.subtle.digest("SHA-256", await (await handle.getFile()).arrayBuffer());
      return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    })()`);
  const digest = (content: Buffer) => createHash("sha256").update(content).digest("hex");

  it("offers every file of the chosen days as a link where the browser downloads by itself", async () => {
    await stand.page.addInitScript(noFileAccess);
    await stand.open("downloads");
    await stand.shows("Minutes, CSV");
    await button("Yesterday").click();
    const links = stand.page.locator("page-downloads a[download]");
    const path = "api/devices/ecodan-heatpump/";
    const query = "from=2026-11-20&to=2026-11-20";
    await waitFor(async () => (await links.first().getAttribute("href"))?.includes(query), "links to yesterday");
    expect(await links.evaluateAll((all) => all.map((each) => each.getAttribute("href")))).toEqual([
      `${path}report.html?${query}&language=en`,
      `${path}days.csv?${query}`,
      `${path}report.csv?${query}&language=en`,
      `${path}minutes.csv?${query}`,
      `${path}archive.zip?${query}`,
      `${path}days?${query}`,
      `${path}transitions?${query}`,
      `${path}report.json?${query}&language=en`,
    ]);
    const download = stand.page.waitForEvent("download");
    await link("Minutes, CSV").click();
    expect((await download).suggestedFilename()).toBe("heatloop-ecodan-heatpump-minutes-2026-11-20.csv");
    expect(await (await download).failure()).toBeNull();
  });

  it.each([
    ["en-GB", false],
    ["de-DE", true],
  ])("in %s it is %s that CSV comes with a decimal comma, until a person says otherwise", async (locale, isComma) => {
    await stand.reopen({ locale });
    await stand.open("downloads");
    const days = stand.page.locator('a[href*="days.csv"]');
    const has = async (comma: boolean) => ((await days.getAttribute("href")) ?? "").includes("decimal=comma") === comma;
    await waitFor(() => has(isComma), "as the language writes it");
    const download = stand.page.waitForEvent("download");
    await days.click();
    const text = await readFile(await (await download).path(), "utf8");
    expect(text.split("\n")[1]).toContain(isComma ? ";" : ",");
    await stand.page.getByRole("checkbox").press("Space");
    await waitFor(() => has(!isComma), "the other one");
  });

  it("says what each file holds, and how large the large ones are", async () => {
    await stand.open("downloads");
    await stand.shows("One row a minute with every value, for a spreadsheet. ≈ 12.3 MB", "and the report. ≈ 3.1 MB");
    const hints = stand.page.locator("page-downloads .files p.quiet");
    expect(await hints.count()).toBe(8);
    await stand.page.route(/file-sizes/, (route) => route.fulfill({ status: 503, body: "{}" }));
    await button("Yesterday").click();
    await waitFor(async () => !(await stand.text()).includes("≈"), "the sizes of other days are gone");
    expect(await hints.count()).toBe(8);
  });

  it("offers nothing as long as the days are wrong", async () => {
    await stand.open("downloads");
    await stand.page.getByLabel("From", { exact: true }).fill("2026-12-24");
    await stand.shows("The first day must not be after the last one.");
    expect(await stand.page.locator("page-downloads a[download]").count()).toBe(0);
  });

  it("has the days that were chosen for the report", async () => {
    await stand.open("report");
    await button("Last month").click();
    await stand.page.getByRole("link", { name: "Downloads" }).click();
    await stand.page.locator('page-downloads a[href*="from=2026-10-01&to=2026-10-31"]').first().waitFor();
  });

  it("writes a large file piece by piece, and says when it is done", async () => {
    const file = await withLargeFile();
    await button("Download: Minutes, CSV").click();
    await stand.shows(minutesName, "Done: 3 MB");
    expect(await saved()).toBe(digest(file.content));
    await button("Remove from the list").click();
    await waitFor(async () => !(await stand.text()).includes("Done"), "the list is empty");
    expect(await saved()).toBe(digest(file.content));
  });

  it("shows how far it is, also after a look at other views, and leaves nothing of a cancelled one", async () => {
    const file = await withLargeFile();
    file.stopAfterBytes = 1_500_000;
    await button("Download: Minutes, CSV").press("Enter");
    await stand.shows("1.5 MB of 3 MB");
    await stand.page.getByRole("link", { name: "Alerts" }).click();
    await stand.page.getByRole("link", { name: "Downloads" }).click();
    await stand.shows("1.5 MB of 3 MB");
    expect(await stand.page.locator("progress").getAttribute("max")).toBe("3000000");
    expect(await stand.axe()).toEqual([]);
    await button("Cancel").press("Enter");
    await waitFor(() => file.open() === 0, "the server is told");
    await waitFor(async () => (await saved()) === undefined, "nothing is left");
    expect(await stand.page.locator("progress").count()).toBe(0);
  });

  /** Begins, and loses the connection when this much of the file is there. */
  async function breakOff(file: LargeFile): Promise<void> {
    file.stopAfterBytes = 1_234_567;
    await button("Download: Minutes, CSV").click();
    await stand.shows("1.2 MB");
    file.breakOff();
  }

  it("goes on where it broke off, where the server has the same file", async () => {
    const file = await withLargeFile();
    await breakOff(file);
    await stand.shows("The download broke off: Heatloop does not answer.");
    expect(await stand.axe()).toEqual([]);
    file.stopAfterBytes = undefined;
    await button("Go on").click();
    await stand.shows("Done: 3 MB");
    expect(file.ranges).toEqual(["", "bytes=1234567-"]);
    expect(await saved()).toBe(digest(file.content));
  });

  it("starts again where the file is another one meanwhile", async () => {
    const file = await withLargeFile();
    await breakOff(file);
    await stand.shows("The download broke off");
    Object.assign(file, { stopAfterBytes: undefined, tag: '"second"', content: largeContent(2_000_000, "b") });
    await button("Go on").click();
    await stand.shows("Done: 2 MB");
    expect(await saved()).toBe(digest(file.content));
  });

  it("starts again where the server knows no length and has no parts", async () => {
    const file = await withLargeFile();
    file.tag = undefined;
    await breakOff(file);
    await stand.shows("The download broke off");
    file.stopAfterBytes = undefined;
    await button("Try again").click();
    await stand.shows("Done: 3 MB");
    expect(file.ranges).toEqual(["", ""]);
    expect(await saved()).toBe(digest(file.content));
  });

  it("says why where Heatloop refuses, and can be tried again", async () => {
    const file = await withLargeFile();
    const refusal = { status: 503, contentType: "application/problem+json", body: '{"detail":"the disk is away"}' };
    await stand.page.route(/minutes\.csv/, (route) => route.fulfill(refusal), { times: 1 });
    await button("Download: Minutes, CSV").click();
    await stand.shows("The download broke off: the disk is away");
    await button("Try again").click();
    await stand.shows("Done: 3 MB");
    expect(await saved()).toBe(digest(file.content));
  });

  it("says so where the disk is full, and starts again once there is room", async () => {
    const file = await withLargeFile(`${choosesFile}
      const write = FileSystemWritableFileStream.prototype.write;
      window.isFull = true;
      FileSystemWritableFileStream.prototype.write = function (piece) {
        return window.isFull ? Promise.reject(new DOMException("no room", "QuotaExceededError")) : write.call(this, piece);
      };`);
    await button("Download: Minutes, CSV").click();
    await stand.shows("The download broke off: no room");
    await stand.page.evaluate("window.isFull = false");
    await button("Try again").click();
    await stand.shows("Done: 3 MB");
    expect(await saved()).toBe(digest(file.content));
  });

  it("takes from the server no more than the disk takes from it", async () => {
    const file = await withLargeFile(`${choosesFile}
      FileSystemWritableFileStream.prototype.write = function () {
        window.isWriting = true;
        return new Promise(() => {});
      };`);
    file.content = Buffer.alloc(200_000_000);
    await button("Download: Minutes, CSV").click();
    await waitFor(() => stand.page.evaluate("window.isWriting"), "the page writes");
    let sent = -1;
    await waitFor(
      () => {
        const isSame = sent === file.sentBytes();
        sent = file.sentBytes();
        return isSame;
      },
      "the server waits",
      20_000,
      1_000,
    );
    // The system's own buffers hold up to some ten MB.
    expect(sent).toBeLessThan(120_000_000);
  });

  it("begins nothing where a person chooses no file", async () => {
    const file = await withLargeFile(`window.showSaveFilePicker = async () => {
      throw new DOMException("The user aborted a request.", "AbortError");
    };`);
    await button("Download: Minutes, CSV").click();
    await stand.page.getByRole("link", { name: "Alerts" }).click();
    await stand.page.getByRole("link", { name: "Downloads" }).click();
    await stand.shows("Minutes, CSV");
    expect(file.ranges).toEqual([]);
    expect(await stand.text()).not.toContain("broke off");
  });

  it("asks before the page is left while a download is under way", async () => {
    const file = await withLargeFile();
    file.stopAfterBytes = 1_500_000;
    await button("Download: Minutes, CSV").click();
    await stand.shows("1.5 MB of 3 MB");
    const asked = stand.page.waitForEvent("dialog");
    void stand.page.reload().catch(() => {});
    expect((await asked).type()).toBe("beforeunload");
    await (await asked).dismiss();
  });
}
