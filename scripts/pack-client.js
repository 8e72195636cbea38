"use strict";

// Makes the client's package after the whole one was packed: bundled, so that it installs without any other package.
const { execFileSync } = require("node:child_process");
const { cpSync, mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { join, resolve } = require("node:path");
const { buildSync } = require("esbuild");

const root = join(__dirname, "..");
const { npm_config_dry_run: dryRun, npm_config_pack_destination: destination } = process.env;

/** Builds the package in a folder. */
function build(folder) {
  const whole = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const own = JSON.parse(readFileSync(join(root, "client", "package.json"), "utf8"));
  const { name, ...rest } = own;
  writeFileSync(
    join(folder, "package.json"),
    `${JSON.stringify({ name, version: whole.version, ...rest }, undefined, 2)}\n`,
  );
  cpSync(join(root, "client", "trustwheel.js"), join(folder, "trustwheel.js"));
  cpSync(join(root, "client", "README.md"), join(folder, "README.md"));
  cpSync(join(root, "LICENSE"), join(folder, "LICENSE"));
  const { metafile } = buildSync({
    absWorkingDir: root,
    entryPoints: { trustwheel: "client/run-process.ts", credentials: "client/credentials.ts" },
    outdir: join(folder, "dist"),
    bundle: true,
    minify: true,
    keepNames: true,
    platform: "node",
    target: "node20",
    metafile: true,
    logLevel: "warning",
  });
  const packages = [...new Set(Object.keys(metafile.inputs).flatMap(packageOf))].sort();
  writeFileSync(join(folder, "THIRD-PARTY-LICENSES.txt"), packages.map(licenseOf).join("\n"));
  execFileSync(
    process.execPath,
    [
      join(root, "node_modules", "typescript", "bin", "tsc"),
      ...[
        "-p",
        join(root, "client", "tsconfig.build.json"),
        "--outDir",
        join(folder, "dist", "types"),
      ],
    ],
    { stdio: ["ignore", 2, 2] },
  );
}

/** The folder of the package that a bundled file is of. */
function packageOf(file) {
  const found = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file);
  return found === null ? [] : [found[1]];
}

function licenseOf(folder) {
  const { name, version, license } = JSON.parse(
    readFileSync(join(root, folder, "package.json"), "utf8"),
  );
  const texts = ["LICENSE", "LICENSE.md", "LICENSE.txt", "LICENCE"].flatMap((file) => {
    try {
      return [readFileSync(join(root, folder, file), "utf8")];
    } catch {
      return [];
    }
  });
  return `${"=".repeat(72)}\n${name} ${version} (${license})\n\n${texts[0] ?? ""}`;
}

if (dryRun !== "true") {
  const folder = mkdtempSync(join(tmpdir(), "trustwheel-client-"));
  try {
    mkdirSync(join(folder, "dist"));
    build(folder);
    const to = resolve(process.env.INIT_CWD ?? ".", destination || ".");
    // Standard output is that of the packing that called us.
    execFileSync(
      "npm",
      ["pack", folder, "--silent", "--ignore-scripts", "--pack-destination", to],
      {
        stdio: ["ignore", 2, 2],
        shell: process.platform === "win32",
        env: { ...process.env, npm_config_json: "", npm_config_pack_destination: "" },
      },
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
