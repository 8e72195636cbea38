import type { AccountLocation } from "../../iam/arn";
import { ANYTHING } from "../unread/unread";
import { isReadType } from "./arguments/iam-arguments";
import { isUnreadType } from "./arguments/iam-types";
import { unreadArguments } from "./arguments/unread-arguments";
import { isOfUnknownProvider, makesIdentities, policiesNotRead } from "./other-resources";
import { report } from "./reading";
import type { PlacedResource, Reading, ReportMore } from "./reading";
import type { ReadStack, TerraformResource } from "./terraform-stack";

/** The resources of IAM in stacks whose account is known. */
export function placedResources(
  reading: Reading,
  stacks: readonly ReadStack[],
  accounts: Map<string, AccountLocation>,
): PlacedResource[] {
  const placed: PlacedResource[] = [];
  const folders = new Set<string>();
  for (const stack of stacks) {
    if (folders.has(stack.stack)) besideOthers(reading, stack);
    folders.add(stack.stack);
    const other = policiesNotRead(stack.resources.map(({ type }) => type));
    if (other !== undefined) {
      const { file } = stack;
      const rule = "access-resource";
      reading.diagnostics.push({ severity: "warning", rule, file, message: other });
    }
    for (const location of stack.accounts) accounts.set(location.accountId, location);
    for (const resource of stack.resources) {
      if (isPlaced(resource, reading)) placed.push(resource);
    }
  }
  return placed;
}

/** Terraform merges the files of a folder, and lets some of them replace what others say. */
function besideOthers(reading: Reading, { stack, file }: ReadStack): void {
  const message = `\`${stack}\` holds more than one file of Terraform: what they say together is unknown`;
  const rule = "access-files";
  reading.diagnostics.push({ severity: "error", rule, file, message });
  reading.unread.push({ rule, stack, file, reason: message, could: ANYTHING });
}

/** Whether a resource is one of IAM that is read, in an account that is known; what is not is reported. */
function isPlaced(resource: TerraformResource, reading: Reading): resource is PlacedResource {
  const { type, attributes } = resource;
  const say = (message: string, more?: ReportMore): void => {
    report(reading, resource, "access-resource", message, more);
  };
  for (const { argument, message } of unreadArguments(resource)) {
    const could = STARTING.has(argument) ? { could: ANYTHING } : {};
    say(message, { argument, ...could });
  }
  if (makesIdentities(type)) say("can make roles and policies that are not read");
  if (isOfUnknownProvider(type)) say("is of a provider that is not known: it could call IAM");
  if (!type.startsWith("aws_iam_")) return false;
  if (!isReadType(type)) {
    if (isUnreadType(type)) say("is of a type that is not read");
    return false;
  }
  if (attributes.count !== undefined || attributes.for_each !== undefined) {
    say("is repeated by count or for_each, which is not read");
    return false;
  }
  if (resource.location !== undefined) return true;
  report(reading, resource, "access-provider", "is in an account that is not known");
  return false;
}

/** Arguments by which a resource of any kind starts something that could do anything. */
const STARTING: ReadonlySet<string> = new Set(["lifecycle.action_trigger", "provisioner"]);
