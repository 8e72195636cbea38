import type { RoleCall } from "../../../lib/access/decide/decide-call";
import type { PrincipalKind } from "../../../lib/account-map/model/principal";
import type { Caller } from "../../../lib/iam/condition/caller";
import type { OneOrMore } from "../../../lib/iam/policy-document";

/** Accounts of the maps in which words are tried. */
export const TOOLS = "111111111111";
export const SHOP = "222222222222";
export const VENDOR = "999999999999";
const TIME = "2026-01-01T00:00:00Z";

/** A call without its role. */
export type Call = Omit<RoleCall, "roleArn">;

/** A principal as a map writes it, with who it means and who is near it and is not meant. */
export interface PrincipalWord {
  /** Unique, and a key of the map. */
  readonly name: string;
  /** The entry, with its conditions. */
  readonly entry: Readonly<Record<string, unknown>>;
  /** The start of a chain, where it is written otherwise. @default - the entry */
  readonly start?: Readonly<Record<string, unknown>>;
  /**
   * Calls that are meant.
   *
   * @param home id of the role's account
   */
  readonly calls: (home: string) => readonly Call[];
  /** What becomes of them: `unknown` where the caller's own permission is not in the Terraform. */
  readonly decision: "allowed" | "unknown";
  /** Calls that are not meant, with all that the right ones say. */
  readonly strangers: (home: string) => readonly Call[];
  /** What a review of its arrival says. */
  readonly reviewed: string;
  /** Why adoption does not take the role back, per position. @default - it does */
  readonly refused?: Partial<Record<Position, string>>;
}

/** Where a principal stands: the hub's, a spoke's own, and the start of a chain. */
export type Position = "hub" | "spoke" | "chain";

function call(
  caller: Caller,
  keys: Record<string, OneOrMore> = {},
  more: Partial<Call> = {},
): Call {
  return { caller, time: TIME, keys: { "sts:RoleSessionName": "run", ...keys }, ...more };
}

const session = (account: string, name: string, sessionName = "run"): Caller => ({
  kind: "role-session",
  roleArn: `arn:aws:iam::${account}:role/${name}`,
  sessionName,
});
const user = (account: string, name: string): Caller => ({
  kind: "user",
  arn: `arn:aws:iam::${account}:user/${name}`,
});
const service = (name: string): Caller => ({ kind: "service", service: name });
const web = (provider: string): Caller => ({ kind: "web-identity", provider });
const provider = (home: string, issuer: string): Caller =>
  web(`arn:aws:iam::${home}:oidc-provider/${issuer}`);
const saml = (home: string): Caller => ({
  kind: "saml",
  provider: `arn:aws:iam::${home}:saml-provider/corp`,
});

const GITHUB = "token.actions.githubusercontent.com";
const CIRCLECI = "oidc.circleci.com/org/01234567-89ab-4cde-8f01-23456789abcd";
const POOL = "eu-central-1:01234567-89ab-cdef-0123-456789abcdef";
const CLUSTER = `arn:aws:eks:eu-central-1:${TOOLS}:cluster/main`;
const ANCHOR = `arn:aws:rolesanywhere:eu-central-1:${TOOLS}:trust-anchor/01234567-89ab-cdef-0123-456789abcdef`;
const SSO = "aws-reserved/sso.amazonaws.com/eu-central-1/AWSReservedSSO";

const github = (home: string, sub: string, more: Record<string, string> = {}): Call =>
  call(provider(home, GITHUB), {
    [`${GITHUB}:aud`]: "sts.amazonaws.com",
    [`${GITHUB}:sub`]: sub,
    ...more,
  });
const GITHUB_STRANGERS = (home: string): Call[] => [
  github(home, "repo:example-orgs/platform:ref:refs/heads/main"),
  github(home, "repo:example-org/platform:ref:refs/heads/other"),
];

const POD_TAGS = {
  "eks-cluster-arn": CLUSTER,
  "eks-cluster-name": "main",
  "kubernetes-namespace": "monitoring",
  "kubernetes-pod-name": "collector-0",
  "kubernetes-pod-uid": "0123",
  "kubernetes-service-account": "collector",
};
const pods = (tags: Record<string, string> = {}): Call =>
  call(service("pods.eks.amazonaws.com"), {}, { tags: { ...POD_TAGS, ...tags } });

