import { synthesize } from "../../../constructs/synthesize";
import { readAccessGraph } from "../../../lib/access/read/read-access-graph";
import { assumingAction } from "../../../lib/access/decide/sts-action";
import type { StsAction } from "../../../lib/access/decide/sts-action";
import type { Caller } from "../../../lib/iam/condition/caller";
import { evaluatePolicy } from "../../../lib/iam/condition/evaluate-policy";
import { requestContext } from "../../../lib/iam/condition/request-context";
import type { OneOrMore, PolicyDocument } from "../../../lib/iam/policy-document";
import { naivelyAllowed } from "../../support/naive/naive-evaluator";
import { oneWayIn } from "../plan/support/one-way-in";
import type { WayInEntry } from "../plan/support/one-way-in";
import { planMap } from "../plan/support/planned-map";

/** The role that is entered, in an account of the organization `o-exampleorg1`. */
const TARGET = "arn:aws:iam::111111111111:role/target";

/** A request for it. A key without values is absent. */
interface Request {
  readonly caller: Caller;
  readonly keys: Readonly<Record<string, OneOrMore>>;
  /** @default - the one by which such a caller obtains a role */
  readonly action?: StsAction;
}

/** A way in, a request of one who should get in, and single changes after which the request stays out. */
type Row = readonly [name: string, wayIn: WayInEntry, request: Request, changes: Changes];
type Changes = Readonly<Record<string, Partial<Request>>>;

/** The trust policy that the Terraform of a map with this one way in writes. */
function trustOf(wayIn: WayInEntry): PolicyDocument {
  const { stacks } = synthesize(planMap(oneWayIn(wayIn)).plan);
  const { graph } = readAccessGraph([...stacks].map(([stack, text]) => ({ stack, text })));
  const trust = graph.roles.get(TARGET)?.trust;
  if (trust?.known !== true) throw new Error("the role is not made, or its trust is not readable");
  return trust.value;
}

/** What the library says, after the naive evaluator has said the same. */
function getsIn(trust: PolicyDocument, { caller, keys, action }: Request): boolean {
  const asked = action ?? assumingAction(caller.kind);
  const context = requestContext(keys);
  const request = { caller, action: asked, context };
  const { decision } = evaluatePolicy("trust", trust, { ...request, resource: TARGET });
  expect(naivelyAllowed(trust, { ...request, roleArn: TARGET })).toBe(decision === "allow");
  expect(decision).not.toBe("unknown");
  return decision === "allow";
}

const ORGANIZATION = { "aws:PrincipalOrgID": "o-exampleorg1" };
const PEOPLE = "222222222222";

function user(name: string, account = PEOPLE): Request {
  const arn = `arn:aws:iam::${account}:user/${name}`;
  return {
    caller: { kind: "user", arn },
    keys: { "aws:PrincipalArn": arn, "aws:PrincipalAccount": account, ...ORGANIZATION },
  };
}

function role(pathAndName: string, account = PEOPLE): Request {
  const arn = `arn:aws:iam::${account}:role/${pathAndName}`;
  return {
    caller: { kind: "role-session", roleArn: arn, sessionName: "session" },
    keys: { "aws:PrincipalArn": arn, "aws:PrincipalAccount": account, ...ORGANIZATION },
  };
}

function service(name: string, keys: Request["keys"] = {}): Request {
  return { caller: { kind: "service", service: name }, keys };
}

/** A request with other or more keys. */
function and(request: Request, keys: Request["keys"]): Request {
  return { ...request, keys: { ...request.keys, ...keys } };
}

const OTHER_ORGANIZATION = { "aws:PrincipalOrgID": "o-exampleorg2" };
const NO_ORGANIZATION = { "aws:PrincipalOrgID": [] };
const sso = (name: string): string =>
  `aws-reserved/sso.amazonaws.com/eu-central-1/AWSReservedSSO_${name}`;

const ANN = user("ann");
const HUB = role("hub");
const ADMIN = role(sso("Admin_0123456789abcdef"));
const IN_UNIT = and(role("anything", "999999999999"), {
  "aws:PrincipalOrgPaths": "o-exampleorg1/r-ex01/ou-ex01-workload/ou-ex01-wlprod01/",
});
const VENDOR = and(role("scanner", "555555555555"), {
  ...NO_ORGANIZATION,
  "sts:ExternalId": "our-id",
});

