"use strict";

/** @type {import("jest").Config} */
module.exports = {
  testEnvironment: "node",
  testMatch: ["<rootDir>/__tests__/**/*.test.ts"],
  transform: { "^.+\\.ts$": "@sucrase/jest-plugin" },
  moduleNameMapper: {
    "^trustwheel$": "<rootDir>/constructs/index.ts",
    "^trustwheel/access$": "<rootDir>/lib/access/public-api.ts",
  },
  modulePathIgnorePatterns: ["<rootDir>/dist", "<rootDir>/cdktf.out", "<rootDir>/.trustwheel"],
};
