import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "../support/project";

/** Ends the process as soon as anything looks up a name, opens a connection or starts a program. */
const GUARD = `
const refuse = (what) => () => { process.stderr.write("reached out: " + what); process.exit(99); };
require("node:net").Socket.prototype.connect = refuse("connect");
const dns = require("node:dns");
for (const name of ["lookup", "resolve", "resolve4", "resolve6"]) dns[name] = refuse(name);
const child = require("node:child_process");
for (const name of ["exec", "execFile", "execFileSync", "execSync", "fork", "spawn", "spawnSync"]) child[name] = refuse(name);
`;

describe("a synthesis", () => {
  const folder = mkdtempSync(join(tmpdir(), "trustwheel-offline-"));
  const guard = join(folder, "guard.js");
  writeFileSync(guard, GUARD);
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  const node = (...args: string[]): { status: number | null; stderr: string } => {
    const env = { PATH: process.env.PATH, CDKTF_OUTDIR: join(folder, "out"), NO_COLOR: "1" };
    const { status, stderr } = spawnSync(process.execPath, ["-r", guard, ...args], {
      cwd: ROOT,
      env,
      encoding: "utf8",
    });
    return { status, stderr };
  };

  test("reaches out to nothing: no name is looked up, no connection opened, no program started", () => {
    expect(node("-r", "./cli/typescript.js", "main.ts")).toEqual({ status: 0, stderr: "" });
  });

  test("would be noticed if it did", () => {
    const script = 'require("node:http").get("http://127.0.0.1:9")';
    expect(node("-e", script)).toEqual({ status: 99, stderr: "reached out: connect" });
  });
});
