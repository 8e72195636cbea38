import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformStack, Testing } from "cdktf";
import type { AccountProps } from "trustwheel";
import type { PolicyDocument } from "../../../lib/iam/policy-document";
import { unescapeTerraform } from "../../../lib/iam/policy-text";
import type { ParsedStack } from "../../support/project";

/** Accounts of one organization. */
export const TOOLS: AccountProps = { id: "111111111111", organizationId: "o-exampleorg1" };
export const SHOP: AccountProps = { id: "222222222222", organizationId: "o-exampleorg1" };
export const DATA: AccountProps = { id: "333333333333", organizationId: "o-exampleorg1" };

/** A document that permits one thing. */
export const READ_LOGS: PolicyDocument = {
  Version: "2012-10-17",
  Statement: [{ Sid: "Logs", Effect: "Allow", Action: "logs:GetLogEvents", Resource: "*" }],
};

/** A stack of somebody's own program, with nothing in it but a provider. */
export function plainStack(): TerraformStack {
  const stack = new TerraformStack(Testing.app(), "own-stack");
  new AwsProvider(stack, "aws", { region: "eu-central-1" });
  return stack;
}

/** A stack synthesized with all validations. */
export function synthesized(add: (stack: TerraformStack) => unknown): Resources {
  const stack = plainStack();
  add(stack);
  return new Resources(JSON.parse(Testing.synth(stack, true)) as ParsedStack);
}

/** What validation says about a stack, a line each, without the path of the construct. */
export function problems(add: (stack: TerraformStack) => unknown): string[] {
  const stack = plainStack();
  add(stack);
  try {
    Testing.synth(stack, true);
  } catch (error) {
    return String(error instanceof Error ? error.message : error)
      .split("\n")
      .flatMap((line) => /^\s*\[[^\]]*\] (.*)$/.exec(line)?.[1] ?? []);
  }
  return [];
}

/** The resources of a stack, found by what AWS calls them: addresses in a stack of somebody's own have hashes. */
export class Resources {
  readonly #stack: ParsedStack;

  constructor(stack: ParsedStack) {
    this.#stack = stack;
  }

  /** Resources of a type, in the order of their addresses. */
  ofType(type: string): Readonly<Record<string, unknown>>[] {
    return Object.values(this.#stack.resource?.[type] ?? {});
  }

  /** How many resources there are, by type. */
  counts(): Record<string, number> {
    return Object.fromEntries(
      Object.entries(this.#stack.resource ?? {}).map(([type, all]) => [
        type,
        Object.keys(all).length,
      ]),
    );
  }

  /** The one role of a name. */
  role(name: string): Readonly<Record<string, unknown>> {
    const [role, second] = this.ofType("aws_iam_role").filter((each) => each.name === name);
    if (role === undefined || second !== undefined) throw new Error(`not one role ${name}`);
    return role;
  }

  /** The trust policy of a role, as AWS would get it. */
  trust(name: string): PolicyDocument {
    return documentOf(this.role(name).assume_role_policy);
  }

  /** The inline policies of a role by name, as AWS would get them. */
  inlinePolicies(role: string): Record<string, PolicyDocument> {
    const [address] = Object.entries(this.#stack.resource?.aws_iam_role ?? {}).flatMap(
      ([id, { name }]) => (name === role ? [`\${aws_iam_role.${id}.name}`] : []),
    );
    return Object.fromEntries(
      this.ofType("aws_iam_role_policy")
        .filter((policy) => policy.role === address)
        .map(({ name, policy }) => [String(name), documentOf(policy)]),
    );
  }
}

function documentOf(text: unknown): PolicyDocument {
  return JSON.parse(unescapeTerraform(String(text))) as PolicyDocument;
}
