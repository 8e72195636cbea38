import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { HubRole, iamRole } from "trustwheel";
import ts from "typescript";
import { ROOT } from "../../support/project";
import { TOOLS, problems } from "./library-stack";

/** An example of the documentation: a whole program. */
interface Example {
  readonly name: string;
  readonly text: string;
}

const EXAMPLES = [
  ...examplesOf("docs/constructs.md", () => true),
  ...examplesOf("README.md", (text) => text.includes('from "trustwheel"')),
];

describe("the examples of the documentation", () => {
  test("there is one for every construct", () => {
    const made = EXAMPLES.map(({ text }) => text).join("\n");
    for (const name of ["HubRole", "SpokeRole", "InstanceProfileChain", "ExclusiveRole"]) {
      expect(made).toContain(`new ${name}(`);
    }
  });

  test("have the right types, and a wrong one would be noticed", () => {
    const [first] = EXAMPLES;
    const text = first?.text.replace('roleName: "automation-hub"', "roleName: 5") ?? "";
    expect(text).not.toBe(first?.text);
    expect(typeErrors([...EXAMPLES, { name: "wrong.ts", text }])).toEqual([
      "wrong.ts: Type 'number' is not assignable to type 'string'.",
    ]);
  });

  test.each(EXAMPLES)("$name synthesizes every role that it names", ({ text }) => {
    const output = synthesize(text);
    const named = [...text.matchAll(/roleName: "([^"]+)"/g)].map(([, name]) => name);
    expect(new Set(output.roles)).toEqual(new Set(named));
  });

  test("the trust policy that the page shows is the one that comes out", () => {
    const shown = /```json\n([\s\S]*?)```/.exec(read("docs/constructs.md"))?.[1] ?? "";
    const { trusts } = synthesize(EXAMPLES[0]?.text ?? "");
    expect(trusts).toContainEqual(JSON.parse(shown));
  });

  test("the problems that the page shows are those that are told", () => {
    const shown = /Validation failed[^\n]*\n([\s\S]*?)```/.exec(read("docs/constructs.md"))?.[1];
    const told = problems(
      (scope) =>
        new HubRole(scope, "automation", {
          account: TOOLS,
          roleName: "automation-hub",
          maxSessionSeconds: 900,
          principals: { bot: iamRole({ name: "bot" }, { mfa: true }) },
        }),
    );
    expect(shown?.trimEnd().split("\n")).toEqual(
      told.map((problem) => `  [tools/automation/Default] ${problem}`),
    );
  });
});

function examplesOf(file: string, wanted: (text: string) => boolean): Example[] {
  return [...read(file).matchAll(/```ts\n([\s\S]*?)```/g)]
    .map(([, text = ""]) => text)
    .filter(wanted)
    .map((text, index) => ({ name: `${file.replace(/\W/g, "-")}-${index + 1}.ts`, text }));
}

function read(file: string): string {
  return readFileSync(join(ROOT, file), "utf8");
}

/** What the compiler says about programs that lie in memory, beside the sources. */
function typeErrors(examples: readonly Example[]): string[] {
  const { config } = ts.readConfigFile(join(ROOT, "tsconfig.json"), (file) =>
    readFileSync(file, "utf8"),
  ) as { config: unknown };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, ROOT);
  const texts = new Map(examples.map(({ name, text }) => [join(ROOT, name), text]));
  const host = ts.createCompilerHost(options);
  const inMemory: ts.CompilerHost = {
    ...host,
    fileExists: (file) => texts.has(file) || host.fileExists(file),
    getSourceFile(file, version) {
      const text = texts.get(file);
      return text === undefined
        ? host.getSourceFile(file, version)
        : ts.createSourceFile(file, text, version);
    },
  };
  const program = ts.createProgram([...texts.keys()], options, inMemory);
  return [...texts.keys()].flatMap((file) => {
    const source = program.getSourceFile(file);
    return [
      ...program.getSyntacticDiagnostics(source),
      ...program.getSemanticDiagnostics(source),
    ].map(
      ({ messageText }) =>
        `${file.slice(ROOT.length + 1)}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`,
    );
  });
}

interface Output {
  readonly roles: readonly string[];
  readonly trusts: readonly unknown[];
}

/** Runs a program, which writes to a folder that is removed again. */
function synthesize(text: string): Output {
  const folder = mkdtempSync(join(tmpdir(), "trustwheel-example-"));
  const before = process.env.CDKTF_OUTDIR;
  process.env.CDKTF_OUTDIR = folder;
  try {
    const module = ts.ModuleKind.CommonJS;
    const { outputText } = ts.transpileModule(text, { compilerOptions: { module } });
    // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the program is ours, from the page
    const run = new Function("require", "exports", outputText) as (
      load: NodeJS.Require,
      exports: object,
    ) => void;
    run(require, {});
    const roles = readdirSync(join(folder, "stacks")).flatMap((stack) => {
      const file = join(folder, "stacks", stack, "cdk.tf.json");
      const { resource } = JSON.parse(readFileSync(file, "utf8")) as SynthesizedRoles;
      return Object.values(resource.aws_iam_role);
    });
    return {
      roles: roles.map(({ name }) => name),
      trusts: roles.map(({ assume_role_policy }) => JSON.parse(assume_role_policy) as unknown),
    };
  } finally {
    if (before === undefined) delete process.env.CDKTF_OUTDIR;
    else process.env.CDKTF_OUTDIR = before;
    rmSync(folder, { recursive: true });
  }
}

interface SynthesizedRoles {
  readonly resource: {
    readonly aws_iam_role: Readonly<
      Record<string, { readonly name: string; readonly assume_role_policy: string }>
    >;
  };
}