const IAM_CALLERS: readonly Row[] = [
  [
    "a user",
    { user: { account: "people", name: "ann" } },
    ANN,
    {
      "another user": user("bob"),
      "a user whose name begins the same": user("anna"),
      "a user of the same name with a path": user("team/ann"),
      "the user of another account": user("ann", "999999999999"),
      "another organization": and(ANN, OTHER_ORGANIZATION),
      "no organization": and(ANN, NO_ORGANIZATION),
      "a role of the same name": role("ann"),
    },
  ],
  [
    "a role",
    { role: { account: "people", name: "hub" } },
    HUB,
    {
      "another role": role("hub-two"),
      "a role of the same name with a path": role("team/hub"),
      "the role of another account": role("hub", "999999999999"),
      "another organization": and(HUB, OTHER_ORGANIZATION),
      "no organization": and(HUB, NO_ORGANIZATION),
      "a user of the same name": user("hub"),
    },
  ],
  [
    "an account",
    { account: { account: "people" } },
    role("anything"),
    {
      "another account": role("anything", "999999999999"),
      "another organization": and(role("anything"), OTHER_ORGANIZATION),
      "no organization": and(role("anything"), NO_ORGANIZATION),
    },
  ],
  [
    "a permission set",
    { permissionSet: { account: "people", name: "Admin" } },
    ADMIN,
    {
      "another permission set": role(sso("Audit_0123456789abcdef")),
      "a permission set with the same prefix": role(sso("Admin_Junior_0123456789abcdef")),
      "a permission set that ends the same": role(sso("Not_Admin_0123456789abcdef")),
      "a role that looks like it, without the reserved path": role(
        "AWSReservedSSO_Admin_0123456789abcdef",
      ),
      "another account": role(sso("Admin_0123456789abcdef"), "999999999999"),
      "another organization": and(ADMIN, OTHER_ORGANIZATION),
      "no organization": and(ADMIN, NO_ORGANIZATION),
    },
  ],
  [
    "an organizational unit",
    { organizationalUnit: { unit: "/Workloads" } },
    IN_UNIT,
    {
      "another unit": and(IN_UNIT, { "aws:PrincipalOrgPaths": "o-exampleorg1/r-ex01/ou-ex01-x/" }),
      "no path": and(IN_UNIT, { "aws:PrincipalOrgPaths": [] }),
      "another organization": and(IN_UNIT, OTHER_ORGANIZATION),
      "no organization": and(IN_UNIT, NO_ORGANIZATION),
    },
  ],
  [
    "an organizational unit without those below it",
    { organizationalUnit: { unit: "/Workloads/Prod", includeChildren: false } },
    IN_UNIT,
    {
      "a unit below it": and(IN_UNIT, {
        "aws:PrincipalOrgPaths":
          "o-exampleorg1/r-ex01/ou-ex01-workload/ou-ex01-wlprod01/ou-ex01-below001/",
      }),
      "the unit above it": and(IN_UNIT, {
        "aws:PrincipalOrgPaths": "o-exampleorg1/r-ex01/ou-ex01-workload/",
      }),
    },
  ],
  [
    "a foreign account",
    { foreignAccount: { id: "555555555555", reason: "scanner of a vendor" }, externalId: "our-id" },
    VENDOR,
    {
      "another account": and(role("scanner", "999999999999"), { "sts:ExternalId": "our-id" }),
      "no external id": and(VENDOR, { "sts:ExternalId": [] }),
      "a wrong external id": and(VENDOR, { "sts:ExternalId": "our-id-2" }),
      "the external id in other case": and(VENDOR, { "sts:ExternalId": "OUR-ID" }),
    },
  ],
  [
    "a role of a foreign account",
    {
      foreignAccount: { id: "555555555555", role: "scanner", reason: "scanner of a vendor" },
      externalId: "our-id",
    },
    VENDOR,
    { "another role": and(role("scanner-two", "555555555555"), { "sts:ExternalId": "our-id" }) },
  ],
];

