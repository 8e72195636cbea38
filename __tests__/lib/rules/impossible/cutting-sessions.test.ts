import { evaluatePolicy } from "../../../../lib/iam/condition/evaluate-policy";
import { requestContext } from "../../../../lib/iam/condition/request-context";
import { synthesizeMap } from "../../../support/project";

const MAP = `
accounts:
  shop: { id: "111111111111" }
hubs:
  repair:
    account: shop
    maxSession: 8h
    principals:
      contractor: { user: { name: contractor }, notAfter: "2026-09-30T18:00:00Z" }
    permissions:
      statements:
        - { Effect: Allow, Action: "s3:GetObject", Resource: "*" }
        - Effect: Deny
          Action: "*"
          Resource: "*"
          Condition: { DateGreaterThan: { "aws:CurrentTime": "2026-09-30T18:00:00Z" } }
`;

// TB-02: permissions of a session are evaluated at each request, so that a denial ends it.
describe("a denial of everything after a moment (TB-02)", () => {
  const document = synthesizeMap(MAP).inlinePolicy("shop", "hub-repair", "statements");
  const decisionAt = (moment: string): string => {
    const roleArn = "arn:aws:iam::111111111111:role/repair";
    return evaluatePolicy("identity", document, {
      caller: { kind: "role-session", roleArn, sessionName: "contractor" },
      action: "s3:GetObject",
      resource: "arn:aws:s3:::example-orders/today",
      context: requestContext({
        "aws:CurrentTime": moment,
        "aws:TokenIssueTime": "2026-09-30T17:59:00Z",
      }),
    }).decision;
  };

  test("arrives as it is written", () => {
    expect(document.Statement).toContainEqual({
      Effect: "Deny",
      Action: "*",
      Resource: "*",
      Condition: { DateGreaterThan: { "aws:CurrentTime": "2026-09-30T18:00:00Z" } },
    });
  });

  test.each([
    ["2026-09-30T17:59:59Z", "allow"],
    ["2026-09-30T18:00:00Z", "allow"],
    ["2026-09-30T18:00:01Z", "explicit-deny"],
  ])("decides a request of a running session at %s: %s", (moment, decision) => {
    expect(decisionAt(moment)).toBe(decision);
  });
});
