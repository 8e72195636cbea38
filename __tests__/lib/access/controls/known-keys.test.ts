import { synthesize } from "../../../../constructs/synthesize";
import { accountDirectory } from "../../../../lib/access/account-directory";
import { provePlan } from "../../../../lib/access/proof/prove-plan";
import { checkMap } from "../../../support/project";
import { deny, outcomeUnder, proveUnder } from "../../../support/rules/control-proof";
import type { RootPolicies } from "../../../support/rules/control-proof";
import type { Proof } from "../../../../lib/access/proof/prove-plan";
import type { Statement } from "../../../../lib/iam/policy-document";

type Conditions = Statement["Condition"];

const mapWith = (hub: string, spoke = "", top = ""): string => `
organizations: { example: { id: o-exampleorg1, root: r-ex01, units: { /Bank: ou-ex01-bank0001 } } }
${top}
accounts:
  desk: { id: "111111111111" }
  bank: { id: "222222222222", unit: /Bank }
hubs:
  tellers: { account: desk, ${hub} }
spokes:
  vault: { hubs: [tellers], accounts: { keys: [bank] }, permissions: { managed: [job-function/ViewOnlyAccess] }${spoke} }
`;
const BOT = "principals: { bot: { user: { name: bot, create: true } } }";
const VAULT = "arn:aws:iam::222222222222:role/*";

const verdictOf = (map: string, policies: RootPolicies): Proof["verdict"] =>
  proveUnder(map, policies).verdict;

describe("tags that the Terraform writes are in the request", () => {
  const map = mapWith(
    `tags: { team: till }, ${BOT}`,
    ", tags: { tier: gold }",
    "tags: { owner: branch }",
  );
  const hop = (condition: Conditions, kind: "service" | "resource" = "service"): RootPolicies =>
    deny(kind, "sts:AssumeRole", condition, VAULT);

  test.each<[string, RootPolicies, Proof["verdict"]]>([
    ["the caller's tag", hop({ StringEquals: { "aws:PrincipalTag/team": "till" } }), "refuted"],
    [
      "the caller's tag, in another case of the key",
      hop({ StringEquals: { "aws:principaltag/TEAM": "till" } }),
      "refuted",
    ],
    ["another value", hop({ StringEquals: { "aws:PrincipalTag/team": "audit" } }), "proved"],
    [
      "an exemption by tag",
      hop({ StringNotEquals: { "aws:PrincipalTag/team": "till" } }),
      "proved",
    ],
    ["a tag that it does not have", hop({ Null: { "aws:PrincipalTag/tier": "false" } }), "proved"],
    [
      "a tag that everything gets",
      hop({ StringNotEquals: { "aws:PrincipalTag/owner": "branch" } }),
      "proved",
    ],
    [
      "a tag of everything, denied",
      hop({ StringEquals: { "aws:PrincipalTag/owner": "branch" } }),
      "refuted",
    ],
    [
      "the tag of the role that is assumed",
      hop({ StringEquals: { "aws:ResourceTag/tier": "gold" } }, "resource"),
      "refuted",
    ],
    [
      "the same by the key of IAM",
      hop({ StringEquals: { "iam:ResourceTag/tier": "gold" } }, "resource"),
      "refuted",
    ],
    [
      "an exemption by the role's tag",
      hop({ StringNotEquals: { "iam:ResourceTag/tier": "gold" } }, "resource"),
      "proved",
    ],
    [
      "the role's tag of everything",
      hop({ StringNotEquals: { "aws:ResourceTag/owner": "branch" } }, "resource"),
      "proved",
    ],
    [
      "the tag of a user that is made",
      deny("service", "sts:*", { StringNotEquals: { "aws:PrincipalTag/owner": "branch" } }),
      "proved",
    ],
  ])("%s", (_what, policies, verdict) => {
    expect(verdictOf(map, policies)).toBe(verdict);
  });

  test.each([
    ["a user that is made elsewhere", "principals: { bot: { user: { name: bot } } }"],
    ["a permission set", "principals: { staff: { permissionSet: { name: Teller } } }"],
  ])("those of %s are unknown", (_what, hub) => {
    const policies = deny("service", "sts:*", {
      StringEquals: { "aws:PrincipalTag/team": "audit" },
    });
    expect(verdictOf(mapWith(hub), policies)).toBe("unknown");
  });

  test("a tag that can be passed with the session need not be that of the role", () => {
    const passing = mapWith(
      "tags: { team: till }, principals: { staff: { permissionSet: { name: Teller }, sessionTags: { team: {}, shift: {} } } }",
    );
    const by = (key: string): RootPolicies =>
      deny(
        "service",
        "sts:AssumeRole",
        { StringEquals: { [`aws:PrincipalTag/${key}`]: "till" } },
        VAULT,
      );
    expect(verdictOf(passing, by("team"))).toBe("unknown");
    expect(verdictOf(passing, by("shift"))).toBe("unknown");
    expect(verdictOf(passing, by("owner"))).toBe("proved");
  });

  test("pods pass the tags of EKS and no others", () => {
    const pods = mapWith(
      'tags: { team: till }, principals: { pods: { podIdentity: { cluster: "arn:aws:eks:eu-west-1:111111111111:cluster/one" } } }',
    );
    const by = (key: string): RootPolicies =>
      deny(
        "service",
        "sts:AssumeRole",
        { StringNotEquals: { [`aws:PrincipalTag/${key}`]: "till" } },
        VAULT,
      );
    expect(verdictOf(pods, by("team"))).toBe("proved");
    expect(verdictOf(pods, by("kubernetes-namespace"))).toBe("unknown");
  });
});

