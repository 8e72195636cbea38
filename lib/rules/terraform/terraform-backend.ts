import { blocks, labelled, memberOf } from "./json-walk";
import type { Labelled } from "./json-walk";
import type { Stack, TerraformFinding, TerraformRule } from "./terraform-rule";

export const stateBackend: TerraformRule = {
  id: "terraform-backend",
  severity: "error",
  summary:
    "every stack configures where its state is kept, in a place that no other stack shares and that is not tied to one machine",
  why: "Without a backend the state is in the output folder, which CDKTF removes together with the stack; two stacks with one state destroy each other's roles; an absolute path exists on one machine only.",
  source: "Terraform language, backends; measured with CDKTF 0.21",
  *check(stacks) {
    const first = new Map<string, { readonly stack: Stack; readonly backend: Labelled }>();
    for (const stack of stacks) {
      const backends = backendsOf(stack.value);
      if (backends.length === 0) yield missing(stack);
      for (const backend of backends) {
        const absolute = absolutePath(stack, backend);
        if (absolute !== undefined) yield absolute;
        const place = placeOf(stack, backend);
        const earlier = first.get(place);
        if (earlier === undefined) first.set(place, { stack, backend });
        else yield shared(stack, backend, earlier);
      }
    }
  },
};

function backendsOf(stack: unknown): Labelled[] {
  return [...blocks(memberOf(stack, "terraform"), ["terraform"])].flatMap(({ value, at }) => [
    ...labelled(memberOf(value, "backend"), [...at, "backend"]),
    ...[...blocks(memberOf(value, "cloud"), [...at, "cloud"])]
      .filter((cloud) => cloud.value !== undefined)
      .map((cloud) => ({ label: "cloud", ...cloud })),
  ]);
}

function missing({ file }: Stack): TerraformFinding {
  return {
    file,
    at: ["terraform"],
    atKey: true,
    message: "the stack has no backend: its state would be in the output folder",
    help: "add a backend, one for each account, keyed by account ID",
  };
}

function absolutePath(
  { file }: Stack,
  { label, value, at }: Labelled,
): TerraformFinding | undefined {
  const path = memberOf(value, "path");
  if (label !== "local" || typeof path !== "string") return undefined;
  if (!/^(?:\/|[A-Za-z]:[\\/])/.test(path)) return undefined;
  return {
    file,
    at: [...at, "path"],
    message: `the state is at \`${path}\`, a path on one machine`,
    help: "write a path relative to the folder of the stack",
  };
}

/** Where a state is kept; a relative path counts from the folder of its stack. */
function placeOf({ file }: Stack, { label, value }: Labelled): string {
  const path = memberOf(value, "path");
  if (label !== "local") return JSON.stringify([label, value]);
  if (typeof path !== "string") return JSON.stringify([label, file]);
  const folder = file.split("/").slice(0, -1);
  return JSON.stringify([
    label,
    path.startsWith("/") ? path : resolved([...folder, ...path.split("/")]),
  ]);
}

function resolved(steps: readonly string[]): string {
  const done: string[] = [];
  for (const step of steps) {
    if (step === ".." && done.length > 0 && done.at(-1) !== "..") done.pop();
    else if (step !== "." && step !== "") done.push(step);
  }
  return done.join("/");
}

function shared(
  { file }: Stack,
  { at }: Labelled,
  earlier: { readonly stack: Stack; readonly backend: Labelled },
): TerraformFinding {
  return {
    file,
    at,
    atKey: true,
    message: `the stack keeps its state where \`${earlier.stack.file}\` keeps its own`,
    help: "key each state by account ID",
    related: { file: earlier.stack.file, at: earlier.backend.at, message: "first one here" },
  };
}
