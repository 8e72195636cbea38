import { mkdirSync, writeFileSync } from "node:fs";
import { CommandProject } from "../../support/projects/command-project";
import type { CommandResult } from "../../support/projects/command-project";
import { policyDocument } from "../../../lib/iam/policy-document";
import type { Statement } from "../../../lib/iam/policy-document";

const MAP = `organizations: { example: { id: o-exampleorg1 } }
accounts:
  tools: { id: "111111111111" }
  shop: { id: "222222222222" }
hubs:
  bots:
    account: tools
    role: bots-hub
    principals: { bot: { user: { name: bot, create: true } } }
spokes:
  deployer:
    hubs: [bots]
    accounts: { keys: [shop] }
    permissions: { managed: [job-function/ViewOnlyAccess] }
`;
const DEPLOYER = "arn:aws:iam::222222222222:role/deployer";

const controls = (targets: readonly string[], ...statements: readonly Statement[]): string =>
  JSON.stringify({
    service: [{ name: "guard", targets, document: policyDocument(statements) }],
  });
const NO_DEPLOYER: Statement = {
  Sid: "NoDeployer",
  Effect: "Deny",
  Action: "sts:AssumeRole",
  Resource: DEPLOYER,
};

const REGION: Statement = {
  Sid: "Region",
  Effect: "Deny",
  Action: "*",
  Resource: "*",
  Condition: { StringNotEquals: { "aws:RequestedRegion": "eu-west-1" } },
};
const NETWORK: Statement = {
  Sid: "Network",
  Effect: "Deny",
  Action: "*",
  Resource: "*",
  Condition: {
    NotIpAddressIfExists: { "aws:SourceIp": "203.0.113.0/24" },
    StringNotEqualsIfExists: { "aws:SourceVpc": "vpc-11111111" },
  },
};

const project = new CommandProject();

beforeAll(() => {
  writeFileSync("accounts.yaml", MAP);
  writeFileSync("denied.json", controls(["/"], NO_DEPLOYER));
  writeFileSync("elsewhere.json", controls(["shop"], NO_DEPLOYER));
  writeFileSync("truncated.json", controls(["/"], NO_DEPLOYER).slice(0, -5));
  writeFileSync("unknown-unit.json", controls(["/Sandbox"], NO_DEPLOYER));
  writeFileSync("region.json", controls(["/"], REGION));
  const ArnNotLike = {
    "aws:PrincipalArn": ["arn:aws:iam::*:role/bots-hub", "arn:aws:iam::*:user/bot"],
  };
  const exempt = { ...REGION, Condition: { ...REGION.Condition, ArnNotLike } };
  writeFileSync("region-exempt.json", controls(["/"], exempt));
  writeFileSync("network.json", controls(["/"], NETWORK));
  mkdirSync("folder");
});

afterAll(() => {
  project.remove();
});

function trustwheel(...args: readonly string[]): Promise<CommandResult> {
  return project.run(args);
}

const ASKED = ["bots-hub@tools", "assume", "deployer@shop"] as const;