describe("where a service's source account is, its organization is", () => {
  const serviceMap = (service: string): string => `
organizations: { example: { id: o-exampleorg1, root: r-ex01, units: { /Bank: ou-ex01-bank0001 } } }
accounts: { bank: { id: "222222222222", unit: /Bank } }
spokes:
  job:
    accounts: { keys: [bank] }
    permissions: { managed: [job-function/ViewOnlyAccess] }
    principals: { one: { ${service} } }
`;
  const SOURCE = "service: { name: scheduler, sourceAccount: true }";
  const deputy = (condition: Conditions): RootPolicies =>
    deny("resource", "sts:*", {
      ...condition,
      Null: { "aws:SourceAccount": "false" },
      Bool: { "aws:PrincipalIsAWSService": "true" },
    });

  test.each<[string, string, Conditions, Proof["verdict"]]>([
    [
      "its own organization",
      SOURCE,
      { StringNotEqualsIfExists: { "aws:SourceOrgID": "o-exampleorg1" } },
      "proved",
    ],
    [
      "another",
      SOURCE,
      { StringNotEqualsIfExists: { "aws:SourceOrgID": "o-elsewhere1" } },
      "refuted",
    ],
    [
      "its unit",
      SOURCE,
      {
        "ForAllValues:StringNotLike": {
          "aws:SourceOrgPaths": "o-exampleorg1/r-ex01/ou-ex01-bank0001/*",
        },
      },
      "proved",
    ],
    [
      "another unit",
      SOURCE,
      {
        "ForAllValues:StringNotLike": {
          "aws:SourceOrgPaths": "o-exampleorg1/r-ex01/ou-ex01-desk0001/*",
        },
      },
      "refuted",
    ],
    [
      "a service that may say for whom it calls",
      "service: { name: lambda }",
      { StringNotEqualsIfExists: { "aws:SourceOrgID": "o-exampleorg1" } },
      "proved",
    ],
    ["such a service, denied if it says so", "service: { name: lambda }", {}, "unknown"],
    ["a service that is known to say it", "service: { name: scheduler }", {}, "refuted"],
    [
      "instances",
      "instanceProfile: {}",
      { StringNotEqualsIfExists: { "aws:SourceOrgID": "o-exampleorg1" } },
      "proved",
    ],
  ])("%s", (_what, service, condition, verdict) => {
    expect(verdictOf(serviceMap(service), deputy(condition))).toBe(verdict);
  });

  test("a proof says that it takes the source for the role's account", () => {
    const { assumed } = proveUnder(
      serviceMap(SOURCE),
      deputy({ StringNotEquals: { "aws:SourceOrgID": "o-exampleorg1" } }),
    );
    expect(assumed).toEqual([
      "a service that says for which account it assumes a role says that of the role (IAM User Guide, id_roles_use_passrole)",
    ]);
  });
});

