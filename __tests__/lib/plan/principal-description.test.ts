import type {
  AccountIdentity,
  OidcProvider,
  Principal,
} from "../../../lib/account-map/model/principal";
import type { OrganizationId } from "../../../lib/iam/identifier";
import { describePrincipal } from "../../../lib/plan/principal-description";

const HOME: AccountIdentity = { id: "111111111111", partition: "aws" };
const PEOPLE: AccountIdentity = { id: "222222222222", partition: "aws" };
const GITLAB: OidcProvider = {
  key: "gitlab",
  kind: "oidc",
  url: "https://gitlab.com",
  audiences: ["https://gitlab.com"],
  create: false,
};
const DIRECTORY = {
  key: "directory",
  kind: "saml",
  name: "Directory",
  create: false,
  metadata: undefined,
} as const;

const DESCRIBED: readonly [string, Principal][] = [
  [
    "user ann, bob in 222222222222",
    { kind: "user", account: PEOPLE, names: ["ann", "bob"], path: "/", create: false },
  ],
  ["role jump in 111111111111", { kind: "role", account: undefined, names: ["jump"], path: "/" }],
  ["account 222222222222", { kind: "account", account: PEOPLE }],
  [
    "permission set *-Admin in 222222222222",
    { kind: "permissionSet", account: PEOPLE, pattern: "*-Admin" },
  ],
  [
    "GitHub Actions of example-org/app",
    {
      kind: "githubActions",
      owner: "example-org",
      repository: "app",
      branches: ["main"],
      tags: [],
      environments: [],
      pullRequest: false,
      refs: [],
      subject: "legacy",
      provider: GITLAB,
    },
  ],
  [
    "project_path:group/app of gitlab.com",
    {
      kind: "oidc",
      provider: GITLAB,
      subjects: ["project_path:group/app"],
      audiences: ["https://gitlab.com"],
      claims: new Map(),
    },
  ],
  ["SAML provider Directory", { kind: "saml", provider: DIRECTORY, attributes: new Map() }],
  ["EC2 instances with its profile", { kind: "instanceProfile", profileName: undefined }],
  [
    "pods by EKS Pod Identity",
    {
      kind: "podIdentity",
      clusterArn: undefined,
      namespace: undefined,
      serviceAccount: undefined,
    },
  ],
  ["service lambda", { kind: "service", service: "lambda", sourceArns: [], sourceAccount: false }],
  [
    "certificates by IAM Roles Anywhere",
    {
      kind: "rolesAnywhere",
      trustAnchorArn: "arn:aws:rolesanywhere:eu-central-1:111111111111:trust-anchor/anchor",
      commonNames: [],
      organizationalUnits: [],
    },
  ],
  [
    "OU o-exampleorg1/r-ex01/",
    {
      kind: "organizationalUnit",
      organization: { id: "o-exampleorg1" as OrganizationId },
      orgPath: "o-exampleorg1/r-ex01/",
      includeChildren: true,
    },
  ],
  [
    "external account 555555555555",
    {
      kind: "foreignAccount",
      accountId: "555555555555",
      partition: undefined,
      entity: undefined,
      reason: "scanner of a vendor",
    },
  ],
];

test.each(DESCRIBED)("a principal is called %s", (words, principal) => {
  expect(describePrincipal(principal, HOME)).toBe(words);
});