const GITHUB = "token.actions.githubusercontent.com";
const GITLAB = "gitlab.com";

function token(issuer: string, claims: Readonly<Record<string, OneOrMore>>): Request {
  const provider = `arn:aws:iam::111111111111:oidc-provider/${issuer}`;
  const keys = Object.entries(claims).map(([claim, value]) => [`${issuer}:${claim}`, value]);
  return {
    caller: { kind: "web-identity", provider },
    keys: Object.fromEntries(keys) as Request["keys"],
  };
}

const github = (sub: string, more: Readonly<Record<string, OneOrMore>> = {}): Request =>
  token(GITHUB, { aud: "sts.amazonaws.com", sub, ...more });
const gitlab = (sub: string, more: Readonly<Record<string, OneOrMore>> = {}): Request =>
  token(GITLAB, { aud: "https://gitlab.com", sub, project_id: "42", ...more });
const SAML: Request = {
  caller: { kind: "saml", provider: "arn:aws:iam::111111111111:saml-provider/CorporateLogin" },
  keys: { "SAML:aud": "https://signin.aws.amazon.com/saml", "SAML:sub": "ann" },
};
const MAIN = "repo:example-org/app:ref:refs/heads/main";

const FEDERATED_CALLERS: readonly Row[] = [
  [
    "a branch of GitHub Actions",
    { githubActions: { repository: "example-org/app", branch: "main" } },
    github(MAIN),
    {
      "another branch": github("repo:example-org/app:ref:refs/heads/other"),
      "a branch that begins the same": github(`${MAIN}-two`),
      "a tag of the same name": github("repo:example-org/app:ref:refs/tags/main"),
      "a pull request": github("repo:example-org/app:pull_request"),
      "another repository": github("repo:example-org/app2:ref:refs/heads/main"),
      "another owner": github("repo:other-org/app:ref:refs/heads/main"),
      "another audience": github(MAIN, { aud: "https://github.com/example-org" }),
      "another issuer": token(GITLAB, { aud: "sts.amazonaws.com", sub: MAIN }),
      "the provider of another account": {
        caller: {
          kind: "web-identity",
          provider: `arn:aws:iam::999999999999:oidc-provider/${GITHUB}`,
        },
      },
    },
  ],
  [
    "an environment of GitHub Actions from one branch",
    {
      githubActions: {
        repository: "example-org/app",
        environment: "production",
        ref: "refs/heads/main",
      },
    },
    github("repo:example-org/app:environment:production", { ref: "refs/heads/main" }),
    {
      "another environment": github("repo:example-org/app:environment:test", {
        ref: "refs/heads/main",
      }),
      "another branch": github("repo:example-org/app:environment:production", {
        ref: "refs/heads/other",
      }),
      "no claim of the branch": github("repo:example-org/app:environment:production"),
    },
  ],
  [
    "another OIDC provider",
    {
      oidc: {
        provider: "gitlab",
        subject: "project_path:group/app:ref_type:branch:ref:main",
        claims: { project_id: "42" },
      },
    },
    gitlab("project_path:group/app:ref_type:branch:ref:main"),
    {
      "another project": gitlab("project_path:group/other:ref_type:branch:ref:main"),
      "another branch": gitlab("project_path:group/app:ref_type:branch:ref:other"),
      "another audience": gitlab("project_path:group/app:ref_type:branch:ref:main", { aud: "x" }),
      "another claim": gitlab("project_path:group/app:ref_type:branch:ref:main", {
        project_id: "43",
      }),
      "no claim": gitlab("project_path:group/app:ref_type:branch:ref:main", { project_id: [] }),
    },
  ],
  [
    "a SAML provider",
    { saml: { provider: "corporate", attributes: { "SAML:sub": ["ann"] } } },
    SAML,
    {
      "another subject": and(SAML, { "SAML:sub": "bob" }),
      "another audience": and(SAML, { "SAML:aud": "https://example.com/saml" }),
      "another provider": {
        caller: { kind: "saml", provider: "arn:aws:iam::111111111111:saml-provider/Other" },
      },
    },
  ],
];

