#!/usr/bin/env node
"use strict";

// A checkout runs its TypeScript as it is, a published package what it was compiled to.
const { existsSync } = require("node:fs");
const { join } = require("node:path");

const compiled = join(__dirname, "..", "dist", "cli", "command-line.js");
if (__dirname.includes("node_modules") && existsSync(compiled)) {
  // Later versions of Node keep what they compiled in the folder for temporary files.
  require("node:module").enableCompileCache?.();
  void require(compiled).runProcess();
} else {
  require("./typescript.js");
  void require("./command-line.ts").runProcess();
}
