import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isKnownAction } from "../../../lib/iam/escalation/action-access";
import { valuesOf } from "../../../lib/iam/policy-document";
import type { PolicyDocument } from "../../../lib/iam/policy-document";
import { accountPlanPermissions } from "../../../lib/bootstrap/read-statements";
import { deploymentPermissions } from "../../../lib/bootstrap/deployment-role";
import { RESOURCE_ACTIONS } from "../../../lib/bootstrap/resource-actions";
import { ROOT, synthesizeFolder } from "../../support/project";
import type { SynthesizedStacks } from "../../support/project";

const ENTITIES = {
  location: { partition: "aws", accountId: "222222222222" },
  rolePaths: ["/access/"],
  policyPath: "/access/",
  users: [{ path: "/", name: "bot" }],
  grantees: [
    { kind: "role", name: "runner" },
    { kind: "user", name: "ann" },
  ],
  oidcUrls: ["https://gitlab.example.com"],
  samlNames: ["idp"],
} as const;

const deployment = deploymentPermissions({
  entities: ENTITIES,
  boundaryArns: ["arn:aws:iam::222222222222:policy/guard"],
  protectedRoleArns: ["arn:aws:iam::222222222222:role/deployer"],
}).document;
const reading = accountPlanPermissions(ENTITIES);

const SEEDS = join(ROOT, "__tests__", "fixtures", "seeds");

/** Types of all resources that the example, the fixtures and the constructs themselves bring about. */
function synthesizedTypes(): Set<string> {
  const trees: SynthesizedStacks[] = [
    synthesizeFolder(ROOT),
    ...readdirSync(SEEDS, { recursive: true, withFileTypes: true })
      .filter(({ name }) => name === "accounts.yaml")
      .map(({ parentPath }) => synthesizeFolder(parentPath)),
  ];
  return new Set(
    trees.flatMap((each) =>
      [...each.tree.stacks.keys()].flatMap((key) => Object.keys(each.stack(key).resource ?? {})),
    ),
  );
}

/** Types of all resources that the constructs import from the provider. */
function importedTypes(): Set<string> {
  const folder = join(ROOT, "constructs");
  const texts = readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((entry) =>
    entry.isFile() ? [readFileSync(join(entry.parentPath, entry.name), "utf8")] : [],
  );
  return new Set(
    texts
      .flatMap((text) => [...text.matchAll(/@cdktf\/provider-aws\/lib\/([a-z-]+)/g)])
      .flatMap(([, name = ""]) =>
        name === "provider" ? [] : [`aws_${name.replaceAll("-", "_")}`],
      ),
  );
}

function allowedActions({ Statement }: PolicyDocument): Set<string> {
  return new Set(
    Statement.flatMap(({ Effect, Action }) => (Effect === "Allow" ? valuesOf(Action) : [])),
  );
}

function actionsOf(kinds: readonly ("create" | "read" | "update" | "delete")[]): string[] {
  const all = Object.values(RESOURCE_ACTIONS).flatMap((each) =>
    kinds.flatMap((kind) => each[kind]),
  );
  return [...new Set(all)].sort();
}

describe("the actions that resources take", () => {
  test("are known of every type that is synthesized", () => {
    const types = [...synthesizedTypes()];
    expect(types).toContain("aws_iam_role");
    expect(types.filter((type) => !Object.hasOwn(RESOURCE_ACTIONS, type))).toEqual([]);
  });

  test("are known of every type that can be synthesized, and of no other", () => {
    expect(Object.keys(RESOURCE_ACTIONS).sort()).toEqual([...importedTypes()].sort());
  });

  test("are actions that AWS has", () => {
    const all = actionsOf(["create", "read", "update", "delete"]);
    expect(all.filter((action) => !isKnownAction(action))).toEqual([]);
  });

  test("are what a deployment role may do, all of them and nothing else", () => {
    const needed = actionsOf(["create", "read", "update", "delete"]);
    expect([...allowedActions(deployment)].sort()).toEqual(needed);
  });

  test("are, for reading, what the role that plans assume may do, and nothing else", () => {
    // To delete a role or a policy, Terraform reads more, which is allowed to both roles.
    const read = new Set(actionsOf(["read"]));
    const more = [...allowedActions(reading)].filter((action) => !read.has(action));
    expect(more.sort()).toEqual(["iam:ListInstanceProfilesForRole", "iam:ListPolicyVersions"]);
    expect([...read].filter((action) => !allowedActions(reading).has(action))).toEqual([]);
  });
});