const CLUSTER = "arn:aws:eks:eu-central-1:111111111111:cluster/main";
const POD = service("pods.eks.amazonaws.com", {
  "aws:RequestTag/eks-cluster-arn": CLUSTER,
  "aws:RequestTag/kubernetes-namespace": "shop",
  "aws:RequestTag/kubernetes-service-account": "orders-api",
});
const SCHEDULE = "arn:aws:scheduler:eu-central-1:111111111111:schedule/default/nightly";
const SCHEDULER = service("scheduler.amazonaws.com", {
  "aws:SourceArn": SCHEDULE,
  "aws:SourceAccount": "111111111111",
});
const ANCHOR =
  "arn:aws:rolesanywhere:eu-central-1:111111111111:trust-anchor/11111111-2222-3333-4444-555555555555";
const CERTIFICATE = service("rolesanywhere.amazonaws.com", {
  "aws:SourceArn": ANCHOR,
  "aws:PrincipalTag/x509Subject/CN": "build-7",
  "aws:PrincipalTag/x509Subject/OU": "Factory",
});

const SERVICES: readonly Row[] = [
  [
    "EC2 instances",
    { instanceProfile: {} },
    service("ec2.amazonaws.com"),
    { "another service": service("lambda.amazonaws.com"), "a user": ANN },
  ],
  [
    "pods",
    { podIdentity: { cluster: CLUSTER, namespace: "shop", serviceAccount: "orders-*" } },
    POD,
    {
      "another cluster": and(POD, { "aws:RequestTag/eks-cluster-arn": `${CLUSTER}-two` }),
      "another namespace": and(POD, { "aws:RequestTag/kubernetes-namespace": "data" }),
      "no namespace": and(POD, { "aws:RequestTag/kubernetes-namespace": [] }),
      "another service account": and(POD, {
        "aws:RequestTag/kubernetes-service-account": "billing",
      }),
      "another service": { caller: service("eks.amazonaws.com").caller },
    },
  ],
  [
    "a service on behalf of something",
    { service: { name: "scheduler", sourceArn: [SCHEDULE], sourceAccount: true } },
    SCHEDULER,
    {
      "another service": { caller: service("events.amazonaws.com").caller },
      "on behalf of something else": and(SCHEDULER, { "aws:SourceArn": `${SCHEDULE}-two` }),
      "on behalf of another account": and(SCHEDULER, { "aws:SourceAccount": "999999999999" }),
      "on nobody's behalf": service("scheduler.amazonaws.com"),
    },
  ],
  [
    "IAM Roles Anywhere",
    {
      rolesAnywhere: {
        trustAnchor: ANCHOR,
        commonName: "build-*",
        organizationalUnit: ["Factory"],
      },
    },
    CERTIFICATE,
    {
      "another trust anchor": and(CERTIFICATE, { "aws:SourceArn": `${ANCHOR}6` }),
      "another common name": and(CERTIFICATE, { "aws:PrincipalTag/x509Subject/CN": "test-7" }),
      "another unit": and(CERTIFICATE, { "aws:PrincipalTag/x509Subject/OU": "Depot" }),
      "no unit": and(CERTIFICATE, { "aws:PrincipalTag/x509Subject/OU": [] }),
    },
  ],
];

const CALLER = { user: { account: "people", name: "ann" } };
const NOON = "2027-01-15T12:00:00Z";
const at = (time: string): Request => and(ANN, { "aws:CurrentTime": time });
const MFA = and(ANN, {
  "aws:MultiFactorAuthPresent": "true",
  "aws:MultiFactorAuthAge": "3599",
});
const FROM = and(ANN, { "aws:SourceIp": "203.0.113.7" });
const THROUGH = and(ANN, {
  "aws:SourceVpce": "vpce-0123456789abcdef0",
  "aws:VpcSourceIp": "10.0.0.7",
});
const NAMED = and(ANN, { "sts:SourceIdentity": "ann@example.com" });
const TAGGED: Request = {
  ...and(ANN, { "aws:RequestTag/team": "shop", "aws:TagKeys": ["team"] }),
  action: "sts:TagSession",
};
const WITH_ID = and(ANN, { "sts:ExternalId": "current-id" });