describe("where calls come from", () => {
  const said = (calledFrom: string): string =>
    mapWith(BOT, "", `defaults: { calledFrom: ${calledFrom} }`);
  const network = deny("service", "*", {
    NotIpAddressIfExists: { "aws:SourceIp": "203.0.113.0/24" },
    StringNotEqualsIfExists: { "aws:SourceVpc": "vpc-11111111" },
    BoolIfExists: { "aws:ViaAWSService": "false" },
  });
  const region = deny("service", "*", {
    StringNotEquals: { "aws:RequestedRegion": ["eu-west-1", "us-east-1"] },
  });
  const internet = deny("service", "*", {
    Null: { "aws:SourceVpc": "true", "aws:SourceIp": "true" },
  });
  const neither = deny("service", "*", {
    Null: { "aws:SourceVpc": "false", "aws:SourceIp": "false" },
  });

  test.each<[string, string, RootPolicies, Proof["verdict"]]>([
    ["nothing is said of the network", mapWith(BOT), network, "unknown"],
    ["a range within", said("{ sourceIps: [203.0.113.64/26] }"), network, "proved"],
    ["a range across", said("{ sourceIps: [203.0.112.0/23] }"), network, "unknown"],
    [
      "a range outside",
      said("{ sourceIps: [203.0.113.64/26, 198.51.100.0/24] }"),
      network,
      "refuted",
    ],
    ["a VPC", said("{ vpcs: [vpc-11111111] }"), network, "proved"],
    ["another VPC", said("{ vpcs: [vpc-11111111, vpc-22222222] }"), network, "refuted"],
    [
      "an endpoint, whose VPC is not said",
      said("{ vpcEndpoints: [vpce-11111111] }"),
      network,
      "unknown",
    ],
    [
      "an endpoint in a VPC",
      said("{ vpcEndpoints: [vpce-11111111], vpcs: [vpc-11111111] }"),
      network,
      "proved",
    ],
    [
      "both networks",
      said("{ sourceIps: [203.0.113.7], vpcs: [vpc-11111111] }"),
      network,
      "proved",
    ],
    ["a call has an address or a VPC", mapWith(BOT), internet, "proved"],
    ["and never both", mapWith(BOT), neither, "proved"],
    ["nothing is said of the region", mapWith(BOT), region, "unknown"],
    ["allowed regions", said("{ regions: [us-east-1, eu-west-1] }"), region, "proved"],
    ["one that is not allowed", said("{ regions: [eu-west-1, eu-central-1] }"), region, "refuted"],
    [
      "a moment that nobody knows",
      mapWith(BOT),
      deny("service", "*", { DateGreaterThan: { "aws:CurrentTime": "2026-06-01T00:00:00Z" } }),
      "unknown",
    ],
  ])("%s", (_what, map, policies, verdict) => {
    expect(verdictOf(map, policies)).toBe(verdict);
  });

  test("a principal says it for itself, part by part", () => {
    const own = (calledFrom: string): string =>
      mapWith(
        `principals: { bot: { user: { name: bot, create: true }, calledFrom: ${calledFrom} } }`,
        "",
        "defaults: { calledFrom: { regions: [eu-west-1], sourceIps: [203.0.113.7] } }",
      );
    expect(verdictOf(own("{ regions: [eu-central-1] }"), region)).toBe("refuted");
    expect(verdictOf(own("{ regions: [eu-central-1] }"), network)).toBe("proved");
    expect(verdictOf(own("{ sourceIps: [198.51.100.7] }"), network)).toBe("refuted");
    expect(verdictOf(own("{ sourceIps: [198.51.100.7] }"), region)).toBe("proved");
  });

  test("tokens and external accounts do not inherit it", () => {
    const map = (principal: string): string =>
      mapWith(
        `principals: { one: ${principal} }`,
        "",
        "defaults: { calledFrom: { regions: [eu-west-1] } }",
      );
    const guard = deny("resource", "sts:*", {
      StringNotEquals: { "aws:RequestedRegion": "eu-west-1" },
    });
    const github = "githubActions: { repository: example-org/vault, branch: main }";
    const vendor = `foreignAccount: { id: "999999999999", role: auditor, reason: an audit every year }, externalId: audit-1, grant: declared`;
    for (const principal of [github, vendor]) {
      expect(verdictOf(map(`{ ${principal} }`), guard)).toBe("unknown");
      expect(verdictOf(map(`{ ${principal}, calledFrom: { regions: [eu-west-1] } }`), guard)).toBe(
        "proved",
      );
    }
  });

  test("a proof says that it rests on it, where control policies take part", () => {
    const { assumed } = proveUnder(said("{ regions: [eu-west-1] }"), region);
    expect(assumed).toEqual(["calls come from the regions and networks that `calledFrom` says"]);
    expect(proveUnder(said("{ regions: [eu-west-1] }"), {}).assumed).toEqual([]);
  });
});

