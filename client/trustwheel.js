#!/usr/bin/env node
"use strict";

// A checkout runs its TypeScript as it is, a package what was bundled into it.
const { existsSync } = require("node:fs");
const { join } = require("node:path");

const bundled = join(__dirname, "dist", "trustwheel.js");
if (existsSync(bundled)) {
  // Later versions of Node keep what they compiled in the folder for temporary files.
  require("node:module").enableCompileCache?.();
  void require(bundled).runProcess();
} else {
  require("../cli/typescript.js");
  void require("./run-process.ts").runProcess();
}
