import { test } from "vitest";
import { nodesServer } from "#test/support/hub/nodes-server.ts";
import { oldHome } from "#test/support/hub/old-home.ts";
import { waitFor } from "#test/support/wait-for.ts";

const hub = await nodesServer();
hub.clock.follow();

const steps = ["the file is adding", "POST", "the file is removing", "DELETE", "the file is none"] as const;

test.each(steps.flatMap((step) => [["before", step] as const, ["after", step] as const]))(
  "a home that is killed %s %s is the same node with one new key when it starts again",
  async (when, step) => {
    const home = await oldHome(hub);
    const forever = new Promise<void>(() => {});
    let [isKilled, isNew] = [false, false];
    const isAt = (moment: string) => !isKilled && moment === `${when} ${step}`;
    const kill = () => {
      isKilled = true;
    };
    async function write(moment: string): Promise<void> {
      if (isNew || !(isKilled || isAt(moment))) return;
      kill();
      await forever;
    }
    home.how.beforeWrite = ({ key_change: { kind } }) => write(`before the file is ${kind}`);
    home.how.afterWrite = ({ key_change: { kind } }) => write(`after the file is ${kind}`);
    home.how.way = (method) => {
      if (isNew) return "forward";
      if (isAt(`before ${method}`)) kill();
      if (isKilled) return "lose";
      return isAt(`after ${method}`) ? { loseAnswer: kill } : "forward";
    };
    await home.becomesOld();
    await waitFor(async () => {
      if (!isKilled) await home.beat();
      return isKilled;
    }, "it is killed");
    isNew = true;
    home.startAgain();
    await home.changed();
  },
);