describe("a key that nobody says matters only where it can decide", () => {
  const exempt = (...names: string[]): RootPolicies =>
    deny("service", "*", {
      StringNotEquals: { "aws:RequestedRegion": "eu-west-1" },
      ArnNotLike: { "aws:PrincipalArn": names.map((name) => `arn:aws:iam::*:${name}`) },
    });

  test("every caller is exempt", () => {
    expect(verdictOf(mapWith(BOT), exempt("role/tellers", "user/bot"))).toBe("proved");
  });

  test("one is not", () => {
    expect(outcomeUnder(mapWith(BOT), exempt("role/tellers"))).toBe(
      "unknown\narn:aws:iam::111111111111:user/bot is a declared caller, but is not known to be allowed: service control policy: StringNotEquals aws:RequestedRegion: the request does not say it (scp, statement D)",
    );
  });

  test("an allow with a condition is no allow for certain", () => {
    const statement: Statement = { Effect: "Allow", Action: "*", Resource: "*" };
    const list = (Condition: Conditions): string => `
organizations: { example: { id: o-exampleorg1, controlPolicies: { service: [{ document: list, targets: [/] }], fullAccessDetached: [/] } } }
accounts: { desk: { id: "111111111111" } }
hubs: { tellers: { account: desk, ${BOT} } }
# ${JSON.stringify(Condition)}
`;
    const verdict = (Condition: Conditions): Proof["verdict"] => {
      const document = { Version: "2012-10-17", Statement: [{ ...statement, Condition }] };
      const { plan, map } = checkMap(list(Condition), { list: document });
      if (plan === undefined || map === undefined) throw new Error("the map has findings");
      return provePlan({
        plan,
        accounts: accountDirectory(map.accounts.values()),
        stacks: [...synthesize(plan).stacks].map(([stack, text]) => ({ stack, text })),
      }).verdict;
    };
    expect(verdict({ StringEquals: { "aws:RequestedRegion": "eu-west-1" } })).toBe("unknown");
    expect(verdict({ StringEquals: { "aws:PrincipalAccount": "111111111111" } })).toBe("proved");
    expect(verdict({ StringEquals: { "aws:PrincipalAccount": "222222222222" } })).toBe("refuted");
  });
});

describe("an assertion that holds only by a control policy", () => {
  const map = `
organizations: { example: { id: o-exampleorg1 } }
accounts: { desk: { id: "111111111111" }, bank: { id: "222222222222" } }
hubs:
  tellers:
    account: desk
    ${BOT}
    permissions: { statements: [{ Effect: Allow, Action: "sts:AssumeRole", Resource: "arn:aws:iam::222222222222:role/vault" }] }
spokes:
  vault:
    accounts: { keys: [bank] }
    permissions: { managed: [job-function/ViewOnlyAccess] }
    principals: { anyone: { account: { account: desk }, grant: declared } }
assertions:
  - never: { from: hub tellers, to: spoke vault }
  - maxHops: 4
`;
  const guard = deny(
    "service",
    "sts:AssumeRole",
    { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/tellers" } },
    "arn:aws:iam::222222222222:role/vault",
  );

  test("says so", () => {
    const { verdict, assumed } = proveUnder(map, guard);
    expect({ verdict, assumed }).toEqual({
      verdict: "proved",
      assumed: [
        "the assertion `never from hubs.tellers to spokes.vault` holds only by control policies: the policy `scp` (without them: arn:aws:iam::111111111111:role/tellers to arn:aws:iam::222222222222:role/vault)",
      ],
    });
  });

  test("and is broken without it", () => {
    const { verdict, problems } = proveUnder(map, {});
    expect(verdict).toBe("refuted");
    expect(problems.map(({ message }) => message)).toContain(
      "is never to be reached by arn:aws:iam::111111111111:role/tellers",
    );
  });
});
