import type { PrincipalKind } from "../../../../lib/account-map/model/principal";
import { readAccountMap } from "../../../../lib/account-map/read/read-account-map";

const PRINCIPALS: Readonly<Record<PrincipalKind, string>> = {
  user: "{ name: staff }",
  role: "{ name: staff }",
  account: "{}",
  permissionSet: "{ name: Staff }",
  githubActions: "{ repository: example-org/app, branch: main }",
  oidc: "{ provider: gitlab, subject: app }",
  saml: "{ provider: adfs }",
  instanceProfile: "{}",
  podIdentity: "{}",
  service: "{ name: lambda }",
  rolesAnywhere:
    '{ trustAnchor: "arn:aws:rolesanywhere:eu-central-1:111111111111:trust-anchor/example" }',
  organizationalUnit: "{ unit: /A }",
  foreignAccount: '{ id: "999999999999", reason: the scanner of our vendor }',
};

const CONDITIONS = {
  mfa: "true",
  sourceIps: "[203.0.113.7]",
  vpcEndpoints: "[vpce-0123456789abcdef0]",
  notBefore: '"2027-01-01T00:00:00Z"',
  notAfter: '"2027-12-31T00:00:00Z"',
  sourceIdentity: "{ values: [me] }",
  sessionTags: "{ team: {} }",
  externalId: "example-1",
  grant: "declared",
} as const;
type Condition = keyof typeof CONDITIONS;

const WINDOW: readonly Condition[] = ["notBefore", "notAfter"];
const NETWORK: readonly Condition[] = ["sourceIps", "vpcEndpoints"];
const SESSION: readonly Condition[] = ["sourceIdentity", "sessionTags"];
const OWN_HALF: readonly Condition[] = ["externalId", "grant"];

/** What each kind can meet, by the rules CK-11, CK-15, TR-01, TR-15, TR-17 and TR-19. */
const FITTING: Readonly<Record<PrincipalKind, readonly Condition[]>> = {
  user: ["mfa", ...NETWORK, ...WINDOW, ...SESSION, ...OWN_HALF],
  account: ["mfa", ...NETWORK, ...WINDOW, ...SESSION, ...OWN_HALF],
  foreignAccount: ["mfa", ...NETWORK, ...WINDOW, ...SESSION, ...OWN_HALF],
  role: [...NETWORK, ...WINDOW, ...SESSION, ...OWN_HALF],
  permissionSet: [...NETWORK, ...WINDOW, ...SESSION, ...OWN_HALF],
  organizationalUnit: [...NETWORK, ...WINDOW, ...SESSION, ...OWN_HALF],
  oidc: [...NETWORK, ...WINDOW, ...SESSION],
  saml: [...NETWORK, ...WINDOW, ...SESSION],
  githubActions: [...NETWORK, ...WINDOW],
  instanceProfile: WINDOW,
  podIdentity: WINDOW,
  service: WINDOW,
  rolesAnywhere: WINDOW,
};

function findingsOf(kind: PrincipalKind, condition: Condition): string[] {
  const external = kind === "foreignAccount" && condition !== "externalId";
  const text = `organizations:
  example: { id: o-exampleorg1, root: r-ex01, units: { /A: ou-ex01-aaaaaaaa } }
identityProviders:
  gitlab: { oidc: { url: "https://gitlab.example.com" } }
  adfs: { saml: {} }
accounts:
  one: { id: "111111111111" }
hubs:
  people:
    account: one
    principals:
      entry:
        ${kind}: ${PRINCIPALS[kind]}
        ${condition}: ${CONDITIONS[condition]}
${external ? "        externalId: example-1\n" : ""}`;
  const input = { file: "accounts.yaml", text, documents: new Map(), readFile: () => undefined };
  return readAccountMap(input).diagnostics.map(({ message }) => message);
}

describe.each(Object.keys(PRINCIPALS) as PrincipalKind[])("a principal of kind %s", (kind) => {
  test.each(Object.keys(CONDITIONS) as Condition[])(
    "%s is taken only where it can be met",
    (condition) => {
      const findings = findingsOf(kind, condition);
      if (FITTING[kind].includes(condition)) expect(findings).toEqual([]);
      else {
        expect(findings).toEqual([
          expect.stringContaining(
            `\`${condition}\` does not fit a principal of kind \`${kind}\`: `,
          ),
        ]);
      }
    },
  );
});
