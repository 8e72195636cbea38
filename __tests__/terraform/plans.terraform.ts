import { warnOfSkipped } from "../support/skipped";
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "../support/project";

const BINARY = process.env.TERRAFORM_BINARY_NAME ?? "terraform";
const found = spawnSync(BINARY, ["version"]).status === 0;
const RECORDED = join(ROOT, "__tests__", "fixtures", "plans", "recorded");

if (!found) {
  warnOfSkipped("plans, recorded again by Terraform", `${BINARY} is not on the PATH`);
}

(found ? describe : describe.skip)("plans, recorded again by Terraform itself", () => {
  const folder = mkdtempSync(join(tmpdir(), "trustwheel-plans-"));
  const terraform = (...args: readonly string[]): string => {
    const { status, stdout, stderr } = spawnSync(BINARY, args, {
      cwd: folder,
      env: { ...process.env, CHECKPOINT_DISABLE: "1", TF_CLI_CONFIG_FILE: undefined },
      encoding: "utf8",
    });
    if (status !== 0) throw new Error(`${BINARY} ${args.join(" ")}: ${stderr}`);
    return stdout;
  };
  const configure = (name: string): void => {
    cpSync(join(RECORDED, name), join(folder, "main.tf"));
  };
  const plan = (...args: readonly string[]): string => {
    terraform("plan", "-input=false", "-no-color", "-out=plan", ...args);
    return terraform("show", "-json", "plan");
  };
  const made = new Map<string, string>();

  beforeAll(() => {
    cpSync(join(RECORDED, "module"), join(folder, "module"), { recursive: true });
    configure("1.tf");
    terraform("init", "-input=false", "-no-color");
    made.set("create", plan());
    terraform("apply", "-input=false", "-no-color", "plan");
    made.set("state", terraform("show", "-json"));
    configure("2.tf");
    made.set("change", plan());
    made.set("destroy", plan("-destroy"));
  }, 120_000);

  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  test.each(["create", "state", "change", "destroy"])("%s is what was recorded", (name) => {
    const recorded = readFileSync(join(RECORDED, `${name}.json`), "utf8");
    expect(comparable(made.get(name) ?? "")).toEqual(comparable(recorded));
  });
});

/** A plan without what differs from run to run: versions, the time, and ids, which are numbered. */
function comparable(text: string): unknown {
  const ids = new Map<string, string>();
  const numbered = text.replace(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, (id) => {
    const known = ids.get(id) ?? `id-${ids.size + 1}`;
    ids.set(id, known);
    return known;
  });
  return JSON.parse(numbered, (key, value: unknown) => {
    if (/^(?:format_version|terraform_version|timestamp)$/.test(key)) return undefined;
    // Terraform writes these in the order of a hash table.
    return key === "relevant_attributes" && Array.isArray(value)
      ? value.map((each) => JSON.stringify(each)).sort()
      : value;
  });
}
