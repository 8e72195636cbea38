import type { Caller } from "../../../../lib/iam/condition/caller";
import { matchNotPrincipal, matchPrincipal } from "../../../../lib/iam/condition/principal-match";
import type { PrincipalElement } from "../../../../lib/iam/policy-document";

const user: Caller = { kind: "user", arn: "arn:aws:iam::111111111111:user/team/ann" };
const session: Caller = {
  kind: "role-session",
  roleArn: "arn:aws:iam::111111111111:role/path/app",
  sessionName: "deploy",
};
const service: Caller = { kind: "service", service: "ec2.amazonaws.com" };
const provider = "arn:aws:iam::111111111111:oidc-provider/token.actions.githubusercontent.com";
const workflow: Caller = { kind: "web-identity", provider };
const saml: Caller = { kind: "saml", provider: "arn:aws:iam::111111111111:saml-provider/corp" };

describe("Principal", () => {
  test.each<[string, PrincipalElement | "*", Caller, string, string[]]>([
    ["everyone, a user", "*", user, "match", ["anyone"]],
    ["everyone, a service", "*", service, "match", ["anyone"]],
    ["every AWS principal", { AWS: "*" }, session, "match", ["anyone"]],
    ["every AWS principal, a service", { AWS: "*" }, service, "unknown", []],
    ["every AWS principal, a workflow", { AWS: "*" }, workflow, "unknown", []],
    ["account id", { AWS: "111111111111" }, session, "match", ["account"]],
    ["other account id", { AWS: "222222222222" }, session, "no-match", []],
    ["account root", { AWS: "arn:aws:iam::111111111111:root" }, user, "match", ["account"]],
    [
      "root of another partition",
      { AWS: "arn:aws-cn:iam::111111111111:root" },
      user,
      "no-match",
      [],
    ],
    [
      "role with path",
      { AWS: "arn:aws:iam::111111111111:role/path/app" },
      session,
      "match",
      ["role"],
    ],
    ["role without path", { AWS: "arn:aws:iam::111111111111:role/app" }, session, "no-match", []],
    [
      "role in other case",
      { AWS: "arn:aws:iam::111111111111:role/path/App" },
      session,
      "no-match",
      [],
    ],
    ["role for a user", { AWS: "arn:aws:iam::111111111111:role/team/ann" }, user, "no-match", []],
    ["user", { AWS: "arn:aws:iam::111111111111:user/team/ann" }, user, "match", ["user"]],
    [
      "session, without the role's path",
      { AWS: "arn:aws:sts::111111111111:assumed-role/app/deploy" },
      session,
      "match",
      ["session"],
    ],
    [
      "other session",
      { AWS: "arn:aws:sts::111111111111:assumed-role/app/other" },
      session,
      "no-match",
      [],
    ],
    ["service", { Service: "ec2.amazonaws.com" }, service, "match", ["service"]],
    ["other service", { Service: "lambda.amazonaws.com" }, service, "no-match", []],
    ["service for a user", { Service: "ec2.amazonaws.com" }, user, "no-match", []],
    ["OIDC provider", { Federated: provider }, workflow, "match", ["federated"]],
    ["OIDC provider, SAML caller", { Federated: provider }, saml, "no-match", []],
    ["SAML provider", { Federated: saml.provider }, saml, "match", ["federated"]],
    [
      "wildcard in a name (GR-07)",
      { AWS: "arn:aws:iam::111111111111:role/*" },
      session,
      "unknown",
      [],
    ],
    ["every service", { Service: "*" }, service, "match", ["service"]],
    ["every service, for a user", { Service: "*" }, user, "no-match", []],
    ["wildcard in a service (GR-08)", { Service: "*.amazonaws.com" }, service, "unknown", []],
    ["every provider", { Federated: "*" }, workflow, "match", ["federated"]],
    ["every provider, SAML caller", { Federated: "*" }, saml, "match", ["federated"]],
    ["every provider, for a service", { Federated: "*" }, service, "no-match", []],
    [
      "every provider, caller of a built-in one",
      { Federated: "*" },
      { kind: "web-identity", provider: "accounts.google.com" },
      "unknown",
      [],
    ],
    ["unique id (TR-20)", { AWS: "AROAEXAMPLEEXAMPLE11" }, session, "unknown", []],
    ["empty", {}, user, "unknown", []],
  ])("%s", (_name, element, caller, outcome, ways) => {
    expect(matchPrincipal(element, caller)).toMatchObject({ outcome, ways });
  });

  test("a list is OR and collects every way (TR-14)", () => {
    const element: PrincipalElement = {
      AWS: ["222222222222", "111111111111", "arn:aws:iam::111111111111:role/path/app"],
      Service: "ec2.amazonaws.com",
    };
    expect(matchPrincipal(element, session)).toMatchObject({
      outcome: "match",
      ways: ["account", "role"],
    });
    expect(matchPrincipal(element, service)).toMatchObject({ outcome: "match", ways: ["service"] });
    expect(matchPrincipal(element, user)).toMatchObject({ outcome: "match", ways: ["account"] });
  });

  test("a name beside a form that cannot be told still decides", () => {
    expect(matchPrincipal({ AWS: ["AROAEXAMPLEEXAMPLE11", "111111111111"] }, user).outcome).toBe(
      "match",
    );
  });
});

describe("NotPrincipal", () => {
  test("covers those it does not name", () => {
    expect(matchNotPrincipal({ AWS: "222222222222" }, session).outcome).toBe("match");
    expect(matchNotPrincipal({ Service: "ec2.amazonaws.com" }, service).outcome).toBe("no-match");
    expect(matchNotPrincipal("*", service).outcome).toBe("no-match");
  });

  test("excepts a role for certain only together with its account", () => {
    const role = "arn:aws:iam::111111111111:role/path/app";
    expect(matchNotPrincipal({ AWS: [role, "111111111111"] }, session).outcome).toBe("no-match");
    expect(matchNotPrincipal({ AWS: role }, session).outcome).toBe("unknown");
    expect(matchNotPrincipal({ AWS: "111111111111" }, session).outcome).toBe("unknown");
  });
});
