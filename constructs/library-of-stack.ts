import { TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";

/**
 * Throws where the stack of a construct comes from another library than `cdktf`, such as its fork `cdktn`: its
 * stacks call methods that elements of `cdktf` do not have, which at synthesis is a TypeError without a place.
 * Another copy of the same library is fine: it recognizes elements by symbols that all copies share.
 */
export function checkLibrary(construct: IConstruct): void {
  const stack: unknown = TerraformStack.of(construct);
  if (stack instanceof TerraformStack) return;
  if (ownMethods(stack).every((name) => name in TerraformStack.prototype)) return;
  throw new Error(
    `${construct.node.path}: its stack is not from \`cdktf\`, which trustwheel's constructs are built with. ` +
      "Use a stack from `cdktf`, or put `cdktn` in its place by an override of npm (docs/constructs.md)",
  );
}

/** Names of what the stack's own library defines for stacks. */
function ownMethods(stack: unknown): string[] {
  let prototype: unknown = Object.getPrototypeOf(stack);
  while (typeof prototype === "object" && prototype !== null) {
    if (prototype.constructor.name === TerraformStack.name) {
      return Object.getOwnPropertyNames(prototype);
    }
    prototype = Object.getPrototypeOf(prototype);
  }
  return [];
}
