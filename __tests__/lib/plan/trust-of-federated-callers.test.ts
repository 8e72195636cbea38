import { ALL_CONDITIONS, trustOfWayIn } from "./support/one-way-in";

const { sourceIps, vpcEndpoints, notBefore, notAfter, sourceIdentity, sessionTags } =
  ALL_CONDITIONS;
const WINDOW = {
  DateGreaterThanEquals: { "aws:CurrentTime": "2027-01-01T00:00:00Z" },
  DateLessThan: { "aws:CurrentTime": "2027-02-01T00:00:00Z" },
};
const ADDRESS = { IpAddress: { "aws:SourceIp": ["198.51.100.7", "203.0.113.0/24"] } };
const ENDPOINT = { "aws:SourceVpce": "vpce-0123456789abcdef0" };

describe("a trust policy that lets in GitHub Actions", () => {
  const BASE = {
    Effect: "Allow",
    Principal: {
      Federated: "arn:aws:iam::111111111111:oidc-provider/token.actions.githubusercontent.com",
    },
    Action: "sts:AssumeRoleWithWebIdentity",
  } as const;
  const AUDIENCE = { "token.actions.githubusercontent.com:aud": "sts.amazonaws.com" };

  function subjectsOf(githubActions: object): unknown {
    const condition = trustOfWayIn({ githubActions })[0]?.Condition;
    const key = "token.actions.githubusercontent.com:sub";
    return condition?.StringLike?.[key] ?? condition?.StringEquals?.[key];
  }

  test("binds repository and branch by the subject, and the audience, without an organization", () => {
    const githubActions = { repository: "example-org/app", branch: "main" };
    expect(trustOfWayIn({ githubActions })).toEqual([
      {
        ...BASE,
        Sid: "Caller",
        Condition: {
          StringEquals: {
            ...AUDIENCE,
            "token.actions.githubusercontent.com:sub": "repo:example-org/app:ref:refs/heads/main",
          },
        },
      },
    ]);
  });

  test("binds an environment by the subject and the branch beside it by the claim `ref`", () => {
    const githubActions = {
      repository: "example-org/app",
      environment: "production",
      ref: ["refs/heads/main", "refs/heads/release/*"],
    };
    expect(trustOfWayIn({ githubActions })[0]?.Condition).toEqual({
      StringEquals: {
        ...AUDIENCE,
        "token.actions.githubusercontent.com:sub": "repo:example-org/app:environment:production",
      },
      StringLike: {
        "token.actions.githubusercontent.com:ref": ["refs/heads/main", "refs/heads/release/*"],
      },
    });
  });

  test("gives each branch, tag, environment and the pull request a subject of its own", () => {
    const all = {
      repository: "example-org/app",
      branch: ["main", "release/*"],
      tag: "v*",
      environment: "production",
      pullRequest: true,
    };
    expect(subjectsOf(all)).toEqual([
      "repo:example-org/app:environment:production",
      "repo:example-org/app:pull_request",
      "repo:example-org/app:ref:refs/heads/main",
      "repo:example-org/app:ref:refs/heads/release/*",
      "repo:example-org/app:ref:refs/tags/v*",
    ]);
  });

  test.each([
    ["legacy", ["repo:example-org/app:environment:production"]],
    ["immutable", ["repo:example-org@1234/app@5678:environment:production"]],
    [
      "both",
      [
        "repo:example-org/app:environment:production",
        "repo:example-org@1234/app@5678:environment:production",
      ],
    ],
  ])("writes the %s form of the subject", (subject, expected) => {
    const ids = { ownerId: "1234", repositoryId: "5678" };
    const githubActions = { repository: "example-org/app", environment: "production" };
    const subjects = subjectsOf({ ...githubActions, subject, ...ids });
    expect([subjects].flat()).toEqual(expected);
  });

  test("carries every condition that fits", () => {
    const githubActions = { repository: "example-org/app", pullRequest: true };
    const conditions = { sourceIps, vpcEndpoints, notBefore, notAfter };
    const bound = {
      ...AUDIENCE,
      "token.actions.githubusercontent.com:sub": "repo:example-org/app:pull_request",
    };
    expect(trustOfWayIn({ githubActions, ...conditions })).toEqual([
      {
        ...BASE,
        Sid: "CallerFromAddress",
        Condition: { ...WINDOW, ...ADDRESS, StringEquals: bound },
      },
      {
        ...BASE,
        Sid: "CallerFromEndpoint",
        Condition: { ...WINDOW, StringEquals: { ...bound, ...ENDPOINT } },
      },
    ]);
  });
});