const certificate = (keys: Record<string, string> = {}): Call =>
  call(
    service("rolesanywhere.amazonaws.com"),
    {
      "aws:SourceArn": ANCHOR,
      "aws:PrincipalTag/x509Subject/CN": "builder",
      "aws:PrincipalTag/x509Subject/OU": "Platform",
      ...keys,
    },
    { sourceIdentity: "CN=builder", tags: { "x509Subject/CN": "builder" } },
  );

/** The providers that words refer to. */
export const PROVIDERS = {
  circleci: { oidc: { url: `https://${CIRCLECI}` } },
  google: { oidc: { url: "https://accounts.google.com", audiences: ["example-deployments"] } },
  cognito: { oidc: { url: "https://cognito-identity.amazonaws.com" } },
  facebook: { oidc: { url: "https://graph.facebook.com" } },
  amazon: { oidc: { url: "https://www.amazon.com" } },
  enterprise: { oidc: { url: `https://${GITHUB}/example` } },
  corp: { saml: {} },
};

/** Every kind of principal, each in forms that use all its words. */
export const PRINCIPAL_WORDS: Readonly<Record<PrincipalKind, readonly PrincipalWord[]>> = {
  user: [
    {
      name: "ann",
      entry: { user: { account: "tools", name: "ann", path: "/people/", create: true } },
      calls: () => [call(user(TOOLS, "people/ann"))],
      decision: "allowed",
      strangers: () => [call(user(TOOLS, "ann")), call(user(VENDOR, "people/ann"))],
      reviewed: "user/people/ann",
    },
  ],
  role: [
    {
      name: "runner",
      entry: { role: { account: "tools", name: ["runner", "builder"], path: "/ci/" } },
      calls: () => [call(session(TOOLS, "ci/runner")), call(session(TOOLS, "ci/builder"))],
      decision: "allowed",
      strangers: () => [call(session(TOOLS, "runner")), call(session(VENDOR, "ci/runner"))],
      reviewed: "role/ci/runner",
    },
  ],
  account: [
    {
      name: "everybody",
      entry: { account: { account: "shop" } },
      calls: () => [call(session(SHOP, "any")), call(user(SHOP, "any"))],
      decision: "unknown",
      strangers: () => [call(session(VENDOR, "any")), call(service("sns.amazonaws.com"))],
      reviewed: `arn:aws:iam::${SHOP}:root`,
    },
  ],
  permissionSet: [
    {
      name: "engineers",
      entry: { permissionSet: { account: "tools", name: "Engineer" } },
      calls: () => [
        call(session(TOOLS, `${SSO}_Engineer_0123456789abcdef`, "ann@example.com")),
        call(
          session(TOOLS, "aws-reserved/sso.amazonaws.com/AWSReservedSSO_Engineer_fedcba9876543210"),
        ),
      ],
      decision: "unknown",
      strangers: () => [
        call(session(TOOLS, `${SSO}_Engineers_0123456789abcdef`)),
        call(session(TOOLS, "AWSReservedSSO_Engineer_0123456789abcdef")),
      ],
      reviewed: "AWSReservedSSO_Engineer_",
    },
    {
      name: "operators",
      entry: { permissionSet: { account: "tools", namePattern: "Operator-*" } },
      calls: () => [call(session(TOOLS, `${SSO}_Operator-Night_0123456789abcdef`))],
      decision: "unknown",
      strangers: () => [call(session(TOOLS, `${SSO}_Operator_0123456789abcdef`))],
      reviewed: "AWSReservedSSO_Operator-",
    },
  ],
  githubActions: [
    {
      name: "github",
      entry: {
        githubActions: {
          repository: "example-org/platform",
          branch: "main",
          tag: "v1",
        },
      },
      calls: (home) =>
        ["ref:refs/heads/main", "ref:refs/tags/v1"].map((run) =>
          github(home, `repo:example-org/platform:${run}`),
        ),
      decision: "allowed",
      strangers: GITHUB_STRANGERS,
      reviewed: GITHUB,
    },
    {
      name: "pull-requests",
      entry: { githubActions: { repository: "example-org/platform", pullRequest: true } },
      calls: (home) => [github(home, "repo:example-org/platform:pull_request")],
      decision: "allowed",
      strangers: GITHUB_STRANGERS,
      reviewed: GITHUB,
    },
    {
      name: "immutable",
      entry: {
        githubActions: {
          repository: "example-org/platform",
          environment: "production",
          ref: "refs/heads/main",
          subject: "both",
          ownerId: "1001",
          repositoryId: "2002",
          provider: "enterprise",
        },
      },
      calls: (home) =>
        ["repo:example-org/platform", "repo:example-org@1001/platform@2002"].map((repository) =>
          call(provider(home, `${GITHUB}/example`), {
            [`${GITHUB}/example:aud`]: "sts.amazonaws.com",
            [`${GITHUB}/example:sub`]: `${repository}:environment:production`,
            [`${GITHUB}/example:ref`]: "refs/heads/main",
          }),
        ),
      decision: "allowed",
      strangers: (home) => [
        github(home, "repo:example-org/platform:environment:production", {
          [`${GITHUB}:ref`]: "refs/heads/main",
        }),
        call(provider(home, `${GITHUB}/example`), {
          [`${GITHUB}/example:aud`]: "sts.amazonaws.com",
          [`${GITHUB}/example:sub`]: "repo:example-org/platform:environment:production",
          [`${GITHUB}/example:ref`]: "refs/heads/other",
        }),
      ],
      reviewed: `${GITHUB}/example`,
    },
  ],
  oidc: [
    {
      name: "circleci",
      entry: {
        oidc: {
          provider: "circleci",
          subject: "org/01234567-89ab-4cde-8f01-23456789abcd/project/*",
          audience: "01234567-89ab-4cde-8f01-23456789abcd",
          claims: { "oidc.circleci.com/project-id": "76543210-89ab-4cde-8f01-23456789abcd" },
        },
      },
      calls: (home) => [
        call(provider(home, CIRCLECI), {
          [`${CIRCLECI}:aud`]: "01234567-89ab-4cde-8f01-23456789abcd",
          [`${CIRCLECI}:sub`]: "org/01234567-89ab-4cde-8f01-23456789abcd/project/p/user/u",
          [`${CIRCLECI}:oidc.circleci.com/project-id`]: "76543210-89ab-4cde-8f01-23456789abcd",
        }),
      ],
      decision: "allowed",
      strangers: (home) => [
        call(provider(home, CIRCLECI), {
          [`${CIRCLECI}:aud`]: "01234567-89ab-4cde-8f01-23456789abcd",
          [`${CIRCLECI}:sub`]: "org/01234567-89ab-4cde-8f01-23456789abcd/project/p/user/u",
          [`${CIRCLECI}:oidc.circleci.com/project-id`]: "00000000-89ab-4cde-8f01-23456789abcd",
        }),
      ],
      reviewed: CIRCLECI,
    },
    {
      name: "google",
      entry: {
        oidc: { provider: "google", subject: "103456789012345678901", claims: { azp: "104" } },
      },
      calls: () => [
        call(web("accounts.google.com"), {
          "accounts.google.com:aud": "104",
          "accounts.google.com:oaud": "example-deployments",
          "accounts.google.com:sub": "103456789012345678901",
        }),
      ],
      decision: "allowed",
      strangers: (home) => [
        call(web("accounts.google.com"), {
          "accounts.google.com:aud": "example-deployments",
          "accounts.google.com:oaud": "example-deployments",
          "accounts.google.com:sub": "103456789012345678901",
        }),
        call(provider(home, "accounts.google.com"), {
          "accounts.google.com:aud": "104",
          "accounts.google.com:oaud": "example-deployments",
          "accounts.google.com:sub": "103456789012345678901",
        }),
      ],
      reviewed: "accounts.google.com",
    },
    {
      name: "google-user",
      entry: { oidc: { provider: "google", subject: "105" } },
      calls: () => [
        call(web("accounts.google.com"), {
          "accounts.google.com:aud": "anything",
          "accounts.google.com:oaud": "example-deployments",
          "accounts.google.com:sub": "105",
        }),
      ],
      decision: "allowed",
      strangers: () => [
        call(web("accounts.google.com"), {
          "accounts.google.com:aud": "example-deployments",
          "accounts.google.com:oaud": "other",
          "accounts.google.com:sub": "105",
        }),
      ],
      reviewed: "accounts.google.com",
    },
    {
      name: "cognito",
      entry: { oidc: { provider: "cognito", audience: POOL, claims: { amr: "authenticated" } } },
      calls: () => [
        call(web("cognito-identity.amazonaws.com"), {
          "cognito-identity.amazonaws.com:aud": POOL,
          "cognito-identity.amazonaws.com:sub": "eu-central-1:0",
          "cognito-identity.amazonaws.com:amr": ["authenticated", "accounts.google.com"],
        }),
      ],
      decision: "allowed",
      strangers: () => [
        call(web("cognito-identity.amazonaws.com"), {
          "cognito-identity.amazonaws.com:aud": POOL,
          "cognito-identity.amazonaws.com:sub": "eu-central-1:0",
          "cognito-identity.amazonaws.com:amr": "unauthenticated",
        }),
      ],
      reviewed: "cognito-identity.amazonaws.com",
    },
    {
      name: "facebook",
      entry: { oidc: { provider: "facebook", subject: "1001", audience: "2002" } },
      calls: () => [
        call(web("graph.facebook.com"), {
          "graph.facebook.com:app_id": "2002",
          "graph.facebook.com:id": "1001",
        }),
      ],
      decision: "allowed",
      strangers: () => [
        call(web("graph.facebook.com"), {
          "graph.facebook.com:app_id": "2002",
          "graph.facebook.com:id": "1002",
        }),
      ],
      reviewed: "graph.facebook.com",
    },
    {
      name: "amazon",
      entry: { oidc: { provider: "amazon", audience: "amzn1.application.0123" } },
      calls: () => [
        call(web("www.amazon.com"), {
          "www.amazon.com:app_id": "amzn1.application.0123",
          "www.amazon.com:user_id": "amzn1.account.A",
        }),
      ],
      decision: "allowed",
      strangers: () => [
        call(web("www.amazon.com"), {
          "www.amazon.com:app_id": "amzn1.application.9999",
          "www.amazon.com:user_id": "amzn1.account.A",
        }),
      ],
      reviewed: "www.amazon.com",
    },
  ],
  saml: [
    {
      name: "corp",
      entry: { saml: { provider: "corp", attributes: { "SAML:sub": "ann" } } },
      calls: (home) => [
        call(saml(home), {
          "SAML:aud": "https://signin.aws.amazon.com/saml",
          "SAML:sub": "ann",
        }),
      ],
      decision: "allowed",
      strangers: (home) => [
        call(saml(home), {
          "SAML:aud": "https://signin.aws.amazon.com/saml",
          "SAML:sub": "bob",
        }),
      ],
      reviewed: "saml-provider/corp",
    },
  ],
  instanceProfile: [
    {
      name: "instances",
      entry: { instanceProfile: { name: "instances" } },
      start: { instanceProfile: { account: "tools", role: "instances" } },
      calls: () => [call(service("ec2.amazonaws.com"))],
      decision: "allowed",
      strangers: () => [call(service("ecs-tasks.amazonaws.com")), call(session(TOOLS, "any"))],
      reviewed: "ec2.amazonaws.com",
    },
  ],
  podIdentity: [
    {
      name: "pods",
      entry: {
        podIdentity: { cluster: CLUSTER, namespace: "monitoring", serviceAccount: "collector" },
      },
      calls: () => [pods()],
      decision: "allowed",
      strangers: () => [
        pods({ "kubernetes-namespace": "other" }),
        pods({ "kubernetes-service-account": "other" }),
        pods({ "eks-cluster-arn": CLUSTER.replace("main", "other") }),
      ],
      reviewed: "pods.eks.amazonaws.com",
    },
  ],
  service: [
    {
      name: "scheduler",
      entry: {
        service: {
          name: "scheduler",
          sourceArn: `arn:aws:scheduler:eu-central-1:${TOOLS}:schedule-group/nightly`,
          sourceAccount: true,
        },
      },
      calls: (home) => [
        call(service("scheduler.amazonaws.com"), {
          "aws:SourceArn": `arn:aws:scheduler:eu-central-1:${TOOLS}:schedule-group/nightly`,
          "aws:SourceAccount": home,
        }),
      ],
      decision: "allowed",
      strangers: (home) => [
        call(service("scheduler.amazonaws.com"), {
          "aws:SourceArn": `arn:aws:scheduler:eu-central-1:${TOOLS}:schedule-group/nightly`,
          "aws:SourceAccount": VENDOR,
        }),
        call(service("events.amazonaws.com"), {
          "aws:SourceArn": `arn:aws:scheduler:eu-central-1:${TOOLS}:schedule-group/nightly`,
          "aws:SourceAccount": home,
        }),
      ],
      reviewed: "scheduler.amazonaws.com",
    },
    {
      name: "user-pool",
      entry: { service: { name: "cognito-idp" }, externalId: "pool-1" },
      calls: () => [call(service("cognito-idp.amazonaws.com"), { "sts:ExternalId": "pool-1" })],
      decision: "allowed",
      strangers: () => [
        call(service("cognito-idp.amazonaws.com")),
        call(service("cognito-idp.amazonaws.com"), { "sts:ExternalId": "pool-2" }),
      ],
      reviewed: "cognito-idp.amazonaws.com",
    },
  ],
  rolesAnywhere: [
    {
      name: "certificates",
      entry: {
        rolesAnywhere: {
          trustAnchor: ANCHOR,
          commonName: "builder",
          organizationalUnit: "Platform",
        },
      },
      calls: () => [certificate()],
      decision: "allowed",
      strangers: () => [
        certificate({ "aws:SourceArn": ANCHOR.replace("abcdef", "000000") }),
        certificate({ "aws:PrincipalTag/x509Subject/CN": "other" }),
        certificate({ "aws:PrincipalTag/x509Subject/OU": "Other" }),
      ],
      reviewed: "rolesanywhere.amazonaws.com",
    },
  ],
  organizationalUnit: [
    {
      name: "workloads",
      entry: {
        organizationalUnit: {
          unit: "/Workloads",
          organization: "example",
          includeChildren: false,
        },
      },
      calls: () => [call(session(SHOP, "any"))],
      decision: "unknown",
      strangers: () => [call(session(TOOLS, "any")), call(session(VENDOR, "any"))],
      reviewed: '"from":"*"',
    },
  ],
  foreignAccount: [
    {
      name: "vendor",
      entry: {
        foreignAccount: {
          id: VENDOR,
          partition: "aws",
          role: "scanner",
          reason: "scans the accounts",
        },
        externalId: "scan-1",
      },
      calls: () => [call(session(VENDOR, "scanner"), { "sts:ExternalId": "scan-1" })],
      decision: "unknown",
      strangers: () => [
        call(session(VENDOR, "scanner")),
        call(session(VENDOR, "other"), { "sts:ExternalId": "scan-1" }),
      ],
      reviewed: `arn:aws:iam::${VENDOR}:role/scanner`,
    },
    {
      name: "vendor-user",
      entry: {
        foreignAccount: {
          id: VENDOR,
          user: "bot",
          organization: "none",
          reason: "backs up the accounts",
        },
        externalId: "backup-1",
      },
      calls: () => [call(user(VENDOR, "bot"), { "sts:ExternalId": "backup-1" })],
      decision: "unknown",
      strangers: () => [call(user(VENDOR, "other"), { "sts:ExternalId": "backup-1" })],
      reviewed: `arn:aws:iam::${VENDOR}:user/bot`,
    },
  ],
};
