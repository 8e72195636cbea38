import { ANYTHING } from "../unread/unread";
import type { Possibility } from "../unread/unread";
import { couldChange } from "./could-change";
import type { IdentityDraft } from "./identities";
import { makesIdentities } from "./other-resources";
import type { Reading } from "./reading";
import type { OtherBlock } from "./stack-blocks";
import type { ReadStack, TerraformResource } from "./terraform-stack";

/**
 * Reports what `import` and `removed` blocks leave open: what a resource that exists already has besides what is
 * written, and what a resource that is no longer managed goes on permitting.
 */
export function readOtherBlocks(
  reading: Reading,
  stacks: readonly ReadStack[],
  drafts: readonly IdentityDraft[],
): void {
  for (const stack of stacks) {
    for (const block of stack.others ?? []) {
      const open =
        block.kind === "import"
          ? takenOver(block, stack, reading, drafts)
          : leftBehind(block, stack, reading);
      if (open === undefined) continue;
      const span = stack.locate?.(block.at);
      const place = { file: stack.file, ...(span === undefined ? {} : { span }) };
      const { reason, could } = open;
      const rule = "access-block";
      reading.diagnostics.push({ severity: "error", rule, ...place, message: reason });
      reading.unread.push({
        rule,
        stack: stack.stack,
        ...place,
        resource: block.address,
        reason,
        could,
      });
    }
  }
}

interface Open {
  readonly reason: string;
  readonly could: readonly Possibility[];
}

function takenOver(
  { address }: OtherBlock,
  { stack }: ReadStack,
  reading: Reading,
  drafts: readonly IdentityDraft[],
): Open | undefined {
  const type = typeOf(address);
  const resource = reading.find(stack, address);
  const what = `takes over ${address} by \`import\``;
  if (resource === undefined) {
    // Modules and repeated resources are told by themselves.
    if (!type.startsWith("aws_iam_") && !type.startsWith("module")) return undefined;
    return { reason: `${what}, which is not read`, could: ANYTHING };
  }
  if (type === "aws_iam_policy") {
    const account =
      resource.location === undefined ? {} : { accountId: resource.location.accountId };
    return {
      reason: `${what}: who has this policy already is not known`,
      could: [{ what: "permissions", how: "adds", ...account, sparesExclusive: true }],
    };
  }
  const draft = drafts.find((each) => each.resource === resource);
  if (draft === undefined || (draft.exclusive.inline && draft.exclusive.managed)) return undefined;
  return {
    reason: `${what}: what it has attached already is not known`,
    could: couldChange(resource, "adds", reading.find).filter(
      (each) => each.what === "permissions",
    ),
  };
}

function leftBehind({ address }: OtherBlock, stack: ReadStack, reading: Reading): Open | undefined {
  const type = typeOf(address);
  const what = `no longer manages ${address} by \`removed\`, and does not say \`lifecycle.destroy\`: true`;
  const reason = `${what}: what it permits may stay`;
  if (type.startsWith("module")) return { reason, could: ANYTHING };
  if (!type.startsWith("aws_iam_") && !makesIdentities(type)) return undefined;
  const [location, ...more] = stack.accounts;
  const left: TerraformResource = {
    stack: stack.stack,
    file: stack.file,
    type,
    address,
    attributes: {},
    ...(location === undefined || more.length > 0 ? {} : { location }),
  };
  return { reason, could: couldChange(left, "adds", reading.find) };
}

function typeOf(address: string): string {
  return address.slice(0, Math.max(address.indexOf("."), 0));
}
