"use strict";

/** @type {import("jest").Config} */
module.exports = {
  testEnvironment: "node",
  // The default leaves one processor out, which on two is half of them.
  maxWorkers: "100%",
  // Many tests start programs: on a busy machine a second becomes many.
  testTimeout: 120_000,
  testMatch: ["<rootDir>/__tests__/**/*.test.ts"],
  transform: { "^.+\\.ts$": "@sucrase/jest-plugin" },
  moduleNameMapper: {
    "^trustwheel$": "<rootDir>/constructs/library/index.ts",
    "^trustwheel/access$": "<rootDir>/lib/access/public-api.ts",
    "^trustwheel/credentials$": "<rootDir>/client/credentials.ts",
  },
  modulePathIgnorePatterns: ["<rootDir>/dist", "<rootDir>/cdktf.out", "<rootDir>/.trustwheel"],
};