describe("--control-policies", () => {
  test("lets prove refute what they deny, with policy and statement, and says that they take part", async () => {
    const { code, stdout } = await trustwheel("prove", "--control-policies", "denied.json");
    expect(code).toBe(1);
    expect(stdout).toContain(
      "is a declared caller, but is denied: service control policy: the statement applies (guard, statement NoDeployer)",
    );
    expect(stdout).toMatch(/\nrefuted: 2 roles/);
    expect(stdout).toContain(
      "\n  control policies other than those that take part: 1 service and 0 resource control policies\n",
    );
  });

  test("lets prove succeed where they bind others", async () => {
    const file = ["--control-policies", "elsewhere.json"];
    expect(await trustwheel("prove", ...file)).toMatchObject({ code: 0, stderr: "" });
    const { stdout } = await trustwheel("prove", ...file, "--format", "json");
    const { verdict, notCovered } = JSON.parse(stdout) as Record<string, unknown>;
    expect(verdict).toBe("proved");
    expect(notCovered).toContain(
      "control policies other than those that take part: 1 service and 0 resource control policies",
    );
  });

  test("lets can name the statement that denies", async () => {
    expect(await trustwheel("can", ...ASKED)).toMatchObject({ code: 0 });
    const { code, stdout } = await trustwheel("can", ...ASKED, "--control-policies", "denied.json");
    expect({ code, stdout }).toEqual({
      code: 1,
      stdout:
        "denied\n  service control policy: explicit-deny: the statement applies (guard, statement NoDeployer)\n",
    });
  });

  test("leaves out of reach what they deny", async () => {
    const denied = ["--control-policies", "denied.json"];
    expect((await trustwheel("reach", "bot@tools")).stdout).toContain("reaches 2 roles\n");
    expect((await trustwheel("reach", "bot@tools", ...denied)).stdout).toContain(
      "reaches 1 role\n",
    );
    expect((await trustwheel("who-can", "assume", "deployer@shop", ...denied)).stdout).toContain(
      "0 callers can assume it\n",
    );
  });

  test("leave a key that nobody says open, and matter where it decides", async () => {
    const named = (name: string): string[] => ["--control-policies", name];
    const { code, stdout } = await trustwheel("can", ...ASKED, ...named("region.json"));
    expect({ code, lines: stdout.split("\n").slice(0, 2) }).toEqual({
      code: 1,
      lines: [
        "unknown",
        "  service control policy: unknown: StringNotEquals aws:RequestedRegion: the request does not say it (guard, statement Region)",
      ],
    });
    const region = ["--with", "aws:RequestedRegion=eu-west-1"];
    expect(await trustwheel("can", ...ASKED, ...region, ...named("region.json"))).toMatchObject({
      code: 0,
    });
    expect(await trustwheel("can", ...ASKED, ...named("region-exempt.json"))).toMatchObject({
      code: 0,
    });
    expect(await trustwheel("prove", ...named("region.json"))).toMatchObject({ code: 1 });
    expect(await trustwheel("prove", ...named("region-exempt.json"))).toMatchObject({ code: 0 });
  });

  test("leave the network open: a call has an address or an endpoint", async () => {
    const network = ["--control-policies", "network.json"];
    const { code, stdout } = await trustwheel("can", ...ASKED, ...network);
    expect({ code, decision: stdout.split("\n")[0] }).toEqual({ code: 1, decision: "unknown" });
    for (const [key, expected] of [
      ["aws:SourceIp=203.0.113.7", 0],
      ["aws:SourceIp=198.51.100.7", 1],
      ["aws:SourceVpc=vpc-11111111", 0],
    ] as const) {
      const answer = await trustwheel("can", ...ASKED, "--with", key, ...network);
      expect([key, answer.code]).toEqual([key, expected]);
    }
  });

  test("of the map do not block what they exempt, and block what they leave unknown", async () => {
    const organization = MAP.replace(
      "{ example: { id: o-exampleorg1 } }",
      "{ example: { id: o-exampleorg1, controlPolicies: { service: [{ document: region, targets: [/] }] } } }",
    );
    const document = { Version: "2012-10-17", Statement: [REGION] };
    mkdirSync("synth/policies", { recursive: true });
    process.chdir("synth");
    try {
      writeFileSync("policies/region.json", JSON.stringify(document));
      writeFileSync("accounts.yaml", organization);
      const unknown = await trustwheel("synth");
      expect(unknown.code).toBe(1);
      expect(unknown.stdout + unknown.stderr).toContain("[proof-unknown]");
      const said = organization.replace(
        "accounts:\n",
        "defaults: { calledFrom: { regions: [eu-west-1] } }\naccounts:\n",
      );
      writeFileSync("accounts.yaml", said);
      expect(await trustwheel("synth")).toMatchObject({ code: 0 });
      const proved = await trustwheel("prove", "--dir", "cdktf.out");
      expect(proved.stdout).toContain(
        "\n  calls come from the regions and networks that `calledFrom` says\n",
      );
    } finally {
      process.chdir(project.folder);
    }
  });

  test("are listed by explain", async () => {
    const denied = ["--control-policies", "denied.json"];
    expect((await trustwheel("explain", "deployer@shop")).stdout).not.toContain("control polic");
    expect((await trustwheel("explain", "bots-hub@tools", ...denied)).stdout).toMatch(
      /\nservice control policies\n {2}FullAWSAccess\n {2}guard\n$/,
    );
    const { stdout } = await trustwheel("explain", "bots-hub@tools", ...denied, "-f", "json");
    expect(JSON.parse(stdout)).toMatchObject({
      controlPolicies: { service: ["FullAWSAccess", "guard"], resource: [] },
    });
  });

  test.each([
    ["truncated.json", "truncated.json:1:", "not valid JSON"],
    ["unknown-unit.json", "unknown-unit.json:1:", "there is no unit `/Sandbox`"],
    ["missing.json", "missing.json", "there is no such file"],
    ["folder", "folder", "it is a folder"],
  ])("of %s gives 2 and never a verdict", async (file, place, problem) => {
    for (const args of [["prove"], ["can", ...ASKED], ["reach", "bot@tools"]]) {
      const { code, stdout, stderr } = await trustwheel(...args, "--control-policies", file);
      expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
      expect(stderr).toContain(place);
      expect(stderr).toContain(problem);
    }
  });
});
