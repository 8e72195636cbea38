"use strict";

// The CDKTF command line without what it sends home: telemetry, version checks, crash reports.
const { spawnSync } = require("node:child_process");

const env = {
  ...process.env,
  CHECKPOINT_DISABLE: "1",
  DISABLE_VERSION_CHECK: "1",
};
const command = require.resolve("cdktf-cli/bundle/bin/cdktf");
const { status, error } = spawnSync(process.execPath, [command, ...process.argv.slice(2)], {
  stdio: "inherit",
  env,
});
if (error) throw error;
process.exitCode = status ?? 1;
