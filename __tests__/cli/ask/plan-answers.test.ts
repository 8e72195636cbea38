import { CommandProject } from "../../support/projects/command-project";
import type { CommandResult } from "../../support/projects/command-project";
import { synthesizeMap } from "../../support/project";
import {
  changeOf,
  remake,
  replan,
  standingPlan,
  untarget,
} from "../../support/plans/standing-plan";
import type { EditablePlan } from "../../support/plans/standing-plan";

const MAP = `organizations: { example: { id: o-exampleorg1 } }
accounts:
  tools: { id: "111111111111" }
  shop: { id: "222222222222" }
hubs:
  bots:
    account: tools
    role: bots-hub
    principals:
      bot:
        user: { name: bot, create: true }
        mfa: true
spokes:
  deployer:
    hubs: [bots]
    accounts: { keys: [shop] }
    externalId: deploy-1
    permissions: { documents: [deploy] }
`;
const DEPLOY =
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}]}';
const HUB = "aws_iam_role.hub-bots";
const LIST = "aws_iam_role_policies_exclusive.spoke-deployer_policies";

const { stacks } = synthesizeMap(MAP, { deploy: DEPLOY }).tree;
let project: CommandProject;

beforeEach(() => {
  project = new CommandProject();
  project.write("accounts.yaml", MAP);
  project.write("policies/deploy.json", DEPLOY);
});

afterEach(() => {
  project.remove();
});

/** Plans in which nothing is to be done, but for an edit. */
function write(edit: (tools: EditablePlan, shop: EditablePlan) => void = () => undefined): void {
  const of = (stack: string, id: string) => standingPlan(stacks.get(stack) ?? "", id);
  const [tools, shop] = [of("tools", "111111111111"), of("shop", "222222222222")];
  edit(tools, shop);
  project.write("tools.json", JSON.stringify(tools));
  project.write("shop.json", JSON.stringify(shop));
}

function ask(...args: readonly string[]): Promise<CommandResult> {
  return project.run([...args, "--plan", "tools.json", "shop.json"]);
}

const CAN = ["can", "bots-hub@tools", "assume", "deployer@shop"];
const WITH = ["--with", "sts:ExternalId=deploy-1"];

test("plans in which nothing is to be done are proved, and every question is answered", async () => {
  write();
  expect(await ask("prove")).toMatchObject({ code: 0, stderr: "" });
  expect(await ask(...CAN, ...WITH)).toMatchObject({ code: 0 });
});

test("a hub that is made anew has lost what it may assume", async () => {
  write((tools) => {
    remake(tools, HUB);
  });
  const proof = await ask("prove");
  expect(proof.code).toBe(1);
  expect(proof.stdout).toContain(
    "aws_iam_role_policy.hub-bots_policy-assume-roles stays as it is in the plan, and is lost with aws_iam_role.hub-bots, which is made anew",
  );
  expect(proof.stdout).toContain("\nrefuted: 2 roles");
  expect(await ask(...CAN, ...WITH)).toMatchObject({ code: 1 });
  const reached = await ask("reach", "bots-hub@tools");
  expect(reached.stdout).not.toContain("role/deployer by sts:AssumeRole\n");
});

test("a plan of a part is not proved, and answers what its state answers", async () => {
  write((_, shop) => {
    untarget(shop, LIST);
  });
  const proof = await ask("prove");
  expect(proof.code).toBe(1);
  expect(proof.stdout).toContain(
    `is a plan of a part: what it leaves out, such as ${LIST}, was not read anew, and is not corrected`,
  );
  expect(proof.stdout).toContain("\nunknown: 2 roles");
  expect(await ask(...CAN, ...WITH)).toMatchObject({ code: 0 });
});

describe("what drifted, and nobody knows what becomes of it", () => {
  beforeEach(() => {
    write((_, shop) => {
      const { change, ...place } = structuredClone(changeOf(shop, "aws_iam_role.spoke-deployer"));
      const after = { ...change.after, max_session_duration: 7200 };
      shop.resource_drift = [{ ...place, change: { ...change, actions: ["update"], after } }];
    });
  });

  test.each([
    ["can", [...CAN, ...WITH]],
    ["who-can", ["who-can", "assume", "deployer@shop"]],
    ["reach", ["reach", "bots-hub@tools"]],
    ["prove", ["prove"]],
  ])("%s answers unknown, to people and to machines", async (command, args) => {
    const reason = "is not the same in `resource_drift` and in `prior_state`";
    const text = await ask(...args);
    expect(text.code).toBe(1);
    expect(text.stdout).toContain("unknown");
    expect(text.stdout).toContain(reason);
    const json = await ask(...args, "--format", "json");
    expect(json.code).toBe(1);
    expect(json.stdout).toContain(reason);
    expect(JSON.parse(json.stdout)).toMatchObject(
      command === "prove"
        ? { verdict: "unknown" }
        : command === "can"
          ? { decision: "unknown" }
          : {},
    );
  });

  test("and nothing is unknown about others", async () => {
    const bot = await ask(
      "can",
      "bot@tools",
      "assume",
      "bots-hub@tools",
      "--with",
      "aws:MultiFactorAuthPresent=true",
    );
    expect(bot).toMatchObject({ code: 0 });
    expect(bot.stdout).toMatch(/^allowed\n/);
  });
});

test("a list that is forgotten refutes the proof", async () => {
  write((_, shop) => {
    changeOf(shop, LIST).change.actions = ["forget"];
    replan(shop, LIST, null);
  });
  const { code, stdout } = await ask("prove");
  expect(code).toBe(1);
  expect(stdout).toContain(
    `${LIST} is forgotten: what is attached by hand is no longer taken away`,
  );
  expect(stdout).toContain("\nrefuted: 2 roles");
});
