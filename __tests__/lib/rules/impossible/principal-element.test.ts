import { parseAwsPrincipal } from "../../../../lib/iam/condition/aws-principal";
import { valuesOf } from "../../../../lib/iam/policy-document";
import { permissionDocuments, trustStatements } from "../../../support/plans/planned-map";
import type { PlannedMap } from "../../../support/plans/planned-map";
import { samplePlans } from "../../../support/arbitrary/sample-plans";

function everyMap(check: (planned: PlannedMap) => void): void {
  samplePlans().forEach(check);
}

test("TR-14: every trust statement names one kind of principal, and one principal of it", () => {
  const kinds = new Set<string>();
  everyMap(({ plan }) => {
    for (const { statement } of trustStatements(plan)) {
      expect(Object.keys(statement.Principal ?? {})).toHaveLength(1);
      for (const [kind, values] of Object.entries(statement.Principal ?? {})) {
        kinds.add(kind);
        expect(typeof values).toBe("string");
      }
    }
  });
  expect([...kinds].sort()).toEqual(["AWS", "Federated", "Service"]);
});

test("TR-04, TR-20: an AWS principal is everyone, an account, or a role: never a session, a unique id or a pattern", () => {
  const forms = new Set<string>();
  everyMap(({ plan }) => {
    for (const { statement } of trustStatements(plan)) {
      const { AWS } = statement.Principal === "*" ? {} : (statement.Principal ?? {});
      for (const value of valuesOf(AWS)) forms.add(parseAwsPrincipal(value).form);
    }
  });
  expect([...forms].sort()).toEqual(["account", "anyone", "entity"]);
});

test("CK-08: a principal that is everyone comes with an organization", () => {
  let everyone = 0;
  everyMap(({ plan }) => {
    for (const { statement } of trustStatements(plan)) {
      const { AWS } = statement.Principal === "*" ? {} : (statement.Principal ?? {});
      if (AWS !== "*") continue;
      everyone += 1;
      expect(statement.Condition?.StringEquals?.["aws:PrincipalOrgID"]).toEqual(["o-exampleorg1"]);
    }
  });
  expect(everyone).toBeGreaterThan(20);
});

test("TR-12: a hub is named by its account and pinned by its ARN, unless the map asks for its ARN as principal", () => {
  const seen = { account: 0, roleArn: 0 };
  everyMap(({ map, plan }) => {
    const modes = new Map([...map.hubs.values()].map((hub) => [hub.at, hub.trustMode] as const));
    for (const { from, to } of plan.edges) {
      if (from.kind !== "role") continue;
      const mode = modes.get(from.role.at) ?? "account";
      const { partition, id } = from.account;
      const principal = mode === "account" ? `arn:${partition}:iam::${id}:root` : from.role.arn;
      const pins = mode === "account" ? [from.role.arn] : undefined;
      const own = to.trust.Statement.filter(
        ({ Principal, Action, Condition }) =>
          typeof Principal === "object" &&
          Action === "sts:AssumeRole" &&
          Principal.AWS === principal &&
          JSON.stringify(Condition?.ArnEquals?.["aws:PrincipalArn"]) === JSON.stringify(pins),
      );
      expect(own.length).toBeGreaterThan(0);
      seen[mode] += 1;
    }
  });
  expect(Math.min(seen.account, seen.roleArn)).toBeGreaterThan(20);
});

test("PB-04: no document has NotPrincipal", () => {
  everyMap(({ plan }) => {
    const identity = permissionDocuments(plan).flatMap((document) => document.Statement);
    const trust = trustStatements(plan).map(({ statement }) => statement);
    expect([...identity, ...trust].filter((each) => each.NotPrincipal !== undefined)).toEqual([]);
  });
});
