import { defineConfig } from "vitest/config";

const waits = { testTimeout: 90_000, hookTimeout: 120_000 };

export default defineConfig({
  test: {
    globalSetup: "test/support/build-page.ts",
    // One more than the cores of a small machine: tests wait for other programs about as long as they work.
    maxWorkers: 3,
    projects: [
      {
        test: {
          ...waits,
          name: "house",
          include: ["test/**/*.test.ts"],
          exclude: ["test/deploy/**"],
          sequence: { groupOrder: 1 },
        },
      },
      // Each server that boots changes the machine's network, and a browser ends its requests then: not beside each other.
      {
        test: {
          ...waits,
          name: "servers",
          include: ["test/deploy/**/*.test.ts"],
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