const CONDITIONS: readonly Row[] = [
  [
    "MFA of some age",
    { ...CALLER, mfa: { maxAge: "1h" } },
    MFA,
    {
      "no MFA": and(MFA, { "aws:MultiFactorAuthPresent": "false", "aws:MultiFactorAuthAge": [] }),
      "not a word of MFA, as with an access key": ANN,
      "MFA that is too old": and(MFA, { "aws:MultiFactorAuthAge": "3600" }),
    },
  ],
  [
    "MFA of any age",
    { ...CALLER, mfa: true },
    and(MFA, { "aws:MultiFactorAuthAge": "999999" }),
    { "not a word of MFA": ANN, "no MFA": and(ANN, { "aws:MultiFactorAuthPresent": "false" }) },
  ],
  [
    "an address",
    { ...CALLER, sourceIps: ["203.0.113.0/24"] },
    FROM,
    {
      "another address": and(ANN, { "aws:SourceIp": "203.0.114.7" }),
      "an address of IPv6": and(ANN, { "aws:SourceIp": "2001:db8::7" }),
      "no address, as through an endpoint": THROUGH,
    },
  ],
  [
    "an endpoint",
    { ...CALLER, vpcEndpoints: ["vpce-0123456789abcdef0"] },
    THROUGH,
    {
      "another endpoint": and(THROUGH, { "aws:SourceVpce": "vpce-0123456789abcdef1" }),
      "no endpoint": FROM,
    },
  ],
  [
    "a time window",
    { ...CALLER, notBefore: "2027-01-01T00:00:00Z", notAfter: "2027-02-01T00:00:00Z" },
    at(NOON),
    {
      "before its beginning": at("2026-12-31T23:59:59Z"),
      "at its end": at("2027-02-01T00:00:00Z"),
      "after its end": at("2027-02-01T00:00:01Z"),
    },
  ],
  [
    "an external id",
    { ...CALLER, externalId: ["current-id", "previous-id"] },
    WITH_ID,
    {
      "no external id": ANN,
      "a wrong external id": and(ANN, { "sts:ExternalId": "next-id" }),
      "an external id with more behind it": and(ANN, { "sts:ExternalId": "current-id-2" }),
    },
  ],
  [
    "a source identity that is required",
    { ...CALLER, sourceIdentity: { values: ["*@example.com"], required: true } },
    NAMED,
    {
      none: ANN,
      another: and(ANN, { "sts:SourceIdentity": "ann@example.org" }),
    },
  ],
  [
    "a source identity, to be set",
    { ...CALLER, sourceIdentity: { values: ["*@example.com"] } },
    { ...NAMED, action: "sts:SetSourceIdentity" },
    {
      another: and(ANN, { "sts:SourceIdentity": "ann@example.org" }),
      "another caller": and(user("bob"), { "sts:SourceIdentity": "ann@example.com" }),
    },
  ],
  [
    "session tags",
    { ...CALLER, sessionTags: { team: { values: ["shop", "data-*"] } } },
    TAGGED,
    {
      "another value": and(TAGGED, { "aws:RequestTag/team": "payments" }),
      "one more tag": and(TAGGED, {
        "aws:RequestTag/role": "admin",
        "aws:TagKeys": ["team", "role"],
      }),
      "another caller": {
        caller: user("bob").caller,
        keys: { ...TAGGED.keys, ...user("bob").keys },
      },
    },
  ],
];

describe.each([
  ["IAM callers", IAM_CALLERS],
  ["federated callers", FEDERATED_CALLERS],
  ["services", SERVICES],
  ["conditions", CONDITIONS],
])("%s", (_, rows) => {
  test.each(rows)(
    "%s: who should gets in, and each single change stays out",
    (_name, wayIn, request, changes) => {
      const trust = trustOf(wayIn);
      expect(getsIn(trust, request)).toBe(true);
      const inside = Object.entries(changes).filter(([, change]) =>
        getsIn(trust, { ...request, ...change }),
      );
      expect(inside.map(([name]) => name)).toEqual([]);
    },
  );
});