describe("a trust policy that lets in another OIDC provider", () => {
  const PRINCIPAL = { Federated: "arn:aws:iam::111111111111:oidc-provider/gitlab.com" };
  const BASE = {
    Sid: "Caller",
    Effect: "Allow",
    Principal: PRINCIPAL,
    Action: "sts:AssumeRoleWithWebIdentity",
  } as const;

  test("binds subject and audience under the issuer, without an organization", () => {
    const oidc = {
      provider: "gitlab",
      subject: "project_path:group/app:ref_type:branch:ref:main",
      claims: { project_id: "42", namespace_path: "group*" },
    };
    expect(trustOfWayIn({ oidc })).toEqual([
      {
        ...BASE,
        Condition: {
          StringEquals: {
            "gitlab.com:aud": "https://gitlab.com",
            "gitlab.com:sub": "project_path:group/app:ref_type:branch:ref:main",
            "gitlab.com:project_id": "42",
          },
          StringLike: { "gitlab.com:namespace_path": "group*" },
        },
      },
    ]);
  });

  test("takes another audience than the provider's", () => {
    const oidc = { provider: "gitlab", subject: "project_path:group/app", audience: ["a", "b"] };
    expect(trustOfWayIn({ oidc })[0]?.Condition?.StringEquals).toEqual({
      "gitlab.com:aud": ["a", "b"],
      "gitlab.com:sub": "project_path:group/app",
    });
  });

  test("carries every condition that fits, the tags and the identity in statements of their own", () => {
    const oidc = { provider: "gitlab", subject: "project_path:group/app:*" };
    const conditions = { sourceIps, notBefore, notAfter, sourceIdentity, sessionTags };
    const audience = { StringEquals: { "gitlab.com:aud": "https://gitlab.com" } };
    const subject = { "gitlab.com:sub": "project_path:group/app:*" };
    const identity = { "sts:SourceIdentity": "*@example.com" };
    expect(trustOfWayIn({ oidc, ...conditions })).toEqual([
      {
        ...BASE,
        Condition: {
          ...WINDOW,
          ...ADDRESS,
          ...audience,
          StringLike: { ...subject, ...identity },
        },
      },
      {
        ...BASE,
        Sid: "CallerSourceIdentity",
        Action: "sts:SetSourceIdentity",
        Condition: { ...audience, StringLike: { ...subject, ...identity } },
      },
      {
        ...BASE,
        Sid: "CallerTagSession",
        Action: "sts:TagSession",
        Condition: {
          ...audience,
          "ForAllValues:StringEquals": { "aws:TagKeys": ["team", "ticket"] },
          StringLike: { ...subject, "aws:RequestTag/team": ["data-*", "shop"] },
        },
      },
    ]);
  });
});

describe("a trust policy that allows a provider that is built into AWS (OI-02)", () => {
  const trustOf = (oidc: object): unknown => {
    const [{ Principal, Condition } = {}] = trustOfWayIn({ oidc });
    return { Principal, Condition };
  };

  test("tests Google's `aud` as `oaud`, and `azp` as `aud`", () => {
    const google = { provider: "google", subject: "1001" };
    const Principal = { Federated: "accounts.google.com" };
    const own = { "accounts.google.com:oaud": "example", "accounts.google.com:sub": "1001" };
    expect(trustOf(google)).toEqual({ Principal, Condition: { StringEquals: own } });
    expect(trustOf({ ...google, claims: { azp: "2002" } })).toEqual({
      Principal,
      Condition: { StringEquals: { ...own, "accounts.google.com:aud": "2002" } },
    });
  });

  test("asks one value of Cognito's `amr`, with a set operator (GR-18)", () => {
    const claims = { amr: ["authenticated", "*:example"] };
    expect(trustOf({ provider: "cognito", audience: "eu-central-1:0123", claims })).toEqual({
      Principal: { Federated: "cognito-identity.amazonaws.com" },
      Condition: {
        StringEquals: { "cognito-identity.amazonaws.com:aud": "eu-central-1:0123" },
        "ForAnyValue:StringLike": {
          "cognito-identity.amazonaws.com:amr": ["*:example", "authenticated"],
        },
      },
    });
  });

  test.each([
    ["facebook", "graph.facebook.com", "id"],
    ["amazon", "www.amazon.com", "user_id"],
  ])("tests app and user of %s", (provider, host, user) => {
    expect(trustOf({ provider, audience: "2002", subject: "1001" })).toEqual({
      Principal: { Federated: host },
      Condition: { StringEquals: { [`${host}:app_id`]: "2002", [`${host}:${user}`]: "1001" } },
    });
    expect(trustOf({ provider, audience: "2002" })).toEqual({
      Principal: { Federated: host },
      Condition: { StringEquals: { [`${host}:app_id`]: "2002" } },
    });
  });
});

describe("a trust policy that lets in a SAML provider", () => {
  const BASE = {
    Sid: "Caller",
    Effect: "Allow",
    Principal: { Federated: "arn:aws:iam::111111111111:saml-provider/CorporateLogin" },
    Action: "sts:AssumeRoleWithSAML",
  } as const;
  const AUDIENCE = { "SAML:aud": "https://signin.aws.amazon.com/saml" };

  test("binds the audience of the sign-in page and the attributes, without an organization", () => {
    const saml = {
      provider: "corporate",
      attributes: { "SAML:sub": ["ann", "bob"], "SAML:eduPersonOrgDN": "example-*" },
    };
    expect(trustOfWayIn({ saml })).toEqual([
      {
        ...BASE,
        Condition: {
          StringEquals: { ...AUDIENCE, "SAML:sub": ["ann", "bob"] },
          StringLike: { "SAML:eduPersonOrgDN": "example-*" },
        },
      },
    ]);
  });

  test("carries every condition that fits, the tags and the identity in statements of their own", () => {
    const conditions = { vpcEndpoints, notBefore, notAfter, sourceIdentity, sessionTags };
    expect(trustOfWayIn({ saml: { provider: "corporate" }, ...conditions })).toEqual([
      {
        ...BASE,
        Condition: {
          ...WINDOW,
          StringEquals: { ...AUDIENCE, ...ENDPOINT },
          StringLike: { "sts:SourceIdentity": "*@example.com" },
        },
      },
      {
        ...BASE,
        Sid: "CallerSourceIdentity",
        Action: "sts:SetSourceIdentity",
        Condition: {
          StringEquals: AUDIENCE,
          StringLike: { "sts:SourceIdentity": "*@example.com" },
        },
      },
      {
        ...BASE,
        Sid: "CallerTagSession",
        Action: "sts:TagSession",
        Condition: {
          StringEquals: AUDIENCE,
          "ForAllValues:StringEquals": { "aws:TagKeys": ["team", "ticket"] },
          StringLike: { "aws:RequestTag/team": ["data-*", "shop"] },
        },
      },
    ]);
  });
});
