"use strict";

/** What GitHub publishes to read workflows with: ES modules, which tests take as they take our own. */
const GITHUB_PARSERS = "@actions/(?:expressions|workflow-parser)";

/** @type {import("jest").Config} */
module.exports = {
  testEnvironment: "node",
  // The default leaves one processor out, which on two is half of them.
  maxWorkers: "100%",
  // Many tests start programs: on a busy machine a second becomes many.
  testTimeout: 120_000,
  testMatch: ["<rootDir>/__tests__/**/*.test.ts"],
  transform: {
    "^.+\\.ts$": "@sucrase/jest-plugin",
    [`/node_modules/${GITHUB_PARSERS}/.+\\.js$`]: "@sucrase/jest-plugin",
  },
  transformIgnorePatterns: [`/node_modules/(?!${GITHUB_PARSERS}/)`],
  moduleNameMapper: {
    "^trustwheel$": "<rootDir>/constructs/library/index.ts",
    "^trustwheel/access$": "<rootDir>/lib/access/public-api.ts",
    "^@actions/(expressions|workflow-parser)$": "<rootDir>/node_modules/@actions/$1/dist/index.js",
    "^@actions/(expressions|workflow-parser)/(.+)$":
      "<rootDir>/node_modules/@actions/$1/dist/$2.js",
    "^trustwheel/credentials$": "<rootDir>/client/credentials.ts",
  },
  modulePathIgnorePatterns: ["<rootDir>/dist", "<rootDir>/cdktf.out", "<rootDir>/.trustwheel"],
};
