import { evaluateGate } from "../../../../lib/review/gate/evaluate-gate";
import { fileSafeguardChanges } from "../../../../lib/review/kinds/safeguard";
import { safeguardFiles } from "../../../../lib/review/safeguards/changed-files";

const LAYOUT = { prefix: "", ownProgram: true };

describe("the files that differ", () => {
  test("are told by what they are, the program in one change", () => {
    const files = safeguardFiles(
      [
        { path: "main.ts", direction: "edited" },
        { path: "accounts.yaml", direction: "edited" },
        { path: "README.md", direction: "edited" },
        { path: "lib/a.ts", direction: "gained" },
        { path: "lib/b.ts", direction: "lost" },
        { path: "constructs/c.ts", direction: "gained" },
        { path: "imports/111111111111.tf", direction: "gained" },
        { path: "imports/222222222222.tf", direction: "gained" },
        { path: ".trustwheel/x", direction: "gained" },
      ],
      ["accounts.yaml", ".trustwheel/x", "cdktf.out/.gitkeep"],
      LAYOUT,
    );
    expect(fileSafeguardChanges(files)).toEqual([
      {
        kind: "safeguard",
        what: "program",
        direction: "edited",
        name: "constructs/c.ts, lib/a.ts, lib/b.ts, 1 more",
        files: ["constructs/c.ts", "lib/a.ts", "lib/b.ts", "main.ts"],
      },
      {
        kind: "safeguard",
        what: "data",
        direction: "gained",
        name: "imports/111111111111.tf, imports/222222222222.tf",
        files: ["imports/111111111111.tf", "imports/222222222222.tf"],
      },
      {
        kind: "safeguard",
        what: "tool-files",
        direction: "gained",
        name: ".trustwheel/x",
        files: [".trustwheel/x"],
      },
    ]);
  });

  test("that are all gone are lost", () => {
    const files = safeguardFiles([{ path: "lib/b.ts", direction: "lost" }], [], LAYOUT);
    expect(fileSafeguardChanges(files)).toMatchObject([{ direction: "lost", name: "lib/b.ts" }]);
  });

  test("say nothing where only data differs that is compared", () => {
    const files = safeguardFiles([{ path: "policies/a.json", direction: "edited" }], [], LAYOUT);
    expect(fileSafeguardChanges(files)).toEqual([]);
  });

  test("where only tools write block whatever a rule says", () => {
    const files = safeguardFiles([], ["cdktf.out/manifest.json"], LAYOUT);
    const review = {
      version: 2,
      hasChanges: true,
      changes: fileSafeguardChanges(files),
      accounts: {},
      stacks: [],
    } as const;
    const rules = [
      {
        name: "all",
        on: ["safeguard-changed"],
        except: [],
        outcome: { kind: "approval", teams: ["security"] },
        at: [],
      },
    ] as const;
    expect(evaluateGate({ review, rules, approvedBy: ["security"] })).toMatchObject({
      outcome: "block",
      rules: [{ name: "default: committed files in a folder that only tools write" }],
    });
  });
});
