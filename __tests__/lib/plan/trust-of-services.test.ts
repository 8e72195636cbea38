import { planMap } from "./support/planned-map";
import { oneWayIn, trustOfWayIn } from "./support/one-way-in";

const WINDOW = { notBefore: "2027-01-01T00:00:00Z", notAfter: "2027-02-01T00:00:00Z" };
const DATES = {
  DateGreaterThanEquals: { "aws:CurrentTime": "2027-01-01T00:00:00Z" },
  DateLessThan: { "aws:CurrentTime": "2027-02-01T00:00:00Z" },
};
const BASE = { Sid: "Caller", Effect: "Allow", Action: "sts:AssumeRole" } as const;

describe("a trust policy that lets in EC2 instances", () => {
  test("names the service and nothing else", () => {
    expect(trustOfWayIn({ instanceProfile: {} })).toEqual([
      { ...BASE, Principal: { Service: "ec2.amazonaws.com" } },
    ]);
  });

  test("carries the only conditions that fit, the dates", () => {
    expect(trustOfWayIn({ instanceProfile: { name: "web" }, ...WINDOW })).toEqual([
      { ...BASE, Principal: { Service: "ec2.amazonaws.com" }, Condition: DATES },
    ]);
  });

  test.each([
    [{}, ["target"]],
    [{ name: "web" }, ["web"]],
  ])("comes with a profile for %j", (instanceProfile, profiles) => {
    const planned = planMap(oneWayIn({ instanceProfile }));
    expect(planned.role("app", "spoke-target").instanceProfiles).toEqual(profiles);
  });

  test("makes one profile for ways in that share it, such as at two times", () => {
    const map = {
      version: 1,
      defaults: { region: "eu-central-1" },
      accounts: { app: { id: "111111111111" } },
      spokes: {
        target: {
          accounts: { keys: ["app"] },
          principals: {
            now: { instanceProfile: { name: "web" }, ...WINDOW },
            later: { instanceProfile: { name: "web" }, notBefore: "2028-01-01T00:00:00Z" },
          },
        },
      },
    };
    expect(planMap(JSON.stringify(map)).role("app", "spoke-target").instanceProfiles).toEqual([
      "web",
    ]);
  });

  test("names EC2 as it is called in China (EC-01)", () => {
    const map = {
      version: 1,
      accounts: { app: { id: "111111111111", region: "cn-north-1" } },
      spokes: {
        target: { accounts: { keys: ["app"] }, principals: { caller: { instanceProfile: {} } } },
      },
    };
    expect(planMap(JSON.stringify(map)).trust("app", "spoke-target")).toEqual([
      { ...BASE, Principal: { Service: "ec2.amazonaws.com.cn" } },
    ]);
  });
});

describe("a trust policy that lets in pods", () => {
  const PRINCIPAL = { Service: "pods.eks.amazonaws.com" };

  test("lets every pod of the account in, which always tags its session (OI-15)", () => {
    expect(trustOfWayIn({ podIdentity: {} })).toEqual([
      { ...BASE, Principal: PRINCIPAL },
      { ...BASE, Sid: "CallerTagSession", Principal: PRINCIPAL, Action: "sts:TagSession" },
    ]);
  });

  test("binds cluster, namespace and service account by the tags of the request, and the dates", () => {
    const podIdentity = {
      cluster: "arn:aws:eks:eu-central-1:111111111111:cluster/main",
      namespace: "shop",
      serviceAccount: "orders-*",
    };
    const tags = {
      StringEquals: {
        "aws:RequestTag/eks-cluster-arn": "arn:aws:eks:eu-central-1:111111111111:cluster/main",
        "aws:RequestTag/kubernetes-namespace": "shop",
      },
      StringLike: { "aws:RequestTag/kubernetes-service-account": "orders-*" },
    };
    expect(trustOfWayIn({ podIdentity, ...WINDOW })).toEqual([
      { ...BASE, Principal: PRINCIPAL, Condition: { ...tags, ...DATES } },
      {
        ...BASE,
        Sid: "CallerTagSession",
        Principal: PRINCIPAL,
        Action: "sts:TagSession",
        Condition: tags,
      },
    ]);
  });
});

describe("a trust policy that lets in an AWS service", () => {
  test.each(["lambda", "lambda.amazonaws.com"])("names `%s` in full", (name) => {
    expect(trustOfWayIn({ service: { name } })).toEqual([
      { ...BASE, Principal: { Service: "lambda.amazonaws.com" } },
    ]);
  });

  test("asks on whose behalf it calls only where the map says so (CK-10), and carries the dates", () => {
    const service = {
      name: "scheduler",
      sourceArn: ["arn:aws:scheduler:*:111111111111:schedule-group/default"],
      sourceAccount: true,
    };
    expect(trustOfWayIn({ service, ...WINDOW })).toEqual([
      {
        ...BASE,
        Principal: { Service: "scheduler.amazonaws.com" },
        Condition: {
          ...DATES,
          ArnLike: { "aws:SourceArn": "arn:aws:scheduler:*:111111111111:schedule-group/default" },
          StringEquals: { "aws:SourceAccount": "111111111111" },
        },
      },
    ]);
  });
});

describe("a trust policy that lets in IAM Roles Anywhere", () => {
  const PRINCIPAL = { Service: "rolesanywhere.amazonaws.com" };
  const trustAnchor =
    "arn:aws:rolesanywhere:eu-central-1:111111111111:trust-anchor/11111111-2222-3333-4444-555555555555";

  test("binds the trust anchor, the certificate and the dates, and always lets tags and identity be set", () => {
    const rolesAnywhere = {
      trustAnchor,
      commonName: "build-*",
      organizationalUnit: ["Factory", "Depot"],
    };
    const bound = {
      ArnEquals: { "aws:SourceArn": trustAnchor },
      StringEquals: { "aws:PrincipalTag/x509Subject/OU": ["Depot", "Factory"] },
      StringLike: { "aws:PrincipalTag/x509Subject/CN": "build-*" },
    };
    expect(trustOfWayIn({ rolesAnywhere, ...WINDOW })).toEqual([
      { ...BASE, Principal: PRINCIPAL, Condition: { ...bound, ...DATES } },
      {
        ...BASE,
        Sid: "CallerSourceIdentity",
        Principal: PRINCIPAL,
        Action: "sts:SetSourceIdentity",
        Condition: bound,
      },
      {
        ...BASE,
        Sid: "CallerTagSession",
        Principal: PRINCIPAL,
        Action: "sts:TagSession",
        Condition: bound,
      },
    ]);
  });
});
